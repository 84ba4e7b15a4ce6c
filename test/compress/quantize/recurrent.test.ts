import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import type { Graph, Model } from '../../../src/core/model/model';
import type { Range } from '../../../src/core/compress/quantize/affine';
import { quantizeModel } from '../../../src/core/compress/quantize/quantize';
import { quantizeGraph } from '../../../src/core/compress/quantize/quantizeGraph';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { writeTflite } from '../../../src/core/formats/tflite/writer';
import { storedValues } from '../../../src/core/model/values/stored';
import { tfjsEngine } from '../../../src/core/execute/tfjs/engine';
import { pickSamples } from '../../../src/core/samples/samples';
import type { Samples } from '../../../src/core/samples/samples';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';
import { cellLoop } from '../tflm/cellLoop';

const random = mulberry32(7);
const spread = (count: number, most: number): number[] =>
  Array.from({ length: count }, () => most * (2 * random() - 1));
const variable = { isVariable: true };

/** 4 inputs, 6 filters of rank 1 over 5 steps. */
function svdf(activation = 'RELU'): Model {
  const tensors = [
    tensor('x', 'float32', [1, 4]),
    floats('feature', [6, 4], spread(24, 1)),
    floats('time', [6, 5], spread(30, 0.5)),
    floats('bias', [6], spread(6, 0.2)),
    tensor('state', 'float32', [1, 30], variable),
    tensor('y', 'float32', [1, 6]),
  ];
  const values = { rank: 1, fusedActivationFunction: activation };
  return model(
    graph(tensors, [operator('SVDF', [0, 1, 2, 3, 4], [5], { options: options('SVDFOptions', values) })], {
      inputs: [0],
      outputs: [5],
    }),
  );
}

/** 3 inputs over 4 steps, 2 cells. */
function lstm(activation = 'TANH'): Model {
  const matrices = [1, 2, 3, 4].map((gate) => floats(`w${gate}`, [2, 3], spread(6, 1)));
  const recurrent = [1, 2, 3, 4].map((gate) => floats(`r${gate}`, [2, 2], spread(4, 1)));
  const biases = [1, 2, 3, 4].map((gate) => floats(`b${gate}`, [2], spread(2, 0.5)));
  const tensors = [
    tensor('x', 'float32', [1, 4, 3]),
    ...matrices,
    ...recurrent,
    ...biases,
    tensor('hidden', 'float32', [1, 2], variable),
    tensor('cell', 'float32', [1, 2], variable),
    tensor('y', 'float32', [1, 4, 2]),
  ];
  const inputs = [0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, 9, 10, 11, 12, -1, -1, 13, 14, -1, -1, -1, -1];
  const table = options('UnidirectionalSequenceLSTMOptions', { fusedActivationFunction: activation });
  return model(
    graph(tensors, [operator('UNIDIRECTIONAL_SEQUENCE_LSTM', inputs, [15], { options: table })], {
      inputs: [0],
      outputs: [15],
    }),
  );
}

function sequence(count: number, elements: number): Samples {
  const values = Float32Array.from({ length: count * elements }, () => 2 * random() - 1);
  return { source: 'test', isSynthetic: false, count, inputs: [values], remarks: [] };
}

/** The types of an operator's inputs, and whether the result is near the float model. */
async function quantized(source: Model, elements: number): Promise<{ types: string; isNear: boolean }> {
  const { engine } = await loadWasmTfjs();
  const result = await quantizeModel(
    {
      path: 'm.tflite',
      bytes: writeTflite(source),
      resultPath: 'm.int8.tflite',
      target: resolveTarget({}).target,
      limits: {},
      samples: { calibration: sequence(120, elements), test: sequence(40, elements) },
      options: defaultQuantizeOptions,
    },
    { engine },
  );
  return { types: typesOf(readTflite(result.bytes).model.graphs[0]), isNear: result.proof.fidelity!.sqnrDb > 30 };
}

/** What is measured of a model that sets states or runs a loop: kinds of layers, and whether the result is near. */
async function layersMeasured(source: Model, elements: number): Promise<unknown> {
  const { engine } = await loadWasmTfjs();
  const { proof } = await quantizeModel(
    {
      ...{
        path: 'm.tflite',
        bytes: writeTflite(source),
        resultPath: 'm.int8.tflite',
        target: resolveTarget({}).target,
      },
      ...{ limits: {}, options: defaultQuantizeOptions },
      samples: { calibration: sequence(120, elements), test: sequence(40, elements) },
    },
    { engine },
  );
  return { layers: proof.layers!.map(({ operator: kind }) => kind), isNear: proof.fidelity!.sqnrDb > 25 };
}

check(
  'layers that a quantization is measured by',
  ([source, elements]: readonly [Model, number]) => layersMeasured(source, elements),
  [
    {
      name: 'without what sets states',
      input: [setLstm(false), 12],
      expected: { layers: ['UNIDIRECTIONAL_SEQUENCE_LSTM'], isNear: true },
    },
    {
      name: 'of a loop, pass by pass',
      input: [cellLoop({ passes: 2, rows: 2 }), 4],
      expected: { layers: ['GATHER', 'ADD', 'TANH', 'GATHER', 'ADD', 'TANH', 'CONCATENATION'], isNear: true },
    },
  ],
);

