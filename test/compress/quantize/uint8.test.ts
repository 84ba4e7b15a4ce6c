import { quantizeGraph } from '../../../src/core/compress/quantize/quantizeGraph';
import { checkQuantizable } from '../../../src/core/compress/quantize/repair/refuse';
import { sourceModelOf } from '../../../src/core/compress/quantize/sourceModel';
import type { Model, Tensor } from '../../../src/core/model/model';
import { integerValues } from '../../../src/core/model/values';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const uint8 = (name: string, scale: number, zeroPoint: number): Tensor =>
  tensor(name, 'uint8', [1, 2], { quantization: quantized(scale, zeroPoint) });

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
    const { model: float, ranges, decisions } = sourceModelOf(source);
    const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [] } as const;
    const [{ operators, tensors }] = quantizeGraph(float, { ...spec, scales: { ranges } }).model.graphs;
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
      decision: decisions[0].split('; ')[1],
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
        decision: 'weights keep their numbers.',
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
        decision:
          'the weights of 1 layer, whose zero points are not in the middle, are rounded anew, as int8 asks for.',
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
        decision: 'weights keep their numbers.',
      },
    },
  ],
);
