import { quantizeGraph } from '../../../src/core/compress/quantize/quantizeGraph';
import { saidOfKnownWeights } from '../../../src/core/compress/quantize/knownWeights';
import { checkQuantizable } from '../../../src/core/compress/quantize/repair/refuse';
import { sourceModelOf } from '../../../src/core/compress/quantize/sourceModel';
import type { Model, Tensor } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { integerValues } from '../../../src/core/model/values/stored';

const uint8 = (name: string, scale: number, zeroPoint: number): Tensor =>
  tensor(name, 'uint8', [1, 2], { quantization: quantized(scale, zeroPoint) });

const changed =
  'The weights of 1 layer of 1 have other numbers: int8 asks for a zero point in the middle, for no value below -127, and for biases that fit.';

interface Dense {
  /** Of the weights. */
  readonly zeroPoint: number;
  readonly weights: readonly number[];
  /** With float inputs and outputs that are converted at the edge. */
  readonly isFloatOutside?: boolean;
}

/** A dense layer in uint8, whose bias says nothing of its scale. */
function dense({ zeroPoint, weights, isFloatOutside = false }: Dense): Model {
  const tensors = [
    uint8('x', 0.5, 128),
    tensor('w', 'uint8', [2, 2], { data: Uint8Array.from(weights), quantization: quantized(0.25, zeroPoint) }),
    tensor('b', 'int32', [2], { data: new Uint8Array(Int32Array.of(10, -4).buffer) }),
    uint8('y', 0.5, 0),
    tensor('in', 'float32', [1, 2]),
    tensor('out', 'float32', [1, 2]),
  ];
  const layer = operator('FULLY_CONNECTED', [0, 1, 2], [3], {
    options: options('FullyConnectedOptions', { fusedActivationFunction: 'RELU' }),
  });
  return isFloatOutside
    ? model(
        graph(tensors, [operator('QUANTIZE', [4], [0]), layer, operator('DEQUANTIZE', [3], [5])], {
          inputs: [4],
          outputs: [5],
        }),
      )
    : model(graph(tensors, [layer], { inputs: [0], outputs: [3] }));
}

check(
  'a model in uint8 as int8',
  (input: Dense) => {
    const source = dense(input);
    checkQuantizable(source);
    const { model: float, ranges, knownWeights } = sourceModelOf(source);
    const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [] } as const;
    const result = quantizeGraph(float, { ...spec, knownWeights, scales: { ranges } });
    const [{ operators, tensors }] = result.model.graphs;
    const [{ inputs, outputs }] = operators;
    const stored = (index: number): readonly number[] => integerValues(tensors[index])!;
    const affine = (index: number): string => {
      const { scales, zeroPoints } = tensors[index].quantization!;
      return `${tensors[index].type} ${scales[0]} ${zeroPoints[0]}`;
    };
    return {
      kinds: operators.map(({ kind }) => kind),
      affines: [...inputs, ...outputs].map(affine),
      constants: [stored(inputs[1]), stored(inputs[2])],
      decision: saidOfKnownWeights(float, result, knownWeights),
    };
  },
  [
    {
      name: 'weights around 128 keep their numbers',
      input: { zeroPoint: 128, weights: [255, 1, 130, 128] },
      expected: {
        kinds: ['FULLY_CONNECTED'],
        affines: ['int8 0.5 0', 'int8 0.25 0', 'int32 0.125 0', 'int8 0.5 -128'],
        constants: [
          [127, -127, 2, 0],
          [10, -4],
        ],
        decision: 'The weights keep their numbers, 128 less as int8.',
      },
    },
    {
      name: 'others are rounded anew',
      input: { zeroPoint: 1, weights: [255, 1, 3, 5] },
      expected: {
        kinds: ['FULLY_CONNECTED'],
        affines: ['int8 0.5 0', 'int8 0.5 0', 'int32 0.25 0', 'int8 0.5 -128'],
        constants: [
          [127, 0, 1, 2],
          [5, -2],
        ],
        decision: changed,
      },
    },
    {
      name: 'the byte 0 becomes -127, the others keep their numbers',
      input: { zeroPoint: 128, weights: [0, 1, 130, 128] },
      expected: {
        kinds: ['FULLY_CONNECTED'],
        affines: ['int8 0.5 0', 'int8 0.25 0', 'int32 0.125 0', 'int8 0.5 -128'],
        constants: [
          [-127, -127, 2, 0],
          [10, -4],
        ],
        decision: changed,
      },
    },
    {
      name: 'a zero point beside the middle moves all numbers, which keep their scale where they fit',
      input: { zeroPoint: 127, weights: [254, 1, 130, 127] },
      expected: {
        kinds: ['FULLY_CONNECTED'],
        affines: ['int8 0.5 0', 'int8 0.25 0', 'int32 0.125 0', 'int8 0.5 -128'],
        constants: [
          [127, -126, 3, 0],
          [10, -4],
        ],
        decision: changed,
      },
    },
    {
      name: 'conversions at the edge go away',
      input: { zeroPoint: 128, weights: [255, 1, 130, 128], isFloatOutside: true },
      expected: {
        kinds: ['FULLY_CONNECTED'],
        affines: ['int8 0.5 0', 'int8 0.25 0', 'int32 0.125 0', 'int8 0.5 -128'],
        constants: [
          [127, -127, 2, 0],
          [10, -4],
        ],
        decision: 'The weights keep their numbers, 128 less as int8.',
      },
    },
  ],
);

