import type { DataType } from '../../../src/core/model/dataType';
import type { Model } from '../../../src/core/model/model';
import { quantized } from '../../support/build';
import { movementModels } from './movementModels';
import type { RandomModel } from './randomModel';

/** A model of one operator, from a seed. */
export type MakeModel = (random: RandomModel) => Model;

const activations = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'] as const;

function outLength(length: number, stride: number, reach: number, padding: string): number {
  return padding === 'SAME' ? Math.ceil(length / stride) : Math.floor((length - reach) / stride) + 1;
}

interface Window {
  readonly options: Readonly<Record<string, number | string>>;
  readonly image: readonly number[];
  readonly size: readonly [height: number, width: number];
  readonly out: readonly [height: number, width: number];
}

function window(random: RandomModel, depth: number, dilated: boolean): Window {
  const [height, width] = [random.whole(4, 7), random.whole(4, 7)];
  const size = [random.whole(1, 3), random.whole(1, 3)] as const;
  const [strideH, strideW] = [random.whole(1, 2), random.whole(1, 2)];
  const dilation = dilated ? random.whole(1, 2) : 1;
  const padding = random.pick(['SAME', 'VALID'] as const);
  const [reachY, reachX] = size.map((length) => (length - 1) * dilation + 1);
  const outY = outLength(height, strideH, Math.min(reachY, height), padding);
  const outX = outLength(width, strideW, Math.min(reachX, width), padding);
  return {
    options: {
      padding,
      strideH,
      strideW,
      fusedActivationFunction: random.pick(activations),
      ...(dilated ? { dilationHFactor: reachY <= height ? dilation : 1, dilationWFactor: dilation } : {}),
    },
    image: [random.whole(1, 2), height, width, depth],
    size,
    out: [outY, outX],
  };
}

function convolution(type: DataType, weights: DataType, bias: DataType | undefined, groups = 1): MakeModel {
  return (random) => {
    const depth = groups * random.whole(1, 5);
    const channels = groups * random.whole(1, 6);
    const { options, image, size, out } = window(random, depth, true);
    const input = random.input(type, image);
    const filterQuantization = random.pick([random.perChannel(channels, 0), quantized(random.scale(-9, -6))]);
    const filter = random.constant(
      weights,
      [channels, ...size, depth / groups],
      weights === 'float32' ? undefined : filterQuantization,
    );
    const inputs = bias === undefined ? [input, filter] : [input, filter, random.constant(bias, [channels], undefined)];
    const output = random.output(type, [image[0], ...out, channels]);
    return random.of('CONV_2D', inputs, [output], ['Conv2DOptions', options]);
  };
}

function depthwise(type: DataType, weights: DataType, bias: DataType | undefined): MakeModel {
  return (random) => {
    const depth = random.whole(1, 5);
    const depthMultiplier = random.whole(1, 3);
    const { options, image, size, out } = window(random, depth, true);
    const channels = depth * depthMultiplier;
    const input = random.input(type, image);
    const filter = random.constant(
      weights,
      [1, ...size, channels],
      weights === 'float32' ? undefined : random.perChannel(channels, 3),
    );
    const inputs = bias === undefined ? [input, filter] : [input, filter, random.constant(bias, [channels], undefined)];
    const output = random.output(type, [image[0], ...out, channels]);
    return random.of(
      'DEPTHWISE_CONV_2D',
      inputs,
      [output],
      ['DepthwiseConv2DOptions', { ...options, depthMultiplier }],
    );
  };
}

