import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { mulberry32 } from '../../support/random';

/** One layer: from the tensor before it to one of this shape. */
type Layer = readonly [kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D', size: number, channels: number, taps: number];

/** The sizes at the beginning of a network for pictures of 96 x 96, as in visual wake words. */
const layers: readonly Layer[] = [
  ['CONV_2D', 48, 8, 3],
  ['DEPTHWISE_CONV_2D', 48, 8, 3],
  ['CONV_2D', 48, 16, 1],
  ['DEPTHWISE_CONV_2D', 24, 16, 3],
  ['CONV_2D', 24, 32, 1],
  ['DEPTHWISE_CONV_2D', 24, 32, 3],
  ['CONV_2D', 24, 32, 1],
];

/** A network whose tensors the interpreter's own planner places with gaps: weights of random numbers. */
export function visionModel(): Model {
  const random = mulberry32(1);
  const numbers = (count: number): readonly number[] =>
    Array.from({ length: count }, () => Math.floor(random() * 200) - 100);
  const tensors: Tensor[] = [tensor('picture', 'int8', [1, 96, 96, 3], { quantization: quantized(0.02) })];
  const operators: Operator[] = [];
  let [input, depth, size] = [0, 3, 96];
  layers.forEach(([kind, made, channels, taps], place) => {
    const isDeep = kind === 'DEPTHWISE_CONV_2D';
    const shape = isDeep ? [1, taps, taps, channels] : [channels, taps, taps, depth];
    const name = `${isDeep ? 'depthwise' : 'conv'}${place}`;
    const weights = tensors.push(
      tensor(`${name}/weights`, 'int8', shape, {
        data: encode('int8', numbers(shape.reduce((a, b) => a * b))),
        quantization: quantized(0.01),
      }),
    );
    const bias = tensors.push(
      tensor(`${name}/bias`, 'int32', [channels], {
        data: encode('int32', numbers(channels)),
        quantization: quantized(0.0002),
      }),
    );
    const output = tensors.push(tensor(name, 'int8', [1, made, made, channels], { quantization: quantized(0.02) }));
    const stride = size / made;
    const values = { padding: 'SAME', strideH: stride, strideW: stride, dilationHFactor: 1, dilationWFactor: 1 };
    operators.push(
      operator(kind, [input, weights - 1, bias - 1], [output - 1], {
        version: 3,
        options: isDeep
          ? options('DepthwiseConv2DOptions', { ...values, depthMultiplier: 1 })
          : options('Conv2DOptions', values),
      }),
    );
    [input, depth, size] = [output - 1, channels, made];
  });
  return model(graph(tensors, operators, { inputs: [0], outputs: [input] }));
}