/** Weights of 3 x 3 taps for two channels: of the first all are even, so that a coarser step would do. */
const taps = [130, 129, 132, 131, 134, 133, 136, 135, 138, 137, 140, 139, 142, 141, 144, 143, 146, 145];

function depthwise(weights: readonly number[]): Model {
  const value = (name: string, shape: number[]): Tensor =>
    tensor(name, 'uint8', shape, { quantization: quantized(0.5, 128) });
  const tensors = [
    value('x', [1, 3, 3, 2]),
    tensor('w', 'uint8', [1, 3, 3, 2], { data: Uint8Array.from(weights), quantization: quantized(0.25, 128) }),
    tensor('b', 'int32', [2], { data: new Uint8Array(Int32Array.of(10, -4).buffer) }),
    value('y', [1, 1, 1, 2]),
  ];
  const layer = operator('DEPTHWISE_CONV_2D', [0, 1, 2], [3], {
    options: options('DepthwiseConv2DOptions', { padding: 'VALID', strideW: 1, strideH: 1, depthMultiplier: 1 }),
  });
  return model(graph(tensors, [layer], { inputs: [0], outputs: [3] }));
}

check(
  'depthwise weights in uint8, whose channels get scales of their own',
  (weights: readonly number[]) => {
    const { model: float, ranges, knownWeights } = sourceModelOf(depthwise(weights));
    const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [] } as const;
    const result = quantizeGraph(float, { ...spec, knownWeights, scales: { ranges } });
    const [{ operators, tensors }] = result.model.graphs;
    const [, { quantization, ...stored }, bias] = operators[0].inputs.map((index) => tensors[index]);
    return {
      scales: quantization?.scales,
      weights: integerValues(stored),
      bias: integerValues(bias),
      decision: saidOfKnownWeights(float, result, knownWeights),
    };
  },
  [
    {
      name: 'keep scale and numbers in every channel',
      input: taps,
      expected: {
        scales: [0.25, 0.25],
        weights: [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15, 18, 17],
        bias: [10, -4],
        decision: 'The weights keep their numbers, 128 less as int8.',
      },
    },
    {
      name: 'the byte 0 is one step off',
      input: [...taps.slice(0, 17), 0],
      expected: {
        scales: [0.25, 0.25],
        weights: [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15, 18, -127],
        bias: [10, -4],
        decision: changed,
      },
    },
  ],
);