function transposed(type: DataType, bias: DataType | undefined): MakeModel {
  return (random) => {
    const [depth, channels] = [random.whole(1, 4), random.whole(1, 4)];
    const [strideH, strideW] = [random.whole(1, 2), random.whole(1, 2)];
    const [height, width] = [random.whole(1, 3), random.whole(1, 3)];
    const padding = random.pick(['SAME', 'VALID'] as const);
    const [inY, inX] = [random.whole(2, 4), random.whole(2, 4)];
    const out = (length: number, stride: number, size: number): number =>
      padding === 'SAME' ? length * stride : (length - 1) * stride + Math.max(size, stride);
    const shape = [1, out(inY, strideH, height), out(inX, strideW, width), channels];
    const sizes = random.values('int32', [4], shape);
    const filter = random.constant(
      type === 'float32' ? 'float32' : 'int8',
      [channels, height, width, depth],
      type === 'float32' ? undefined : random.perChannel(channels, 0),
    );
    const image = random.input(type, [1, inY, inX, depth]);
    const inputs =
      bias === undefined
        ? [sizes, filter, image]
        : [sizes, filter, image, random.constant(bias, [channels], undefined)];
    const options = { padding, strideH, strideW, fusedActivationFunction: random.pick(activations) };
    return random.of('TRANSPOSE_CONV', inputs, [random.output(type, shape)], ['TransposeConvOptions', options]);
  };
}

function dense(type: DataType, weights: DataType, bias: DataType | undefined, isPerChannel: boolean): MakeModel {
  return (random) => {
    const [batches, depth, channels] = [random.whole(1, 3), random.whole(1, 20), random.whole(1, 9)];
    const [inScale, weightScale] = [random.scale(), random.scale(-9, -6)];
    const input = random.input(type, [batches, depth], random.quantization(type, inScale));
    const filterQuantization = isPerChannel
      ? random.perChannel(channels, 0)
      : quantized(weightScale, weights === 'int8' ? random.pick([0, 0, 3]) : 0);
    const filter = random.constant(weights, [channels, depth], type === 'float32' ? undefined : filterQuantization);
    const biasQuantization = type === 'float32' ? undefined : quantized(Math.fround(inScale * weightScale));
    const inputs =
      bias === undefined ? [input, filter, -1] : [input, filter, random.constant(bias, [channels], biasQuantization)];
    const output = random.output(type, [batches, channels]);
    const options = { fusedActivationFunction: random.pick(activations) };
    return random.of('FULLY_CONNECTED', inputs, [output], ['FullyConnectedOptions', options]);
  };
}

function pool(kind: string, type: DataType): MakeModel {
  return (random) => {
    const { options, image, size, out } = window(random, random.whole(1, 4), false);
    const quantization = random.quantization(type);
    const input = random.input(type, image, quantization);
    const output = random.output(type, [image[0], ...out, image[3]], quantization);
    const values = { ...options, filterHeight: size[0], filterWidth: size[1] };
    return random.of(kind, [input], [output], ['Pool2DOptions', values]);
  };
}

/** Two inputs that broadcast. */
function binary(
  kind: string,
  type: DataType,
  table: string,
  more: { readonly out?: DataType; readonly fused?: boolean } = {},
): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 2), random.whole(1, 4), random.whole(2, 5)];
    const other = random.pick([shape, [shape[2]], [1], [shape[1], 1]]);
    const shared = kind.endsWith('IMUM') ? random.quantization(type) : undefined;
    const first = random.input(type, shape, shared ?? random.quantization(type));
    const second = random.input(type, other, shared ?? random.quantization(type));
    const out = more.out ?? type;
    const output = random.output(out, shape, out === 'bool' ? undefined : (shared ?? random.quantization(out)));
    const [inputs, options] = [[first, second], { fusedActivationFunction: random.pick(activations) }];
    return random.of(kind, inputs, [output], more.fused ? [table, options] : [table, {}]);
  };
}

/** One input and an output of the same shape; `quantization` of the output where it is fixed. */
function unary(
  kind: string,
  types: readonly [DataType, DataType],
  fixed?: readonly [scale: number, zeroPoint: number],
  more: readonly [string, Readonly<Record<string, number | boolean>>] = ['', {}],
): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(2, 12)];
    const input = random.input(types[0], shape);
    const quantization = fixed === undefined ? random.quantization(types[1]) : quantized(fixed[0], fixed[1]);
    return random.of(kind, [input], [random.output(types[1], shape, quantization)], more);
  };
}

