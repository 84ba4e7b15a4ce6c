import { writeTflite } from '../../../src/core/formats/tflite/writer';
import type { Tensor } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';

/** Small models for the extension tests, whose figures can be worked out by hand. */

/**
 * Convolution 3x3 (8x8x1 -> 8x8x4, 2,304 MACs), dense (256 -> `classes`, 2,560 MACs for ten), softmax; all int8. At the
 * convolution 64 + 256 bytes of activations are alive.
 */
export function digitsModel(classes = 10): Uint8Array {
  const tensors: readonly Tensor[] = [
    tensor('image', 'int8', [1, 8, 8, 1], { quantization: quantized(0.5, -128) }),
    constant('conv/weights', 'int8', [4, 3, 3, 1], quantized([0.01, 0.02, 0.03, 0.04])),
    constant('conv/bias', 'int32', [4], quantized([0.005, 0.01, 0.015, 0.02])),
    tensor('features', 'int8', [1, 8, 8, 4], { quantization: quantized(0.25, -128) }),
    constant('dense/weights', 'int8', [classes, 256], quantized(0.02)),
    constant('dense/bias', 'int32', [classes], quantized(0.005)),
    tensor('scores', 'int8', [1, classes], { quantization: quantized(0.5, 3) }),
    tensor('probabilities', 'int8', [1, classes], { quantization: quantized(1 / 256, -128) }),
  ];
  const convolution = options('Conv2DOptions', {
    padding: 'SAME',
    strideW: 1,
    strideH: 1,
    fusedActivationFunction: 'RELU',
  });
  const operators = [
    operator('CONV_2D', [0, 1, 2], [3], { version: 3, options: convolution }),
    operator('FULLY_CONNECTED', [3, 4, 5], [6], { version: 4, options: options('FullyConnectedOptions') }),
    operator('SOFTMAX', [6], [7], { version: 2, options: options('SoftmaxOptions', { beta: 1 }) }),
  ];
  return writeTflite(model(graph(tensors, operators, { inputs: [0], outputs: [7] })));
}

/** One depthwise convolution on 320x320x4: its input and output are 409,600 bytes each, more than a Nano 33 BLE has. */
export function hugeModel(): Uint8Array {
  const image = [1, 320, 320, 4];
  const tensors: readonly Tensor[] = [
    tensor('frame', 'int8', image, { quantization: quantized(0.5, 0) }),
    constant('blur/weights', 'int8', [1, 3, 3, 4], quantized([0.1, 0.1, 0.1, 0.1], 0, 3)),
    constant('blur/bias', 'int32', [4], quantized([0.05, 0.05, 0.05, 0.05])),
    tensor('blurred', 'int8', image, { quantization: quantized(0.5, 0) }),
  ];
  const values = { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1 };
  const blur = operator('DEPTHWISE_CONV_2D', [0, 1, 2], [3], {
    version: 3,
    options: options('DepthwiseConv2DOptions', values),
  });
  return writeTflite(model(graph(tensors, [blur], { inputs: [0], outputs: [3] })));
}

/** A custom operator that no table knows, and a builtin one that TensorFlow Lite Micro lacks. */
export function foreignModel(): Uint8Array {
  const tensors = [tensor('x', 'float32', [1, 16]), tensor('y', 'float32', [1, 16]), tensor('z', 'float32', [1, 16])];
  const operators = [
    operator('CUSTOM', [0], [1], { customCode: 'MyOwnFilter' }),
    operator('GELU', [1], [2], { options: options('GeluOptions') }),
  ];
  return writeTflite(model(graph(tensors, operators, { inputs: [0], outputs: [2] })));
}

/** Two graphs: the second is the body that the first calls once. */
export function twoGraphModel(): Uint8Array {
  const call = operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 1 }) });
  const relu = operator('RELU', [0], [1]);
  const main = graph([tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])], [call, relu], {
    inputs: [0],
    outputs: [1],
  });
  const body = graph([tensor('a', 'float32', [4]), tensor('b', 'float32', [4])], [operator('RELU', [0], [1])], {
    name: 'setup',
    inputs: [0],
    outputs: [1],
  });
  return writeTflite(model([main, body]));
}

/** A constant of this type with small values that differ. */
function constant(
  name: string,
  type: 'int8' | 'int32',
  shape: readonly number[],
  quantization: Tensor['quantization'],
): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: count }, (_, index) => ((index * 7) % 31) - 15);
  const data = new Uint8Array(type === 'int8' ? new Int8Array(values).buffer : new Int32Array(values).buffer);
  return tensor(name, type, shape, { data, quantization });
}
