import { biasCorrections } from '../../../src/core/compress/quantize/biasCorrection';
import { errorAlone } from '../../../src/core/compress/quantize/measure/layerAlone';
import { measure } from '../../../src/core/compress/quantize/measure/measure';
import { referenceOf, valueIn } from '../../../src/core/compress/quantize/measure/reference';
import { saidOfConstants } from '../../../src/core/compress/quantize/choose';
import type { Trial } from '../../../src/core/compress/quantize/choose';
import { layerFidelities } from '../../../src/core/compress/quantize/proofOf';
import type { QuantizationSpec } from '../../../src/core/compress/quantize/quantizationSpec';
import { quantizeGraph } from '../../../src/core/compress/quantize/quantizeGraph';
import { sourceModelOf } from '../../../src/core/compress/quantize/sourceModel';
import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import type { FloatEngine, FloatProgram } from '../../../src/core/execute/floatEngine';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { storedValues } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const float = (name: string, shape: readonly number[] = [1, 2]): Tensor => tensor(name, 'float32', shape);
const fused = (table: string, values: Parameters<typeof options>[1] = {}): Operator['options'] =>
  options(table, { fusedActivationFunction: 'NONE', ...values });

const plainSpec: QuantizationSpec = {
  activations: 'int8',
  io: 'int8',
  perChannelDense: false,
  keepFloat: [],
  scales: { ranges: new Map() },
};

/** Scales for tensors by index: zero points are 0. */
const imposed = (scales: readonly (number | undefined)[]): QuantizationSpec['scales'] => ({
  ranges: new Map(),
  imposed: new Map(
    scales.flatMap((scale, index) => (scale === undefined ? [] : [[index, { scale, zeroPoint: 0 }] as const])),
  ),
});

interface Drawn {
  readonly source: Model;
  readonly spec?: Partial<QuantizationSpec>;
}

/** Operators as `KIND.version inputs -> outputs`; constants with their stored numbers, others with type and scale. */
function drawn({ source, spec }: Drawn): readonly string[] {
  const { model: result } = quantizeGraph(source, { ...plainSpec, ...spec });
  const [{ operators, tensors, outputs }] = result.graphs;
  const text = (index: number): string => {
    if (index < 0) return '-';
    const { name, type, data, quantization } = tensors[index];
    const scales = (quantization?.scales ?? []).map((scale) => Number(scale.toPrecision(4))).join('/');
    const note =
      scales === ''
        ? ''
        : ` x${scales}${(quantization!.zeroPoints[0] ?? 0) === 0 ? '' : `+${quantization!.zeroPoints[0]}`}`;
    return `${name}:${type}${data === undefined ? '' : `[${[...storedValues(tensors[index])!].join()}]`}${note}`;
  };
  return [
    ...operators.map(
      ({ kind, version, inputs, outputs: made }) =>
        `${kind}.${version} ${inputs.map(text).join(', ')} -> ${made.map(text).join(', ')}`,
    ),
    `gives ${outputs.map(text).join(', ')}`,
  ];
}

const w = floats('w', [2, 2], [127, -63.7, 254, 3.3]);
const b = floats('b', [2], [3, -3]);

const denseOf = (bias: number): Model =>
  model(
    graph(
      [float('x'), w, b, float('y')],
      [operator('FULLY_CONNECTED', [0, 1, bias], [3], { options: fused('FullyConnectedOptions') })],
      { inputs: [0], outputs: [3] },
    ),
  );

const chainOf = (second: readonly number[]): Model =>
  model(
    graph(
      [float('x'), w, b, float('m'), float('y')],
      [
        operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: fused('FullyConnectedOptions') }),
        operator('FULLY_CONNECTED', [3, ...second], [4], { options: fused('FullyConnectedOptions') }),
      ],
      { inputs: [0], outputs: [4] },
    ),
  );