function sameScale(kind: string, type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 3), random.whole(2, 12)];
    const quantization = random.quantization(type);
    return random.of(kind, [random.input(type, shape, quantization)], [random.output(type, shape, quantization)]);
  };
}

function reduction(kind: string, type: DataType): MakeModel {
  return (random) => {
    const shape = [random.whole(1, 2), random.whole(1, 4), random.whole(1, 4), random.whole(1, 5)];
    const axes = random.pick([[1, 2], [3], [0, 1], [-1, 1], [1, 2, 3]]);
    const keepDims = random.pick([true, false]);
    const reduced = new Set(axes.map((axis) => (axis + 4) % 4));
    const out = shape.flatMap((length, axis) => (reduced.has(axis) ? (keepDims ? [1] : []) : [length]));
    const isExtreme = kind.startsWith('REDUCE');
    const quantization = random.quantization(type);
    const input = random.input(type, shape, quantization);
    const axis = random.values('int32', [axes.length], axes);
    const output = random.output(type, out, isExtreme ? quantization : random.quantization(type));
    return random.of(kind, [input, axis], [output], ['ReducerOptions', { keepDims }]);
  };
}

function matrices(type: DataType): MakeModel {
  return (random) => {
    const [rows, depth, columns] = [random.whole(1, 4), random.whole(1, 6), random.whole(1, 4)];
    const [adjX, adjY] = [random.pick([true, false]), random.pick([true, false])];
    const batches = random.whole(1, 3);
    const first = random.input(type, [batches, ...(adjX ? [depth, rows] : [rows, depth])]);
    const second = random.input(type, [random.pick([batches, 1]), ...(adjY ? [columns, depth] : [depth, columns])]);
    const output = random.output(type, [batches, rows, columns]);
    return random.of('BATCH_MATMUL', [first, second], [output], ['BatchMatMulOptions', { adjX, adjY }]);
  };
}

function prelu(type: DataType): MakeModel {
  return (random) => {
    const shape = [1, random.whole(1, 3), random.whole(1, 3), random.whole(1, 4)];
    const input = random.input(type, shape);
    const alphas = random.constant(type === 'float32' ? 'float32' : 'int8', [1, 1, shape[3]]);
    return random.of('PRELU', [input, alphas], [random.output(type, shape)]);
  };
}

function svdf(type: DataType, time: DataType): MakeModel {
  return (random) => {
    const [depth, rank, units, memory] = [
      random.whole(1, 8),
      random.whole(1, 2),
      random.whole(1, 4),
      random.whole(2, 5),
    ];
    const filters = rank * units;
    const isFloat = type === 'float32';
    const [stateScale, timeScale] = [random.scale(-8, -5), random.scale(-9, -6)];
    const input = random.input(type, [1, depth]);
    const feature = random.constant(type, [filters, depth], isFloat ? undefined : quantized(random.scale(-9, -6)));
    const times = random.constant(time, [filters, memory], isFloat ? undefined : quantized(timeScale));
    const bias = random.constant(
      isFloat ? 'float32' : 'int32',
      [units],
      isFloat ? undefined : quantized(Math.fround(stateScale * timeScale)),
    );
    const state = random.variable(time, [1, filters * memory], isFloat ? undefined : quantized(stateScale));
    const output = random.output(type, [1, units]);
    const options = { rank, fusedActivationFunction: 'RELU' };
    return random.of('SVDF', [input, feature, times, bias, state], [output], ['SVDFOptions', options]);
  };
}

