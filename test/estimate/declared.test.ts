import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { tfliteBytes } from '../../src/core/formats/tflite/size';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model, Tensor } from '../../src/core/model/model';
import { findProblems } from '../../src/core/rules/rules';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';
import { untrained } from '../support/declared';
import { sharedModelBytes, sharedModels, sharedModelsMissing } from '../support/models';

const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev1', runtime: 'tflm-cmsis-nn' });

/** All figures and findings of a model, but for the basis of its own size. */
function figuresOf(input: Model): unknown {
  const estimated = estimate(input, 'a', target, {});
  const { flash, ...report } = estimated.report;
  const findings = findProblems({ model: input, target, limits: {}, estimate: estimated, support: new Map() }, {});
  return { ...report, flash: { ...flash, modelBasis: undefined }, findings };
}

/** Dense 4 -> 3 and 3 -> 3, whose second weights serve twice. */
const dense = model(
  graph(
    [
      tensor('x', 'float32', [1, 3]),
      floats('w', [3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
      floats('b', [3], [1, 2, 3]),
      tensor('y', 'float32', [1, 3]),
      tensor('z', 'float32', [1, 3]),
    ],
    [0, 3].map((input) =>
      operator('FULLY_CONNECTED', [input, 1, 2], [input === 0 ? 3 : 4], { options: options('FullyConnectedOptions') }),
    ),
    { inputs: [0], outputs: [4] },
  ),
);

/** STRIDED_SLICE whose strides have these bytes, or are declared. */
function sliceWith(strides: Partial<Tensor>): Model {
  const integers = (values: readonly number[]): Uint8Array => new Uint8Array(new Int32Array(values).buffer);
  return model(
    graph(
      [
        tensor('x', 'int8', [4, 8]),
        tensor('begin', 'int32', [2], { data: integers([0, 0]) }),
        tensor('end', 'int32', [2], { data: integers([4, 8]) }),
        tensor('strides', 'int32', [2], strides),
        tensor('y', 'int8', [4, 4]),
      ],
      [operator('STRIDED_SLICE', [0, 1, 2, 3], [4], { options: options('StridedSliceOptions') })],
      { inputs: [0], outputs: [4] },
    ),
  );
}

check(
  'declared constants: layer 0 and totals',
  (input: Model) => {
    const { report } = estimate(input, 'a', target, {});
    const { layers, arena, flash } = report;
    return {
      parameters: report.model.parameters,
      macs: report.model.macs,
      weightBytes: layers.map(({ weightBytes }) => weightBytes),
      isPlanned: arena?.detail?.buffers.length,
      modelBytes: flash?.modelBytes,
      modelBasis: flash?.modelBasis,
    };
  },
  [
    {
      name: '9 weights and 3 biases, counted once; x, y and z are planned; the size is that of the file',
      input: untrained(dense),
      expected: {
        parameters: 12,
        macs: 18,
        weightBytes: [48, 0],
        isPlanned: 3,
        modelBytes: writeTflite(dense).byteLength,
        modelBasis: 'modelled',
      },
    },
    {
      name: 'a file is as large as it is',
      input: { ...dense, fileBytes: 5000 },
      expected: {
        parameters: 12,
        macs: 18,
        weightBytes: [48, 0],
        isPlanned: 3,
        modelBytes: 5000,
        modelBasis: 'exact',
      },
    },
  ],
);

check(
  'what depends on a value that is not there is not known',
  (strides: Partial<Tensor>) => estimate(sliceWith(strides), 'a', target, {}).report.layers[0].variant,
  [
    {
      name: 'strides of 1 and 2',
      input: { data: new Uint8Array(new Int32Array([1, 2]).buffer) },
      expected: 'strided slice strided',
    },
    { name: 'declared strides', input: { declared: { name: 'strides' } }, expected: undefined },
  ],
);

describe('an untrained model costs what the trained one does', () => {
  for (const { name } of sharedModels()) {
    it(name, { skip: sharedModelsMissing }, () => {
      const { model: read } = readTflite(sharedModelBytes(name));
      const file = writeTflite(read);
      const trained = { ...readTflite(file).model, fileBytes: 0 };
      assert.equal(tfliteBytes(untrained(trained)), file.byteLength);
      assert.deepStrictEqual(figuresOf(untrained(trained)), figuresOf(trained));
    });
  }
  it('dense layers', () => assert.deepStrictEqual(figuresOf(untrained(dense)), figuresOf(dense)));
});
