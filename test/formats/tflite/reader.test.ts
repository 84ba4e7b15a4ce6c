import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Model, OptionValue } from '../../../src/core/model/model';
import { check } from '../../support/check';
import { file, type Parts } from './smallFile';

const plainTensor = { type: 'int8', shape: [2], isVariable: false };
const plainModel: Model = {
  format: 'tflite',
  formatVersion: 3,
  fileBytes: 0,
  graphs: [
    {
      index: 0,
      name: '',
      tensors: [
        { index: 0, name: 'x', ...plainTensor, type: 'int8' },
        { index: 1, name: 'y', ...plainTensor, type: 'int8' },
        { index: 2, name: 'z', ...plainTensor, type: 'int8' },
      ],
      inputs: [0],
      outputs: [1],
      operators: [{ index: 0, kind: 'RELU', version: 1, inputs: [0], outputs: [1], intermediates: [] }],
    },
  ],
  metadata: [],
  signatures: [],
  preserved: { unreferencedBuffers: [{ index: 1, data: new Uint8Array([1, 2]) }] },
};

check('A small file', (parts: Parts) => ({ ...readTflite(file(parts)).model, fileBytes: 0 }), [
  { name: 'is the model', input: {}, expected: plainModel },
]);

const tensorOf = (parts: Parts): OptionValue =>
  readTflite(file(parts)).model.graphs[0].tensors[2] as unknown as OptionValue;

check('A tensor', tensorOf, [
  {
    name: 'with data, a variable, known rank, open dimensions',
    input: { tensor: { buffer: 1, isVariable: true, hasRank: true, shapeSignature: [-1] } },
    expected: {
      index: 2,
      name: 'z',
      ...plainTensor,
      isVariable: true,
      shapeSignature: [-1],
      hasRank: true,
      data: new Uint8Array([1, 2]),
    },
  },
  {
    name: 'with an empty quantization table, as float models have it',
    input: { tensor: { quantization: {} } },
    expected: { index: 2, name: 'z', ...plainTensor },
  },
  {
    name: 'with quantization along an axis',
    input: {
      tensor: {
        shape: [1, 2],
        quantization: { scale: [0.5, 2], zeroPoint: [0, -3], quantizedDimension: 1, min: [-1] },
      },
    },
    expected: {
      index: 2,
      name: 'z',
      ...plainTensor,
      shape: [1, 2],
      quantization: { scales: [0.5, 2], zeroPoints: [0, -3], axis: 1, min: [-1] },
    },
  },
  {
    name: 'with blockwise quantization',
    input: {
      tensor: { quantization: { details: { table: 'BlockwiseQuantization', values: { scales: 1, blockSize: 32 } } } },
    },
    expected: {
      index: 2,
      name: 'z',
      ...plainTensor,
      quantization: {
        scales: [],
        zeroPoints: [],
        axis: 0,
        details: { table: 'BlockwiseQuantization', values: { scales: 1, zeroPoints: 0, blockSize: 32 } },
      },
    },
  },
  {
    name: 'with data elsewhere, sparsity and variants',
    input: {
      tensor: {
        externalBuffer: 7,
        sparsity: {
          traversalOrder: [0],
          dimMetadata: [
            {
              format: 'SPARSE_CSR',
              arraySegments: { table: 'Uint8Vector', values: { values: new Uint8Array([0, 2]) } },
            },
          ],
        },
        variantTensors: [{ shape: [4], type: 'FLOAT32', hasRank: true }],
      },
    },
    expected: {
      index: 2,
      name: 'z',
      ...plainTensor,
      externalBuffer: 7,
      sparsity: {
        traversalOrder: [0],
        blockMap: [],
        dimMetadata: [
          {
            format: 'SPARSE_CSR',
            denseSize: 0,
            arraySegments: { table: 'Uint8Vector', values: { values: new Uint8Array([0, 2]) } },
          },
        ],
      },
      variantTensors: [{ shape: [4], type: 'FLOAT32', hasRank: true }],
    },
  },
]);

const operatorOf = (parts: Parts): OptionValue => {
  const { index, inputs, outputs, intermediates, ...rest } = readTflite(file(parts)).model.graphs[0].operators[0];
  assert.deepStrictEqual([index, inputs.length, outputs, intermediates], [0, inputs.length, [1], []]);
  return rest as unknown as OptionValue;
};