function lstm(type: DataType): MakeModel {
  return (random) => {
    const [depth, units, steps, batches] = [
      random.whole(1, 5),
      random.whole(1, 5),
      random.whole(1, 4),
      random.whole(1, 2),
    ];
    const isFloat = type === 'float32';
    const timeMajor = random.pick([true, false]);
    const weightType = isFloat ? 'float32' : 'int8';
    const biasType = isFloat ? 'float32' : type === 'int8' ? 'int32' : 'int64';
    const weights = (columns: number): number =>
      random.constant(weightType, [units, columns], isFloat ? undefined : quantized(random.scale(-9, -6)));
    const shape = timeMajor ? [steps, batches, depth] : [batches, steps, depth];
    const input = random.input(type, shape);
    const forward = [0, 1, 2, 3].map(() => weights(depth));
    const recurrent = [0, 1, 2, 3].map(() => weights(units));
    const biases = [0, 1, 2, 3].map(() => random.constant(biasType, [units], undefined));
    const hiddenQuantization = isFloat ? undefined : quantized(1 / 128, type === 'int8' ? random.whole(-5, 5) : 0);
    const hidden = random.variable(type, [batches, units], hiddenQuantization);
    const cell = random.variable(
      isFloat ? 'float32' : 'int16',
      [batches, units],
      isFloat ? undefined : quantized(2 ** random.pick([-11, -12, -10])),
    );
    const output = random.output(type, [shape[0], shape[1], units], hiddenQuantization);
    const none = [-1, -1, -1];
    const inputs = [input, ...forward, ...recurrent, ...none, ...biases, -1, -1, hidden, cell, -1, ...none];
    const options = { fusedActivationFunction: 'TANH', timeMajor, cellClip: random.pick([0, 2, 10]) };
    return random.of('UNIDIRECTIONAL_SEQUENCE_LSTM', inputs, [output], ['UnidirectionalSequenceLSTMOptions', options]);
  };
}

