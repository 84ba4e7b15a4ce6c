import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BoundedBytes } from '../../../src/core/formats/tflite/flatbuffer/boundedBytes';
import { TableView } from '../../../src/core/formats/tflite/flatbuffer/tableView';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { tfliteSchema } from '../../../src/core/formats/tflite/schema';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Model, OptionValue } from '../../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const relu = operator('RELU', [0], [1]);
const pair = [tensor('x', 'int8', [2]), tensor('y', 'int8', [2])];

/** A part of what is in the written file, in the schema's own terms: a path such as `subgraphs.0.name`. */
function written({ model, part }: { readonly model: Model; readonly part: string }): OptionValue {
  const root = TableView.root(new BoundedBytes(writeTflite(model)), tfliteSchema).values();
  return part
    .split('.')
    .reduce<OptionValue>((value, name) => (value as Readonly<Record<string, OptionValue>>)[name], root);
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const shared = bytes(1, 2);
const constant = (name: string, data: Uint8Array): ReturnType<typeof tensor> =>
  tensor(name, 'int8', [data.length], { data });

check('What is written', written, [
  { name: 'the version', input: { model: model(graph(pair, [relu])), part: 'version' }, expected: 3 },
  {
    name: 'one operator code for each kind, custom code and version',
    input: {
      model: model(
        graph(pair, [
          relu,
          operator('RELU', [0], [1], { version: 2 }),
          operator('VAR_HANDLE', [], [1]),
          operator('CUSTOM', [0], [1], { customCode: 'a' }),
          relu,
          operator('CUSTOM', [0], [1], { customCode: 'b' }),
          operator('UNKNOWN_300', [0], [1]),
        ]),
      ),
      part: 'operatorCodes',
    },
    expected: [
      { deprecatedBuiltinCode: 19, version: 1, builtinCode: 'RELU' },
      { deprecatedBuiltinCode: 19, version: 2, builtinCode: 'RELU' },
      { deprecatedBuiltinCode: 127, version: 1, builtinCode: 'VAR_HANDLE' },
      { deprecatedBuiltinCode: 32, customCode: 'a', version: 1, builtinCode: 'CUSTOM' },
      { deprecatedBuiltinCode: 32, customCode: 'b', version: 1, builtinCode: 'CUSTOM' },
      { deprecatedBuiltinCode: 127, version: 1, builtinCode: 300 },
    ],
  },
  {
    name: 'an empty buffer first, then each constant once, metadata last',
    input: {
      model: model(graph([...pair, constant('a', shared), constant('b', bytes(3)), constant('c', shared)], [relu]), {
        metadata: [
          { name: 'm', data: bytes(4) },
          { name: 'empty', data: bytes() },
        ],
      }),
      part: 'buffers',
    },
    expected: [bytes(), shared, bytes(3), bytes(4)].map((data) => ({ data, offset: 0, size: 0 })),
  },
  {
    name: 'metadata by its buffer, none by buffer 0',
    input: {
      model: model(graph(pair, [relu]), {
        metadata: [
          { name: 'm', data: bytes(4) },
          { name: 'empty', data: bytes() },
        ],
      }),
      part: 'metadata',
    },
    expected: [
      { name: 'm', buffer: 1 },
      { name: 'empty', buffer: 0 },
    ],
  },
  {
    name: 'buffers that only metadata may name stay at their index',
    input: {
      model: model(graph([...pair, constant('a', shared), constant('b', bytes(3))], [relu]), {
        preserved: { unreferencedBuffers: [{ index: 2, data: bytes(9) }] },
      }),
      part: 'buffers',
    },
    expected: [bytes(), shared, bytes(9), bytes(3)].map((data) => ({ data, offset: 0, size: 0 })),
  },
  {
    name: 'signatures',
    input: {
      model: model(graph(pair, [relu]), {
        signatures: [
          { key: 'serve', graph: 0, inputs: [{ name: 'a', tensor: 0 }], outputs: [{ name: 'b', tensor: 1 }] },
        ],
      }),
      part: 'signatureDefs',
    },
    expected: [
      {
        inputs: [{ name: 'a', tensorIndex: 0 }],
        outputs: [{ name: 'b', tensorIndex: 1 }],
        signatureKey: 'serve',
        subgraphIndex: 0,
      },
    ],
  },
  {
    name: 'an operator of a kind that does not exist',
    input: { model: model(graph(pair, [operator('CONV', [0], [1])])), part: '' },
    fails: 'Operator 0 is a "CONV", which the format does not have.',
  },
  {
    name: 'an option that does not exist',
    input: {
      model: model(graph(pair, [operator('RELU', [0], [1], { options: options('Conv2DOptions', { stride: 2 }) })])),
      part: '',
    },
    fails: 'Model.subgraphs[0].operators[0].builtinOptions is to hold "stride", but Conv2DOptions has no such field.',
  },
  {
    name: 'an operator on a tensor that is not there',
    input: { model: model(graph(pair, [operator('RELU', [2], [1])])), part: '' },
    fails: 'Operator 0 of graph 0 names tensor 2, but the graph has 2 tensors. Export the model again.',
  },
]);

/** Vectors that are absent from a file, by the schema's names: found as the bytes that a table does not hold. */
function presence(file: Uint8Array): Readonly<Record<string, boolean>> {
  const root = TableView.root(new BoundedBytes(file), tfliteSchema);
  const graphTable = root.tables('subgraphs').at(0);
  const operatorTable = graphTable.tables('operators').at(0);
  return {
    bufferData: root.tables('buffers').at(0).has('data'),
    metadata: root.has('metadata'),
    signatures: root.has('signatureDefs'),
    graphInputs: graphTable.has('inputs'),
    shapeSignature: graphTable.tables('tensors').at(0).has('shapeSignature'),
    operatorInputs: operatorTable.has('inputs'),
    intermediates: operatorTable.has('intermediates'),
    customOptions: operatorTable.has('customOptions'),
  };
}

describe('A written file', () => {
  it('leaves out what is empty, but for lists that runtimes take for granted', () => {
    const empty = tensor('x', 'int8', [], { shapeSignature: [], data: bytes() });
    const bare = model(graph([empty], [operator('CALL_ONCE', [], [], { customOptions: bytes() })]));
    assert.deepStrictEqual(presence(writeTflite(bare)), {
      bufferData: false,
      metadata: false,
      signatures: false,
      graphInputs: true,
      shapeSignature: false,
      operatorInputs: true,
      intermediates: false,
      customOptions: false,
    });
  });

  it('aligns every constant to 16 bytes', () => {
    const constants = [1, 15, 16, 17, 3].map((length) => constant(`c${length}`, new Uint8Array(length).fill(length)));
    const again = readTflite(writeTflite(model(graph(constants, []))));
    assert.deepStrictEqual(
      again.model.graphs[0].tensors.map(({ data }) => [data!.byteLength, data!.byteOffset % 16]),
      [1, 15, 16, 17, 3].map((length) => [length, 0]),
    );
  });

  it('is read as the model that was built in memory', () => {
    const built = model(
      [
        graph(
          [
            tensor('x', 'int8', [1, 4], { quantization: quantized(0.5, -3) }),
            tensor('w', 'int8', [2, 4], { data: new Uint8Array(8).fill(255), quantization: quantized([0.25, 2], 0) }),
            floats('scale', [2], [1.5, -2]),
            tensor('y', 'int8', [1, 2], { shapeSignature: [-1, 2], hasRank: true }),
          ],
          [
            operator('FULLY_CONNECTED', [0, 1, -1], [3], {
              version: 9,
              options: options('FullyConnectedOptions', {
                fusedActivationFunction: 'RELU6',
                weightsFormat: 'DEFAULT',
                keepNumDims: true,
                asymmetricQuantizeInputs: false,
                quantizedBiasType: 'INT32',
              }),
            }),
            operator('CUSTOM', [3], [3], { customCode: 'mine', customOptions: bytes(1, 2, 3) }),
          ],
          { inputs: [0], outputs: [3], preserved: { debugMetadataIndex: 4 } },
        ),
        graph([tensor('v', 'resource', [])], [], { name: 'init' }),
      ],
      {
        description: 'Built by hand.',
        preserved: { externalBufferGroups: [{ name: 'weights.bin' }], metadataBuffer: [bytes(5)] },
      },
    );
    const file = writeTflite(built);
    assert.deepStrictEqual(readTflite(file), { model: { ...built, fileBytes: file.byteLength }, problems: [] });
  });
});
