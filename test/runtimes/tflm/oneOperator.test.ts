import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import type { RuntimeId } from '../../../src/core/runtimes/runtimeId';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from './targets';

/** A quantized activation, or one of float32. */
function activation(name: string, type: DataType, shape: readonly number[]): Tensor {
  return tensor(
    name,
    type,
    shape,
    type === 'float32' ? {} : { quantization: quantized(0.05, type === 'int8' ? 3 : 0) },
  );
}

/** Weights or biases with 8 scales along `axis`. */
function weights(name: string, type: DataType, shape: readonly number[], axis: number): Tensor {
  const perChannel = Array<number>(8).fill(0.01);
  const zeros = Array<number>(8).fill(0);
  return tensor(name, type, shape, { data: new Uint8Array(1), quantization: quantized(perChannel, zeros, axis) });
}

function of(tensors: readonly Tensor[], only: Operator, inputs: readonly number[]): Model {
  return model(graph(tensors, [only], { inputs, outputs: only.outputs }));
}

function batchMatmul(type: DataType, adjX: boolean, adjY: boolean): Model {
  const tensors = [
    activation('i', type, adjX ? [2, 8, 3] : [2, 3, 8]),
    activation('j', type, adjY ? [2, 5, 8] : [2, 8, 5]),
    activation('o', type, [2, 3, 5]),
  ];
  return of(
    tensors,
    operator('BATCH_MATMUL', [0, 1], [2], { options: options('BatchMatMulOptions', { adjX, adjY }) }),
    [0, 1],
  );
}

function depthwiseInt4(): Model {
  const tensors = [
    activation('i', 'int8', [1, 8, 8, 8]),
    weights('w', 'int4', [1, 5, 5, 8], 3),
    weights('b', 'int32', [8], 0),
    activation('o', 'int8', [1, 8, 8, 8]),
  ];
  const more = { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1 };
  return of(
    tensors,
    operator('DEPTHWISE_CONV_2D', [0, 1, 2], [3], { options: options('DepthwiseConv2DOptions', more) }),
    [0],
  );
}

function mirrorPad(): Model {
  const paddings = tensor('p', 'int32', [2, 2], { data: new Uint8Array(16) });
  return of(
    [activation('i', 'int8', [2, 4]), paddings, activation('o', 'int8', [4, 6])],
    operator('MIRROR_PAD', [0, 1], [2]),
    [0],
  );
}

function logSoftmax(type: DataType): Model {
  return of(
    [activation('i', type, [1, 3, 7]), activation('o', type, [1, 3, 7])],
    operator('LOG_SOFTMAX', [0], [1]),
    [0],
  );
}

interface Input {
  readonly model: Model;
  readonly runtime: RuntimeId;
  readonly core?: string;
}