function typesOf({ operators: [first], tensors }: Graph): string {
  const types = first.inputs.filter((index) => index >= 0).map((index) => tensors[index].type);
  return `${types.join(' ')} -> ${tensors[first.outputs[0]].type}`;
}

check(
  'quantized operators with memory',
  ([source, elements]: readonly [Model, number]) => quantized(source, elements),
  [
    {
      name: 'SVDF: 16-bit weights over a 16-bit memory',
      input: [svdf(), 4],
      expected: { types: 'int8 int8 int16 int32 int16 -> int8', isNear: true },
    },
    {
      name: 'LSTM: hidden state as the output, cell state in 16 bits',
      input: [lstm(), 12],
      expected: {
        types: `int8 ${'int8 '.repeat(8)}${'int32 '.repeat(4)}int8 int16 -> int8`,
        isNear: true,
      },
    },
  ],
);

/** What stays float of a graph; `range` is that of its output. */
function islands([source, activations, range]: readonly [Model, 'int8' | 'int16', Range?]): readonly string[] {
  const spec = {
    activations,
    io: 'int8',
    perChannelDense: false,
    keepFloat: [],
    scales: { ranges: new Map(range && [[5, range]]) },
  } as const;
  return [...quantizeGraph(source, spec).islands.values()];
}

check('operators with memory that stay float', islands, [
  {
    name: 'SVDF in 16 bits',
    input: [svdf(), 'int16'],
    expected: [
      'y (SVDF) stays float: Input 0 of SVDF has type int16, but TFLite Micro takes float32 or int8 there; quantize the model again with int8 activations, or keep this operator in float32.',
    ],
  },
  {
    name: 'SVDF with tanh',
    input: [svdf('TANH'), 'int8'],
    expected: ['y (SVDF) stays float: its integer kernel does not compute the activation function TANH.'],
  },
  {
    name: 'LSTM with RELU',
    input: [lstm('RELU'), 'int8'],
    expected: [
      'y (UNIDIRECTIONAL_SEQUENCE_LSTM) stays float: its integer kernel does not compute the activation function RELU.',
    ],
  },
  {
    name: 'SVDF with RELU, whose output holds more',
    input: [svdf(), 'int8', { min: -1, max: 1 }],
    expected: [
      'y (SVDF) stays float: its integer kernel applies the activation function by the range of the output, which it shares with other values here.',
    ],
  },
  { name: 'SVDF with RELU does not', input: [svdf(), 'int8', { min: 0, max: 1 }], expected: [] },
  { name: 'LSTM in 16 bits does not', input: [lstm(), 'int16'], expected: [] },
]);

/** The LSTM with its states set before each run: the hidden one to 0.5 and -0.5, the cells to a value of the input. */
function setLstm(isComputed: boolean): Model {
  const plain = lstm().graphs[0];
  const shape = tensor('shape', 'int32', [2], { data: new Uint8Array(new Int32Array([1, 2]).buffer) });
  const cells = isComputed ? tensor('first', 'float32', [1, 2]) : floats('first', [1, 2], [0, 0]);
  const sets = [operator('RESHAPE', [18, 17], [13]), operator('RESHAPE', [16, 17], [14])];
  const negated = isComputed ? [operator('NEG', [19], [16])] : [];
  return model(
    graph(
      [...plain.tensors, cells, shape, floats('half', [1, 2], [0.5, -0.5]), tensor('c', 'float32', [1, 2])],
      [...negated, ...sets, ...plain.operators],
      { inputs: isComputed ? [0, 19] : [0], outputs: [15] },
    ),
  );
}

/** Operators of the quantized graph with the types that they read, and values of the constant for the hidden state. */
function settersOf(source: Model): unknown {
  const scales = { ranges: new Map([[15, { min: -1, max: 1 - 2 / 256 }]]) };
  const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [], scales } as const;
  const { tensors, operators } = quantizeGraph(source, spec).model.graphs[0];
  const setters = operators.filter(({ outputs }) => tensors[outputs[0]].isVariable);
  const read = new Set(operators.flatMap(({ inputs }) => inputs));
  return setters.map(({ inputs, outputs }) => ({
    type: tensors[outputs[0]].type,
    values: tensors[inputs[0]].data && [...storedValues(tensors[inputs[0]])!],
    isRead: read.has(outputs[0]),
  }));
}

check('what sets a state has the form of the state', settersOf, [
  {
    name: 'in integers',
    input: setLstm(false),
    expected: [
      { type: 'int8', values: [64, -64], isRead: true },
      { type: 'int16', values: [0, 0], isRead: true },
    ],
  },
  {
    name: 'in float where it is computed, and then the operator is, too',
    input: setLstm(true),
    expected: [
      { type: 'float32', values: undefined, isRead: true },
      { type: 'float32', values: [0.5, -0.5], isRead: true },
    ],
  },
]);

it('carries memory over the pieces of a stream', async () => {
  const { tf } = await loadWasmTfjs();
  const program = await tfjsEngine(tf, 'wasm').load(svdf('NONE'));
  const all = sequence(9, 4);
  const whole = (await program.run(all.inputs, 9, [5])).get(5)!;
  const first = (await program.run(pickSamples(all, [0, 1, 2, 3]).inputs, 4, [5])).get(5)!;
  const rest = await program.run(pickSamples(all, [4, 5, 6, 7, 8]).inputs, 5, [5], { continues: true });
  program.dispose();
  assert.deepEqual([...first, ...rest.get(5)!], [...whole]);
});