check('An operator', operatorOf, [
  {
    name: 'by the old number alone',
    input: { code: { builtinCode: 0, deprecatedBuiltinCode: 3, version: 4 } },
    expected: { kind: 'CONV_2D', version: 4 },
  },
  {
    name: 'by the larger of both numbers',
    input: { code: { builtinCode: 142, deprecatedBuiltinCode: 127 } },
    expected: { kind: 'VAR_HANDLE', version: 1 },
  },
  {
    name: 'of a kind from the future',
    input: { code: { builtinCode: 999, deprecatedBuiltinCode: 127 } },
    expected: { kind: 'UNKNOWN_999', version: 1 },
  },
  {
    name: 'custom, with options that are not interpreted',
    input: {
      code: { builtinCode: 32, deprecatedBuiltinCode: 32, customCode: 'ethos-u' },
      operator: { customOptions: new Uint8Array([1, 4]) },
    },
    expected: { kind: 'CUSTOM', customCode: 'ethos-u', version: 1, customOptions: new Uint8Array([1, 4]) },
  },
  {
    name: 'with options, defaults filled in',
    input: {
      operator: { builtinOptions: { table: 'Conv2DOptions', values: { padding: 'VALID', strideW: 2, strideH: 2 } } },
    },
    expected: {
      kind: 'RELU',
      version: 1,
      options: {
        table: 'Conv2DOptions',
        values: {
          padding: 'VALID',
          strideW: 2,
          strideH: 2,
          fusedActivationFunction: 'NONE',
          dilationWFactor: 1,
          dilationHFactor: 1,
          quantizedBiasType: 'FLOAT32',
        },
      },
    },
  },
  {
    name: 'with options of the second union',
    input: { operator: { builtinOptions2: { table: 'StablehloConcatenateOptions', values: { dimension: 3 } } } },
    expected: {
      kind: 'RELU',
      version: 1,
      options2: { table: 'StablehloConcatenateOptions', values: { dimension: 3 } },
    },
  },
  {
    name: 'with an absent optional input, changed inputs and a debug index',
    input: { operator: { inputs: [0, -1], mutatingVariableInputs: [true, false], debugMetadataIndex: 2 } },
    expected: { kind: 'RELU', version: 1, preserved: { debugMetadataIndex: 2, mutatingVariableInputs: [true, false] } },
  },
]);

describe('A read model', () => {
  it('shares the view of a shared buffer, and views lie in the file', () => {
    const bytes = file({
      graph: {
        tensors: [
          { shape: [2], buffer: 1, type: 'INT8' },
          { shape: [2], buffer: 1, type: 'INT8' },
        ],
      },
    });
    const [first, second] = readTflite(bytes).model.graphs[0].tensors;
    assert.equal(first.data, second.data);
    assert.equal(first.data!.buffer, bytes.buffer);
    assert.equal(first.data!.byteOffset % 16, 0);
  });

  it('finds buffers and custom options that lie behind the tables', () => {
    const place = { offset: 0, size: 3 };
    const build = (offset: number): Uint8Array =>
      file({
        tensor: { shape: [3], buffer: 1 },
        operator: { largeCustomOptionsOffset: offset + 1, largeCustomOptionsSize: 2 },
        root: { buffers: [{}, { ...place, offset }] },
      });
    const tables = build(1000);
    const bytes = new Uint8Array([...build(tables.byteLength), 7, 8, 9]);
    const graph = readTflite(bytes).model.graphs[0];
    assert.deepStrictEqual(graph.tensors[2].data, new Uint8Array([7, 8, 9]));
    assert.deepStrictEqual(graph.operators[0].customOptions, new Uint8Array([8, 9]));
  });

  it('takes an offset of 1 for the place holder that it is', () => {
    const bytes = file({ tensor: { buffer: 1 }, root: { buffers: [{}, { offset: 1, size: 2 }] } });
    assert.equal(readTflite(bytes).model.graphs[0].tensors[2].data, undefined);
  });

  it('is the same from a Node buffer within a larger one', () => {
    const bytes = file({ tensor: { buffer: 1 } });
    const inside = Buffer.concat([Buffer.from('abc'), bytes]).subarray(3);
    assert.deepStrictEqual(readTflite(inside), readTflite(bytes));
  });
});