/** What `arena_used_bytes()` of version 90b983c2 gave for these models, built for the core and run in an emulator. */
check<Input, number>(
  'arena: models of one operator, as the interpreter measured them',
  ({ model: given, runtime, core }) => {
    const outcome = planArena(given, arenaTarget(core, { runtime }));
    if (!outcome.known) throw new Error(outcome.reason);
    return outcome.arena.usedBytes;
  },
  [
    {
      name: 'BATCH_MATMUL of float32, adjoint neither, reference kernels',
      input: { model: batchMatmul('float32', false, false), runtime: 'tflm-reference' },
      expected: 1360,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint neither, CMSIS-NN',
      input: { model: batchMatmul('float32', false, false), runtime: 'tflm-cmsis-nn' },
      expected: 1376,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint neither, CMSIS-NN for MVE',
      input: { model: batchMatmul('float32', false, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 1376,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint left, reference kernels',
      input: { model: batchMatmul('float32', true, false), runtime: 'tflm-reference' },
      expected: 1584,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint left, CMSIS-NN',
      input: { model: batchMatmul('float32', true, false), runtime: 'tflm-cmsis-nn' },
      expected: 1600,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint left, CMSIS-NN for MVE',
      input: { model: batchMatmul('float32', true, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 1600,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint both, reference kernels',
      input: { model: batchMatmul('float32', true, true), runtime: 'tflm-reference' },
      expected: 1232,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint both, CMSIS-NN',
      input: { model: batchMatmul('float32', true, true), runtime: 'tflm-cmsis-nn' },
      expected: 1248,
    },
    {
      name: 'BATCH_MATMUL of float32, adjoint both, CMSIS-NN for MVE',
      input: { model: batchMatmul('float32', true, true), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 1248,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint neither, reference kernels',
      input: { model: batchMatmul('int8', false, false), runtime: 'tflm-reference' },
      expected: 724,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint neither, CMSIS-NN',
      input: { model: batchMatmul('int8', false, false), runtime: 'tflm-cmsis-nn' },
      expected: 740,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint neither, CMSIS-NN for MVE',
      input: { model: batchMatmul('int8', false, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 772,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint left, reference kernels',
      input: { model: batchMatmul('int8', true, false), runtime: 'tflm-reference' },
      expected: 804,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint left, CMSIS-NN',
      input: { model: batchMatmul('int8', true, false), runtime: 'tflm-cmsis-nn' },
      expected: 820,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint left, CMSIS-NN for MVE',
      input: { model: batchMatmul('int8', true, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 852,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint both, reference kernels',
      input: { model: batchMatmul('int8', true, true), runtime: 'tflm-reference' },
      expected: 692,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint both, CMSIS-NN',
      input: { model: batchMatmul('int8', true, true), runtime: 'tflm-cmsis-nn' },
      expected: 708,
    },
    {
      name: 'BATCH_MATMUL of int8, adjoint both, CMSIS-NN for MVE',
      input: { model: batchMatmul('int8', true, true), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 740,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint neither, reference kernels',
      input: { model: batchMatmul('int16', false, false), runtime: 'tflm-reference' },
      expected: 964,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint neither, CMSIS-NN',
      input: { model: batchMatmul('int16', false, false), runtime: 'tflm-cmsis-nn' },
      expected: 980,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint neither, CMSIS-NN for MVE',
      input: { model: batchMatmul('int16', false, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 980,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint left, reference kernels',
      input: { model: batchMatmul('int16', true, false), runtime: 'tflm-reference' },
      expected: 1092,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint left, CMSIS-NN',
      input: { model: batchMatmul('int16', true, false), runtime: 'tflm-cmsis-nn' },
      expected: 1108,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint left, CMSIS-NN for MVE',
      input: { model: batchMatmul('int16', true, false), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 1108,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint both, reference kernels',
      input: { model: batchMatmul('int16', true, true), runtime: 'tflm-reference' },
      expected: 900,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint both, CMSIS-NN',
      input: { model: batchMatmul('int16', true, true), runtime: 'tflm-cmsis-nn' },
      expected: 916,
    },
    {
      name: 'BATCH_MATMUL of int16, adjoint both, CMSIS-NN for MVE',
      input: { model: batchMatmul('int16', true, true), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 916,
    },
    {
      name: 'DEPTHWISE_CONV_2D with weights of 4 bits, reference kernels',
      input: { model: depthwiseInt4(), runtime: 'tflm-reference' },
      expected: 1732,
    },
    {
      name: 'DEPTHWISE_CONV_2D with weights of 4 bits, CMSIS-NN',
      input: { model: depthwiseInt4(), runtime: 'tflm-cmsis-nn' },
      expected: 1924,
    },
    {
      name: 'DEPTHWISE_CONV_2D with weights of 4 bits, CMSIS-NN for MVE',
      input: { model: depthwiseInt4(), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 13924,
    },
    { name: 'MIRROR_PAD, reference kernels', input: { model: mirrorPad(), runtime: 'tflm-reference' }, expected: 436 },
    { name: 'MIRROR_PAD, CMSIS-NN', input: { model: mirrorPad(), runtime: 'tflm-cmsis-nn' }, expected: 436 },
    {
      name: 'MIRROR_PAD, CMSIS-NN for MVE',
      input: { model: mirrorPad(), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 436,
    },
    {
      name: 'LOG_SOFTMAX of int8, reference kernels',
      input: { model: logSoftmax('int8'), runtime: 'tflm-reference' },
      expected: 420,
    },
    {
      name: 'LOG_SOFTMAX of int8, CMSIS-NN',
      input: { model: logSoftmax('int8'), runtime: 'tflm-cmsis-nn' },
      expected: 420,
    },
    {
      name: 'LOG_SOFTMAX of int8, CMSIS-NN for MVE',
      input: { model: logSoftmax('int8'), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 420,
    },
    {
      name: 'LOG_SOFTMAX of float32, reference kernels',
      input: { model: logSoftmax('float32'), runtime: 'tflm-reference' },
      expected: 464,
    },
    {
      name: 'LOG_SOFTMAX of float32, CMSIS-NN',
      input: { model: logSoftmax('float32'), runtime: 'tflm-cmsis-nn' },
      expected: 464,
    },
    {
      name: 'LOG_SOFTMAX of float32, CMSIS-NN for MVE',
      input: { model: logSoftmax('float32'), runtime: 'tflm-cmsis-nn', core: 'cortex-m55' },
      expected: 464,
    },
  ],
);
