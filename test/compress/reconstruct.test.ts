import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { pruneModel } from '../../src/core/compress/prune/pruneModel';
import { NormalEquations } from '../../src/core/compress/prune/reconstruct/leastSquares';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { tfjsTrainer } from '../../src/core/execute/tfjs/trainer';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Samples } from '../../src/core/samples/samples';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import type { Model } from '../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

interface Rows {
  /** Each x, then the y that belongs to it. */
  readonly rows: readonly (readonly [readonly number[], readonly number[]])[];
  readonly near: readonly number[];
  readonly ridge: number;
}

function solved({ rows, near, ridge }: Rows): readonly number[] {
  const sums = new NormalEquations(rows[0][0].length, rows[0][1].length);
  for (const [x, y] of rows) sums.addRow(Float64Array.from(x), Float64Array.from(y));
  const weights = sums.solve(Float64Array.from(near), ridge);
  return [...weights, sums.errorOf(weights)].map((value) => Math.round(value * 1e4) / 1e4 + 0);
}

const line = [
  [[1, 0], [1]],
  [[1, 1], [3]],
  [[1, 2], [5]],
] as const;

check('least squares: the weights, then their squared error', solved, [
  { name: 'a line through three points: 1 + 2x', input: { rows: line, near: [0, 0], ridge: 0 }, expected: [1, 2, 0] },
  {
    name: 'points beside a line: the mean of 1 and 3, each one away',
    input: {
      rows: [
        [[1], [1]],
        [[1], [3]],
      ],
      near: [0],
      ridge: 0,
    },
    expected: [2, 2],
  },
  {
    name: 'a ridge as strong as the rows goes half the way',
    input: { rows: [[[2], [8]]], near: [0], ridge: 1 },
    expected: [2, 16],
  },
  { name: 'what is right already stays', input: { rows: line, near: [1, 2], ridge: 10 }, expected: [1, 2, 0] },
  {
    name: 'two outputs at once',
    input: {
      rows: [
        [
          [1, 0],
          [5, 6],
        ],
        [
          [0, 2],
          [8, 2],
        ],
      ],
      near: [0, 0, 0, 0],
      ridge: 0,
    },
    expected: [5, 6, 4, 1, 0],
  },
  {
    name: 'an input that never was anything but zero keeps its weight',
    input: { rows: [[[1, 0], [5]]], near: [0, 7], ridge: 0 },
    expected: [5, 7, 0],
  },
]);

/** a = x, b = y, c = x + y, read by 1 and 2 and 4: dense, or at every pixel of 2 x 2. */
function replaceable(isImage: boolean): Model {
  const at = (channels: number): readonly number[] => (isImage ? [1, 2, 2, channels] : [1, channels]);
  const of = (outputs: number, inputs: number): readonly number[] =>
    isImage ? [outputs, 1, 1, inputs] : [outputs, inputs];
  const layer = (inputs: readonly number[], output: number): ReturnType<typeof operator> =>
    isImage
      ? operator('CONV_2D', inputs, [output], {
          options: options('Conv2DOptions', { padding: 'VALID', strideH: 1, strideW: 1 }),
        })
      : operator('FULLY_CONNECTED', inputs, [output]);
  return model(
    graph(
      [
        tensor('in', 'float32', at(2)),
        floats('wa', of(3, 2), [1, 0, 0, 1, 1, 1]),
        tensor('a', 'float32', at(3)),
        floats('wb', of(2, 3), [1, 2, 4, 1, 0, 0]),
        tensor('out', 'float32', at(2)),
      ],
      [layer([0, 1, -1], 2), layer([2, 3, -1], 4)],
      { inputs: [0], outputs: [4] },
    ),
  );
}

for (const [isImage, macs] of [
  [false, 8],
  [true, 32],
] as const) {
  it(`recovers a channel that others can stand in for, exactly: ${isImage ? 'at each pixel' : 'dense'}`, async () => {
    const source = replaceable(isImage);
    const count = 40;
    const [noise] = seededInputs([{ name: 'in', type: 'float32', shape: [count, isImage ? 8 : 2] }], 3);
    const samples: Samples = {
      ...{ source: 'noise', isSynthetic: true, count, inputs: [new Float32Array(noise.buffer)], remarks: [] },
    };
    const { tf, engine } = await loadWasmTfjs();
    const { proof } = await pruneModel(
      {
        ...{ path: 'a.tflite', bytes: writeTflite(source), resultPath: 'b.tflite', limits: {} },
        target: resolveTarget({ board: 'arduino_nano33ble_sense_rev2' }).target,
        samples: { calibration: samples, test: samples },
        options: { ...defaultPruneOptions, ratio: 0.33, importance: 'l2', repairOptions: { epochs: 0 } },
      },
      { engine, trainer: tfjsTrainer(tf, 'wasm') },
    );
    assert.equal(proof.after.model.macs, macs);
    assert.ok(proof.fidelity!.sqnrDb > 60, `${proof.fidelity!.sqnrDb} dB`);
    assert.ok(
      proof.decisions.some((text) => text === 'The weights of 1 layer were solved again by least squares over noise.'),
    );
  });
}