/** Every kernel with each of its types, by a name that tells them apart. */
export const operatorModels: Readonly<Record<string, MakeModel>> = {
  'CONV_2D int8': convolution('int8', 'int8', 'int32'),
  'CONV_2D int8 without bias': convolution('int8', 'int8', undefined),
  'CONV_2D int8 in groups': convolution('int8', 'int8', 'int32', 2),
  'CONV_2D int8 with int4': convolution('int8', 'int4', 'int32'),
  'CONV_2D int16': convolution('int16', 'int8', 'int64'),
  'CONV_2D int16 with int32': convolution('int16', 'int8', 'int32'),
  'CONV_2D float32': convolution('float32', 'float32', 'float32'),
  'DEPTHWISE_CONV_2D int8': depthwise('int8', 'int8', 'int32'),
  'DEPTHWISE_CONV_2D int8 with int4': depthwise('int8', 'int4', 'int32'),
  'DEPTHWISE_CONV_2D int8 without bias': depthwise('int8', 'int8', undefined),
  'DEPTHWISE_CONV_2D int16': depthwise('int16', 'int8', 'int64'),
  'DEPTHWISE_CONV_2D float32': depthwise('float32', 'float32', 'float32'),
  'TRANSPOSE_CONV int8': transposed('int8', 'int32'),
  'TRANSPOSE_CONV int16': transposed('int16', 'int64'),
  'TRANSPOSE_CONV float32': transposed('float32', 'float32'),
  'FULLY_CONNECTED int8': dense('int8', 'int8', 'int32', false),
  'FULLY_CONNECTED int8 without bias': dense('int8', 'int8', undefined, false),
  'FULLY_CONNECTED int8 with int4': dense('int8', 'int4', 'int32', false),
  'FULLY_CONNECTED int8 per channel': dense('int8', 'int8', 'int32', true),
  'FULLY_CONNECTED int16': dense('int16', 'int8', 'int64', false),
  'FULLY_CONNECTED int16 per channel': dense('int16', 'int8', 'int64', true),
  'FULLY_CONNECTED int16 with int32': dense('int16', 'int8', 'int32', false),
  'FULLY_CONNECTED float32': dense('float32', 'float32', 'float32', false),
  'AVERAGE_POOL_2D int8': pool('AVERAGE_POOL_2D', 'int8'),
  'AVERAGE_POOL_2D int16': pool('AVERAGE_POOL_2D', 'int16'),
  'AVERAGE_POOL_2D float32': pool('AVERAGE_POOL_2D', 'float32'),
  'MAX_POOL_2D int8': pool('MAX_POOL_2D', 'int8'),
  'MAX_POOL_2D int16': pool('MAX_POOL_2D', 'int16'),
  'MAX_POOL_2D float32': pool('MAX_POOL_2D', 'float32'),
  'L2_POOL_2D float32': pool('L2_POOL_2D', 'float32'),
  'ADD int8': binary('ADD', 'int8', 'AddOptions', { fused: true }),
  'ADD int16': binary('ADD', 'int16', 'AddOptions', { fused: true }),
  'ADD int32': binary('ADD', 'int32', 'AddOptions'),
  'ADD float32': binary('ADD', 'float32', 'AddOptions', { fused: true }),
  'SUB int8': binary('SUB', 'int8', 'SubOptions', { fused: true }),
  'SUB int16': binary('SUB', 'int16', 'SubOptions', { fused: true }),
  'SUB int32': binary('SUB', 'int32', 'SubOptions', { fused: true }),
  'SUB float32': binary('SUB', 'float32', 'SubOptions', { fused: true }),
  'MUL int8': binary('MUL', 'int8', 'MulOptions', { fused: true }),
  'MUL int16': binary('MUL', 'int16', 'MulOptions', { fused: true }),
  'MUL int32': binary('MUL', 'int32', 'MulOptions', { fused: true }),
  'MUL float32': binary('MUL', 'float32', 'MulOptions', { fused: true }),
  'DIV int8': binary('DIV', 'int8', 'DivOptions', { fused: true }),
  'DIV float32': binary('DIV', 'float32', 'DivOptions', { fused: true }),
  'MAXIMUM int8': binary('MAXIMUM', 'int8', 'MaximumMinimumOptions'),
  'MAXIMUM int16': binary('MAXIMUM', 'int16', 'MaximumMinimumOptions'),
  'MAXIMUM int64': binary('MAXIMUM', 'int64', 'MaximumMinimumOptions'),
  'MINIMUM float32': binary('MINIMUM', 'float32', 'MaximumMinimumOptions'),
  'MINIMUM int32': binary('MINIMUM', 'int32', 'MaximumMinimumOptions'),
  'SQUARED_DIFFERENCE int8': binary('SQUARED_DIFFERENCE', 'int8', 'SquaredDifferenceOptions'),
  'SQUARED_DIFFERENCE int16': binary('SQUARED_DIFFERENCE', 'int16', 'SquaredDifferenceOptions'),
  'SQUARED_DIFFERENCE int32': binary('SQUARED_DIFFERENCE', 'int32', 'SquaredDifferenceOptions'),
  'SQUARED_DIFFERENCE float32': binary('SQUARED_DIFFERENCE', 'float32', 'SquaredDifferenceOptions'),
  'FLOOR_DIV float32': binary('FLOOR_DIV', 'float32', 'FloorDivOptions'),
  'FLOOR_MOD float32': binary('FLOOR_MOD', 'float32', 'FloorModOptions'),
  'EQUAL int8': binary('EQUAL', 'int8', 'EqualOptions', { out: 'bool' }),
  'EQUAL int32': binary('EQUAL', 'int32', 'EqualOptions', { out: 'bool' }),
  'EQUAL bool': binary('EQUAL', 'bool', 'EqualOptions', { out: 'bool' }),
  'NOT_EQUAL int64': binary('NOT_EQUAL', 'int64', 'NotEqualOptions', { out: 'bool' }),
  'GREATER int8': binary('GREATER', 'int8', 'GreaterOptions', { out: 'bool' }),
  'GREATER float32': binary('GREATER', 'float32', 'GreaterOptions', { out: 'bool' }),
  'GREATER_EQUAL int8': binary('GREATER_EQUAL', 'int8', 'GreaterEqualOptions', { out: 'bool' }),
  'LESS int8': binary('LESS', 'int8', 'LessOptions', { out: 'bool' }),
  'LESS_EQUAL int64': binary('LESS_EQUAL', 'int64', 'LessEqualOptions', { out: 'bool' }),
  LOGICAL_AND: binary('LOGICAL_AND', 'bool', 'LogicalAndOptions'),
  LOGICAL_OR: binary('LOGICAL_OR', 'bool', 'LogicalOrOptions'),
  LOGICAL_NOT: unary('LOGICAL_NOT', ['bool', 'bool']),
  'SOFTMAX int8': unary('SOFTMAX', ['int8', 'int8'], [1 / 256, -128], ['SoftmaxOptions', { beta: 1 }]),
  'SOFTMAX int8 to int16': unary('SOFTMAX', ['int8', 'int16'], [1 / 65536, -32768], ['SoftmaxOptions', { beta: 0.5 }]),
  'SOFTMAX int16': unary('SOFTMAX', ['int16', 'int16'], [1 / 32768, 0], ['SoftmaxOptions', { beta: 0.01 }]),
  'SOFTMAX float32': unary('SOFTMAX', ['float32', 'float32'], undefined, ['SoftmaxOptions', { beta: 1 }]),
  'LOG_SOFTMAX int8': unary('LOG_SOFTMAX', ['int8', 'int8'], [1 / 16, 127], ['LogSoftmaxOptions', {}]),
  'LOG_SOFTMAX float32': unary('LOG_SOFTMAX', ['float32', 'float32'], undefined, ['LogSoftmaxOptions', {}]),
  'LOGISTIC int8': unary('LOGISTIC', ['int8', 'int8'], [1 / 256, -128]),
  'LOGISTIC int16': unary('LOGISTIC', ['int16', 'int16'], [1 / 32768, 0]),
  'LOGISTIC float32': unary('LOGISTIC', ['float32', 'float32']),
  'TANH int8': unary('TANH', ['int8', 'int8'], [1 / 128, 0]),
  'TANH int16': unary('TANH', ['int16', 'int16'], [1 / 32768, 0]),
  'TANH float32': unary('TANH', ['float32', 'float32']),
  'HARD_SWISH int8': unary('HARD_SWISH', ['int8', 'int8'], undefined, ['HardSwishOptions', {}]),
  'HARD_SWISH float32': unary('HARD_SWISH', ['float32', 'float32'], undefined, ['HardSwishOptions', {}]),
  'RELU int8': unary('RELU', ['int8', 'int8']),
  'RELU int16': unary('RELU', ['int16', 'int16']),
  'RELU float32': unary('RELU', ['float32', 'float32']),
  'RELU6 int8': sameScale('RELU6', 'int8'),
  'RELU6 float32': unary('RELU6', ['float32', 'float32']),
  'LEAKY_RELU int8': unary('LEAKY_RELU', ['int8', 'int8'], undefined, ['LeakyReluOptions', { alpha: 0.3 }]),
  'LEAKY_RELU int8 downwards': unary('LEAKY_RELU', ['int8', 'int8'], undefined, ['LeakyReluOptions', { alpha: -0.7 }]),
  'LEAKY_RELU int16': unary('LEAKY_RELU', ['int16', 'int16'], undefined, ['LeakyReluOptions', { alpha: 0.01 }]),
  'LEAKY_RELU float32': unary('LEAKY_RELU', ['float32', 'float32'], undefined, ['LeakyReluOptions', { alpha: 0.1 }]),
  'PRELU int8': prelu('int8'),
  'PRELU int16': prelu('int16'),
  'PRELU float32': prelu('float32'),
  'ELU int8': unary('ELU', ['int8', 'int8']),
  'ELU float32': unary('ELU', ['float32', 'float32']),
  'EXP float32': unary('EXP', ['float32', 'float32'], undefined, ['ExpOptions', {}]),
  'ABS int8': unary('ABS', ['int8', 'int8'], undefined, ['AbsOptions', {}]),
  'ABS int16': unary('ABS', ['int16', 'int16'], undefined, ['AbsOptions', {}]),
  'ABS float32': unary('ABS', ['float32', 'float32'], undefined, ['AbsOptions', {}]),
  'ROUND float32': unary('ROUND', ['float32', 'float32']),
  'FLOOR float32': unary('FLOOR', ['float32', 'float32']),
  'CEIL float32': unary('CEIL', ['float32', 'float32']),
  'NEG float32': unary('NEG', ['float32', 'float32'], undefined, ['NegOptions', {}]),
  'SQUARE float32': unary('SQUARE', ['float32', 'float32'], undefined, ['SquareOptions', {}]),
  'SIN float32': unary('SIN', ['float32', 'float32']),
  'COS float32': unary('COS', ['float32', 'float32'], undefined, ['CosOptions', {}]),
  'RSQRT int8': (random) => {
    const input = random.input('int8', [2, 8], quantized(random.scale(), -128));
    return random.of('RSQRT', [input], [random.output('int8', [2, 8])]);
  },
  'L2_NORMALIZATION int8': unary('L2_NORMALIZATION', ['int8', 'int8'], [1 / 128, 0], ['L2NormOptions', {}]),
  'L2_NORMALIZATION float32': unary('L2_NORMALIZATION', ['float32', 'float32'], undefined, ['L2NormOptions', {}]),
  'QUANTIZE float32 to int8': unary('QUANTIZE', ['float32', 'int8'], undefined, ['QuantizeOptions', {}]),
  'QUANTIZE float32 to int16': unary('QUANTIZE', ['float32', 'int16'], undefined, ['QuantizeOptions', {}]),
  'QUANTIZE int8 to int8': unary('QUANTIZE', ['int8', 'int8'], undefined, ['QuantizeOptions', {}]),
  'QUANTIZE int8 to uint8': unary('QUANTIZE', ['int8', 'uint8'], [1 / 64, 128], ['QuantizeOptions', {}]),
  'QUANTIZE int8 to int32': unary('QUANTIZE', ['int8', 'int32'], [1 / 4096, 0], ['QuantizeOptions', {}]),
  'QUANTIZE int16 to int8': unary('QUANTIZE', ['int16', 'int8'], undefined, ['QuantizeOptions', {}]),
  'QUANTIZE int16 to int32': unary('QUANTIZE', ['int16', 'int32'], [1 / 4096, 0], ['QuantizeOptions', {}]),
  'DEQUANTIZE int8': unary('DEQUANTIZE', ['int8', 'float32'], undefined, ['DequantizeOptions', {}]),
  'DEQUANTIZE int16': unary('DEQUANTIZE', ['int16', 'float32'], undefined, ['DequantizeOptions', {}]),
  'CAST float32 to int8': unary('CAST', ['float32', 'int8'], undefined, ['CastOptions', {}]),
  'CAST int32 to int16': unary('CAST', ['int32', 'int16'], undefined, ['CastOptions', {}]),
  'CAST int8 to float32': unary('CAST', ['int8', 'float32'], undefined, ['CastOptions', {}]),
  'CAST bool to int32': unary('CAST', ['bool', 'int32'], undefined, ['CastOptions', {}]),
  'MEAN int8': reduction('MEAN', 'int8'),
  'MEAN int16': reduction('MEAN', 'int16'),
  'MEAN float32': reduction('MEAN', 'float32'),
  'SUM int8': reduction('SUM', 'int8'),
  'SUM int16': reduction('SUM', 'int16'),
  'SUM float32': reduction('SUM', 'float32'),
  'REDUCE_MAX int8': reduction('REDUCE_MAX', 'int8'),
  'REDUCE_MIN float32': reduction('REDUCE_MIN', 'float32'),
  'REDUCE_ALL bool': reduction('REDUCE_ALL', 'bool'),
  'BATCH_MATMUL int8': matrices('int8'),
  'BATCH_MATMUL int16': matrices('int16'),
  'BATCH_MATMUL float32': matrices('float32'),
  'SVDF int8': svdf('int8', 'int8'),
  'SVDF int8 with int16': svdf('int8', 'int16'),
  'SVDF float32': svdf('float32', 'float32'),
  'UNIDIRECTIONAL_SEQUENCE_LSTM int8': lstm('int8'),
  'UNIDIRECTIONAL_SEQUENCE_LSTM int16': lstm('int16'),
  'UNIDIRECTIONAL_SEQUENCE_LSTM float32': lstm('float32'),
  ...movementModels,
};