const around = (kind: string, more: readonly Tensor[], own?: Operator['options']): Model =>
  model(
    graph(
      [float('x'), ...more, float('y', [1, kind === 'CONCATENATION' ? 4 : 2])],
      [operator(kind, [0, ...more.map((_, place) => place + 1)], [more.length + 1], { options: own })],
      {
        inputs: [0],
        outputs: [more.length + 1],
      },
    ),
  );

check('quantized operators, with the numbers that are stored', drawn, [
  {
    name: 'a dense layer: one scale, a bias of 0.5 x 2',
    input: { source: denseOf(2), spec: { scales: imposed([0.5, undefined, undefined, 0.25]) } },
    expected: [
      'FULLY_CONNECTED.4 x:int8 x0.5, w:int8[64,-32,127,2] x2, b:int32[3,-3] x1 -> y:int8 x0.25',
      'gives y:int8 x0.25',
    ],
  },
  {
    name: 'a scale for each output: biases of 0.5 and 1',
    input: { source: denseOf(2), spec: { perChannelDense: true, scales: imposed([0.5, undefined, undefined, 0.25]) } },
    expected: [
      'FULLY_CONNECTED.4 x:int8 x0.5, w:int8[127,-64,127,2] x1/2, b:int32[6,-3] x0.5/1 -> y:int8 x0.25',
      'gives y:int8 x0.25',
    ],
  },
  {
    name: '16 bits',
    input: { source: denseOf(2), spec: { activations: 'int16', scales: imposed([0.5, undefined, undefined, 0.25]) } },
    expected: [
      'FULLY_CONNECTED.7 x:int16 x0.5, w:int8[64,-32,127,2] x2, b:int64[3,-3] x1 -> y:int16 x0.25',
      'gives y:int16 x0.25',
    ],
  },
  {
    name: 'without a bias',
    input: { source: denseOf(-1), spec: { scales: imposed([0.5, undefined, undefined, 0.25]) } },
    expected: ['FULLY_CONNECTED.4 x:int8 x0.5, w:int8[64,-32,127,2] x2, - -> y:int8 x0.25', 'gives y:int8 x0.25'],
  },
  {
    name: 'a correction is a bias where there is none',
    input: {
      source: denseOf(-1),
      spec: {
        biasCorrections: new Map([[0, Float32Array.of(5, -2)]]),
        scales: imposed([0.5, undefined, undefined, 0.25]),
      },
    },
    expected: [
      'FULLY_CONNECTED.4 x:int8 x0.5, w:int8[64,-32,127,2] x2, w/bias:int32[5,-2] x1 -> y:int8 x0.25',
      'gives y:int8 x0.25',
    ],
  },
  {
    name: 'and is added where there is one',
    input: {
      source: denseOf(2),
      spec: {
        biasCorrections: new Map([[0, Float32Array.of(5, -2)]]),
        scales: imposed([0.5, undefined, undefined, 0.25]),
      },
    },
    expected: [
      'FULLY_CONNECTED.4 x:int8 x0.5, w:int8[64,-32,127,2] x2, b:int32[8,-5] x1 -> y:int8 x0.25',
      'gives y:int8 x0.25',
    ],
  },
  {
    name: 'one bias of two layers whose inputs differ becomes two',
    input: { source: chainOf([1, 2]), spec: { scales: imposed([0.5, undefined, undefined, 0.25, 0.125]) } },
    expected: [
      'FULLY_CONNECTED.4 x:int8 x0.5, w:int8[64,-32,127,2] x2, b:int32[3,-3] x1 -> m:int8 x0.25',
      'FULLY_CONNECTED.4 m:int8 x0.25, w:int8[64,-32,127,2] x2, b:int32[6,-6] x0.5 -> y:int8 x0.125',
      'gives y:int8 x0.125',
    ],
  },
  {
    name: 'float ends: names stay outside',
    input: { source: denseOf(2), spec: { io: 'float', scales: imposed([0.5, undefined, undefined, 0.25]) } },
    expected: [
      'QUANTIZE.1 x:float32 -> x_int8:int8 x0.5',
      'FULLY_CONNECTED.4 x_int8:int8 x0.5, w:int8[64,-32,127,2] x2, b:int32[3,-3] x1 -> y:int8 x0.25',
      'DEQUANTIZE.2 y:int8 x0.25 -> y_float:float32',
      'gives y_float:float32',
    ],
  },
  {
    name: 'a layer that stays float between conversions of 16 bits',
    input: {
      source: chainOf([1, 2]),
      spec: { activations: 'int16', keepFloat: ['m'], scales: imposed([0.5, undefined, undefined, 0.25, 0.125]) },
    },
    expected: [
      'DEQUANTIZE.3 x:int16 x0.5 -> x_float:float32',
      'FULLY_CONNECTED.1 x_float:float32, w:float32[127,-63.70000076293945,254,3.299999952316284], b:float32[3,-3] -> m:float32',
      'QUANTIZE.2 m:float32 -> m_int16:int16 x0.25',
      'FULLY_CONNECTED.7 m_int16:int16 x0.25, w:int8[64,-32,127,2] x2, b:int64[6,-6] x0.5 -> y:int16 x0.125',
      'gives y:int16 x0.125',
    ],
  },
  {
    // 0 to 2.55 in steps of 0.01 from -128 on.
    name: 'a summand has the scale of its own range',
    input: {
      source: around('ADD', [floats('c', [2], [1, 2.55])], fused('AddOptions')),
      spec: { scales: imposed([0.5, undefined, 0.25]) },
    },
    expected: ['ADD.2 x:int8 x0.5, c:int8[-28,127] x0.01+-128 -> y:int8 x0.25', 'gives y:int8 x0.25'],
  },
  {
    name: 'of 16 bits with a scale that is no power of two',
    input: {
      source: around('ADD', [floats('c', [2], [1, 32767])], fused('AddOptions')),
      spec: { activations: 'int16', scales: imposed([0.5, undefined, 0.25]) },
    },
    expected: ['ADD.3 x:int16 x0.5, c:int16[1,32767] x1 -> y:int16 x0.25', 'gives y:int16 x0.25'],
  },
  {
    name: 'a constant that is joined has the scale of all',
    input: {
      source: around('CONCATENATION', [floats('c', [1, 2], [-1, 126])], fused('ConcatenationOptions', { axis: 1 })),
      spec: {
        scales: {
          ranges: new Map([
            [0, { min: -128, max: 3 }],
            [2, { min: -4, max: 127 }],
          ]),
        },
      },
    },
    expected: ['CONCATENATION.2 x:int8 x1, c:int8[-1,126] x1 -> y:int8 x1', 'gives y:int8 x1'],
  },
  {
    name: 'and widens it',
    input: {
      source: around('CONCATENATION', [floats('c', [1, 2], [-1, 127])], fused('ConcatenationOptions', { axis: 1 })),
      spec: {
        scales: {
          ranges: new Map([
            [0, { min: -128, max: 3 }],
            [2, { min: -4, max: 3 }],
          ]),
        },
      },
    },
    expected: ['CONCATENATION.2 x:int8 x1, c:int8[-1,127] x1 -> y:int8 x1', 'gives y:int8 x1'],
  },
  {
    name: 'integers that are no values stay',
    input: {
      source: around(
        'MEAN',
        [tensor('axes', 'int32', [1], { data: new Uint8Array([1, 0, 0, 0]) })],
        options('ReducerOptions', { keepDims: true }),
      ),
      spec: { scales: imposed([0.5, undefined, 0.25]) },
    },
    expected: ['MEAN.2 x:int8 x0.5, axes:int32[1] -> y:int8 x0.25', 'gives y:int8 x0.25'],
  },
  {
    name: 'an operator on integers alone is left as it is',
    input: {
      source: model(
        graph([tensor('x', 'int32', [1, 2]), tensor('y', 'int32', [1, 2])], [operator('ADD', [0, 0], [1])], {
          inputs: [0],
          outputs: [1],
        }),
      ),
    },
    expected: ['ADD.1 x:int32, x:int32 -> y:int32', 'gives y:int32'],
  },
  {
    name: 'an input that is given out',
    input: {
      source: model(graph([float('x'), float('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [0, 1] })),
      spec: { scales: imposed([0.5, 0.25]) },
    },
    expected: ['RELU.2 x:int8 x0.5 -> y:int8 x0.25', 'gives x:int8 x0.5, y:int8 x0.25'],
  },
]);

const wConv = floats('w', [2, 1, 1, 1], [127, -63.7]);
const wDepthwise = floats('w', [1, 1, 1, 2], [127, -63.5]);
const image = (name: string, channels: number): Tensor => float(name, [1, 1, 1, channels]);

check('scales of filters, one for each output', drawn, [
  {
    name: 'a convolution',
    input: {
      source: model(
        graph(
          [image('x', 1), wConv, b, image('y', 2)],
          [
            operator('CONV_2D', [0, 1, 2], [3], {
              options: fused('Conv2DOptions', { padding: 'VALID', strideW: 1, strideH: 1 }),
            }),
          ],
          { inputs: [0], outputs: [3] },
        ),
      ),
      spec: { scales: imposed([0.5, undefined, undefined, 0.25]) },
    },
    expected: [
      'CONV_2D.3 x:int8 x0.5, w:int8[127,-127] x1/0.5016, b:int32[6,-12] x0.5/0.2508 -> y:int8 x0.25',
      'gives y:int8 x0.25',
    ],
  },
  {
    name: 'a depthwise one',
    input: {
      source: model(
        graph(
          [image('x', 2), wDepthwise, b, image('y', 2)],
          [
            operator('DEPTHWISE_CONV_2D', [0, 1, 2], [3], {
              options: fused('DepthwiseConv2DOptions', {
                padding: 'VALID',
                strideW: 1,
                strideH: 1,
                depthMultiplier: 1,
              }),
            }),
          ],
          { inputs: [0], outputs: [3] },
        ),
      ),
      spec: { activations: 'int16', scales: imposed([0.5, undefined, undefined, 0.25]) },
    },
    expected: [
      'DEPTHWISE_CONV_2D.5 x:int16 x0.5, w:int8[127,-127] x1/0.5, b:int64[6,-12] x0.5/0.25 -> y:int16 x0.25',
      'gives y:int16 x0.25',
    ],
  },
]);

/** Doubles what it gets; quantized so that its weights stand for 2 and -2. */
const doubling = model(
  graph(
    [float('x'), floats('w', [2, 2], [2, 0, 0, -2]), float('y')],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: fused('FullyConnectedOptions') })],
    { inputs: [0], outputs: [2] },
  ),
);

/** A program that answers with these values whatever it gets. */
const programOf = (values: ReadonlyMap<number, readonly number[]>): FloatProgram => ({
  run: () => Promise.resolve(new Map([...values].map(([index, list]) => [index, Float32Array.from(list)]))),
  dispose: () => undefined,
});

const samples = { source: '', isSynthetic: false, count: 2, inputs: [Float32Array.of(1, 2, 3, 4)], remarks: [] };

interface Compared {
  /** What the float model is taken to answer. */
  readonly exact: readonly number[];
  readonly outputScale: number;
}

check(
  'a quantized graph beside its float values, as a whole and layer by layer',
  async ({ exact, outputScale }: Compared) => {
    const quantizedGraph = quantizeGraph(doubling, { ...plainSpec, scales: imposed([1, undefined, outputScale]) });
    const reference = await referenceOf(
      doubling,
      programOf(
        new Map([
          [0, [1, 2, 3, 4]],
          [2, exact],
        ]),
      ),
      samples,
      { tensors: [0, 2] },
    );
    const { answers, tensors } = await measure(quantizedGraph, reference, { rounding: 'double' });
    const alone = await errorAlone(quantizedGraph, 0, reference, 'double');
    return {
      answers: [...answers.outputs[0].values],
      noise: [tensors.get(0)!.noise, tensors.get(2)!.noise],
      alone: alone!.noise,
      second: [...valueIn(reference, 2, 1)],
    };
  },
  [
    {
      name: 'exactly',
      input: { exact: [2, -4, 6, -8], outputScale: 1 },
      expected: { answers: [2, -4, 6, -8], noise: [0, 0], alone: 0, second: [6, -8] },
    },
    {
      name: 'with steps of 4: 2 becomes 4 and 6 becomes 8',
      input: { exact: [2, -4, 6, -8], outputScale: 4 },
      expected: { answers: [4, -4, 8, -8], noise: [0, 8], alone: 8, second: [6, -8] },
    },
    {
      name: 'against other values',
      input: { exact: [2, -4, 6, -5], outputScale: 1 },
      expected: { answers: [2, -4, 6, -8], noise: [0, 9], alone: 9, second: [6, -5] },
    },
  ],
);

/** LEAKY_RELU to `m`, then LOGISTIC or another to `y`. */
const two = (last: string): Model =>
  model(
    graph(
      [float('x'), float('m'), float('y')],
      [
        operator('LEAKY_RELU', [0], [1], { options: options('LeakyReluOptions', { alpha: 0.5 }) }),
        operator(last, [1], [2]),
      ],
      { inputs: [0], outputs: [2] },
    ),
  );

check(
  'layers by what they do alone',
  async ([last, m, y]: readonly [string, readonly number[], readonly number[]]) => {
    const source = two(last);
    const quantizedGraph = quantizeGraph(source, { ...plainSpec, scales: imposed([1, 1, 1]) });
    const reference = await referenceOf(
      source,
      programOf(
        new Map([
          [0, [1, 2, 3, 4]],
          [1, m],
          [2, y],
        ]),
      ),
      samples,
      { tensors: [0, 1, 2] },
    );
    const measured = await measure(quantizedGraph, reference, { rounding: 'double' });
    const layers = await layerFidelities(source, { quantized: quantizedGraph, measured }, reference, 'double');
    return layers.map(
      ({ name, operator: kind, rank, suggestions = [], aloneSqnrDb }) =>
        `${name} ${kind} rank ${rank} at ${aloneSqnrDb?.toFixed(1)} dB, ${suggestions.length} ways`,
    );
  },
  [
    {
      // LEAKY_RELU: noise 1 of 34; RELU on 1, 2, 3, 5: noise 9 of 30 + 9 + 25.
      name: 'the worse one is to blame first',
      input: ['RELU', [1, 2, 3, 5], [1, 2, 3, 8]],
      expected: ['m LEAKY_RELU rank 2 at 15.9 dB, 2 ways', 'y RELU rank 1 at 9.4 dB, 2 ways'],
    },
    {
      name: 'a final function that saturates is not',
      input: ['LOGISTIC', [1, 2, 3, 5], [0, 0, 0, 1]],
      expected: ['m LEAKY_RELU rank 1 at 15.9 dB, 2 ways', 'y LOGISTIC rank undefined at -3.5 dB, 0 ways'],
    },
  ],
);

interface Correction {
  /** What the layer of the difference gives. */
  readonly answer: readonly number[];
  /** Index of the bias, or -1. */
  readonly bias: number;
  readonly addsBiases: boolean;
}

check(
  'what rounded weights add on average, to be taken off',
  async ({ answer, bias, addsBiases }: Correction) => {
    const given: Model[] = [];
    const engine = {
      load: (alone: Model) => (given.push(alone), Promise.resolve(programOf(new Map([[2, answer]])))),
    } as unknown as FloatEngine;
    const source = denseOf(bias);
    const quantizedGraph = quantizeGraph(source, { ...plainSpec, scales: imposed([0.5, undefined, undefined, 0.25]) });
    const seen = { histogram: new GrowingHistogram(), mean: Float64Array.of(1, 2), channelMost: Float64Array.of(1, 2) };
    const corrections = await biasCorrections(source, quantizedGraph, new Map([[0, seen]]), {
      engine,
      addsBiases,
    });
    if (given.length === 0) return corrections.size;
    const [{ tensors, operators }] = given[0].graphs;
    return {
      corrections: [...corrections].map(([index, values]) => [index, ...values]),
      // 64 x 2 - 127 and -32 x 2 + 63.7; 127 x 2 - 254 and 2 x 2 - 3.3.
      difference: [...new Float32Array(tensors[1].data!.slice().buffer)].map((value) => Number(value.toFixed(4))),
      inputs: operators[0].inputs,
    };
  },
  [
    {
      name: 'of two outputs',
      input: { answer: [0.5, -1.5], bias: 2, addsBiases: false },
      expected: { corrections: [[0, -0.5, 1.5]], difference: [1, -0.3, 0, 0.7], inputs: [0, 1, -1] },
    },
    {
      name: 'of a layer that is to get a bias for it',
      input: { answer: [0.5, -1.5], bias: -1, addsBiases: true },
      expected: { corrections: [[0, -0.5, 1.5]], difference: [1, -0.3, 0, 0.7], inputs: [0, 1, -1] },
    },
    {
      name: 'of a layer that has no bias to take it',
      input: { answer: [0.5, -1.5], bias: -1, addsBiases: false },
      expected: 0,
    },
  ],
);

const trial = (dB: number, weightFeedback: boolean, biasCorrection: boolean): Trial => ({
  recipe: { method: 'min-max', weightFeedback, biasCorrection },
  score: { outputs: [{ outputDb: dB }], noise: [] },
});

check(
  'what is said of weights and biases',
  ([trials, ...asked]: readonly [readonly Trial[], 'auto' | 'on' | 'off', 'auto' | 'on' | 'off']) =>
    saidOfConstants(trials, trials[trials.length - 1].recipe, { weightFeedback: asked[0], biasCorrection: asked[1] }),
  [
    {
      name: 'as asked for',
      input: [[trial(20, true, false)], 'on', 'off'],
      expected:
        'Weights were rounded so that their errors cancel, as asked for, biases left as they are, as asked for.',
    },
    {
      name: 'of two that were tried',
      input: [[trial(20, false, false), trial(21, false, true)], 'off', 'auto'],
      expected:
        'Weights were rounded to their nearest, as asked for, biases corrected: 20.0 dB with weights rounded to their nearest and biases left as they are, 21.0 dB with weights rounded to their nearest and biases corrected.',
    },
  ],
);

check(
  'the float model that is quantized',
  (source: Model) => {
    const { model: result, ranges, clamps, knownWeights, decisions } = sourceModelOf(source);
    return {
      kinds: result.graphs[0].operators.map(({ kind }) => kind),
      ranges: ranges.size,
      clamps: clamps.size,
      known: knownWeights.size,
      decisions: decisions.length,
    };
  },
  [
    {
      name: 'a float one, with what follows folded',
      input: around('ADD', [floats('c', [2], [1, 2])]),
      expected: { kinds: ['ADD'], ranges: 0, clamps: 0, known: 0, decisions: 0 },
    },
    {
      name: 'one in uint8, with its ranges',
      input: model(
        graph(
          ['x', 'y'].map((name) => tensor(name, 'uint8', [1, 2], { quantization: quantized(0.5, 128) })),
          [operator('RELU', [0], [1])],
          { inputs: [0], outputs: [1] },
        ),
      ),
      expected: { kinds: ['RELU'], ranges: 2, clamps: 0, known: 0, decisions: 1 },
    },
  ],
);
