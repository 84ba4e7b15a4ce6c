import type { Model } from '../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';

const fused = { fusedActivationFunction: 'RELU' };
const window = { padding: 'SAME', strideW: 1, strideH: 1 };

/** Whole small networks from which structures are changed: each uses other parts of the format. */
export const baseModels: readonly (() => Model)[] = [quantizedNet, floatNet, branches, loop, shapes];

function quantizedNet(): Model {
  const bytes = (count: number): Uint8Array => new Uint8Array(count).map((_none, index) => index * 37);
  const act = { quantization: quantized(0.05, -3) };
  return model(
    graph(
      [
        tensor('image', 'int8', [1, 8, 8, 2], act),
        tensor('filter', 'int8', [4, 3, 3, 2], { data: bytes(72), quantization: quantized([0.01, 0.02, 0.03, 0.04]) }),
        tensor('bias', 'int32', [4], { data: bytes(16), quantization: quantized([0.0005, 0.001, 0.0015, 0.002]) }),
        tensor('conv', 'int8', [1, 8, 8, 4], act),
        tensor('depth filter', 'int8', [1, 3, 3, 4], { data: bytes(36), quantization: quantized([1, 1, 1, 1], 0, 3) }),
        tensor('depth', 'int8', [1, 8, 8, 4], act),
        tensor('pool', 'int8', [1, 4, 4, 4], act),
        tensor('size', 'int32', [2], { data: new Uint8Array(new Int32Array([1, 64]).buffer) }),
        tensor('flat', 'int8', [1, 64], act),
        tensor('weights', 'int8', [3, 64], { data: bytes(192), quantization: quantized(0.02) }),
        tensor('sums', 'int8', [1, 3], act),
        tensor('classes', 'int8', [1, 3], { quantization: quantized(1 / 256, -128) }),
      ],
      [
        operator('CONV_2D', [0, 1, 2], [3], { options: options('Conv2DOptions', { ...window, ...fused }) }),
        operator('DEPTHWISE_CONV_2D', [3, 4, 2], [5], {
          options: options('DepthwiseConv2DOptions', { ...window, depthMultiplier: 1 }),
        }),
        operator('MAX_POOL_2D', [5], [6], {
          options: options('Pool2DOptions', { ...window, strideW: 2, strideH: 2, filterWidth: 2, filterHeight: 2 }),
        }),
        operator('RESHAPE', [6, 7], [8]),
        operator('FULLY_CONNECTED', [8, 9, -1], [10], { options: options('FullyConnectedOptions', fused) }),
        operator('SOFTMAX', [10], [11], { options: options('SoftmaxOptions', { beta: 1 }) }),
      ],
      { inputs: [0], outputs: [11] },
    ),
  );
}

function floatNet(): Model {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_none, index) => ((index * 7) % 11) - 5);
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 6, 6, 1]),
        floats('filter', [4, 3, 3, 1], numbers(36)),
        floats('bias', [4], numbers(4)),
        tensor('conv', 'float32', [1, 6, 6, 4]),
        floats('scale', [4], numbers(4)),
        tensor('scaled', 'float32', [1, 6, 6, 4]),
        tensor('axes', 'int32', [2], { data: new Uint8Array(new Int32Array([1, 2]).buffer) }),
        tensor('mean', 'float32', [1, 4]),
        floats('weights', [3, 4], numbers(12)),
        tensor('dense', 'float32', [1, 3]),
        tensor('twice', 'float32', [1, 6]),
        tensor('y', 'float32', [1, 6]),
      ],
      [
        operator('CONV_2D', [0, 1, 2], [3], { options: options('Conv2DOptions', { ...window, ...fused }) }),
        operator('MUL', [3, 4], [5], { options: options('MulOptions') }),
        operator('MEAN', [5, 6], [7], { options: options('ReducerOptions', { keepDims: false }) }),
        operator('FULLY_CONNECTED', [7, 8, -1], [9], { options: options('FullyConnectedOptions', fused) }),
        operator('CONCATENATION', [9, 9], [10], { options: options('ConcatenationOptions', { axis: 1 }) }),
        operator('LOGISTIC', [10], [11]),
      ],
      { inputs: [0], outputs: [11] },
    ),
  );
}

function branches(): Model {
  const part = (name: string, kind: string): ReturnType<typeof graph> =>
    graph([tensor('in', 'float32', [1, 4]), tensor('out', 'float32', [1, 4])], [operator(kind, [0], [1])], {
      ...{ name, inputs: [0], outputs: [1] },
    });
  const main = graph(
    [tensor('which', 'bool', [1]), tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])],
    [operator('IF', [0, 1], [2], { options: options('IfOptions', { thenSubgraphIndex: 1, elseSubgraphIndex: 2 }) })],
    { inputs: [0, 1], outputs: [2] },
  );
  return model([main, part('then', 'ABS'), part('else', 'NEG')]);
}

function loop(): Model {
  const one = tensor('one', 'int32', [1], { data: new Uint8Array([1, 0, 0, 0]) });
  const most = tensor('most', 'int32', [1], { data: new Uint8Array([5, 0, 0, 0]) });
  const count = tensor('i', 'int32', [1]);
  const calls = { condSubgraphIndex: 1, bodySubgraphIndex: 2 };
  return model([
    graph(
      [count, tensor('end', 'int32', [1])],
      [operator('WHILE', [0], [1], { options: options('WhileOptions', calls) })],
      {
        ...{ inputs: [0], outputs: [1] },
      },
    ),
    graph([count, most, tensor('less', 'bool', [1])], [operator('LESS', [0, 1], [2])], {
      ...{ name: 'condition', inputs: [0], outputs: [2] },
    }),
    graph(
      [count, one, tensor('next', 'int32', [1])],
      [operator('ADD', [0, 1], [2], { options: options('AddOptions') })],
      {
        ...{ name: 'body', inputs: [0], outputs: [2] },
      },
    ),
  ]);
}

/** Operators whose inputs say which shape they make. */
function shapes(): Model {
  const integers = (name: string, ...values: readonly number[]): ReturnType<typeof tensor> =>
    tensor(name, 'int32', [values.length], { data: new Uint8Array(new Int32Array(values).buffer) });
  return model(
    graph(
      [
        tensor('x', 'int8', [1, 4, 4, 2], { quantization: quantized(0.1, 1) }),
        tensor('paddings', 'int32', [4, 2], { data: new Uint8Array(new Int32Array([0, 0, 1, 1, 1, 1, 0, 0]).buffer) }),
        tensor('padded', 'int8', [1, 6, 6, 2], { quantization: quantized(0.1, 1) }),
        integers('begin', 0, 1, 1, 0),
        integers('size', 1, 4, 4, 2),
        tensor('slice', 'int8', [1, 4, 4, 2], { quantization: quantized(0.1, 1) }),
        integers('order', 0, 3, 1, 2),
        tensor('turned', 'int8', [1, 2, 4, 4], { quantization: quantized(0.1, 1) }),
        integers('to', 8, 8),
        tensor('large', 'int8', [1, 8, 8, 4], { quantization: quantized(0.1, 1) }),
        integers('indices', 0, 1, 0),
        tensor('gathered', 'int8', [3, 8, 8, 4], { quantization: quantized(0.1, 1) }),
      ],
      [
        operator('PAD', [0, 1], [2], { options: options('PadOptions') }),
        operator('SLICE', [2, 3, 4], [5], { options: options('SliceOptions') }),
        operator('TRANSPOSE', [5, 6], [7], { options: options('TransposeOptions') }),
        operator('RESIZE_NEAREST_NEIGHBOR', [7, 8], [9], { options: options('ResizeNearestNeighborOptions') }),
        operator('GATHER', [9, 10], [11], { options: options('GatherOptions', { axis: 0 }) }),
      ],
      { inputs: [0], outputs: [11] },
    ),
  );
}
