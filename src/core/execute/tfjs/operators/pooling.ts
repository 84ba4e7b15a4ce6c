import type * as Core from '@tensorflow/tfjs-core';
import { enumOption, numberOption } from '../../../model/options';
import type { TfjsCall, TfjsOperator, TfTensor } from '../call';
import { leadingPadding } from '../../window';
import { applyActivation } from '../fusedActivation';

export const averagePool2d = pooling('AVERAGE_POOL_2D', average);

export const maxPool2d = pooling('MAX_POOL_2D', (call, input) => call.tf.maxPool(input, ...windowOf(call)));

/** Root of the mean square; padding counts as much as it does for an average, not at all. */
export const l2Pool2d = pooling('L2_POOL_2D', (call, input) => call.tf.sqrt(average(call, call.tf.square(input))));

function pooling(kind: string, pool: (call: TfjsCall, input: Core.Tensor4D) => TfTensor): TfjsOperator {
  return { kind, compute: (call) => applyActivation(call, pool(call, call.input(0) as Core.Tensor4D)) };
}

/**
 * The mean of what lies within the image. Where a window reaches beyond, it is the mean over zeros as well, scaled: the
 * gradient that TensorFlow.js has for `same` padding counts what is padded, unlike its mean.
 */
function average(call: TfjsCall, input: Core.Tensor4D): TfTensor {
  const { tf } = call;
  const [window, strides, padding] = windowOf(call);
  const sides = window.map((size, side) => spanOf({ size, stride: strides[side], length: input.shape[side + 1] }));
  if (padding === 'valid' || sides.every(({ before, after }) => before <= 0 && after <= 0)) {
    return tf.avgPool(input, window, strides, padding);
  }
  const [rows, columns] = sides;
  const padded = tf.pad4d(input, [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ]);
  const factors = rows.factors.flatMap((row) => columns.factors.map((column) => row * column));
  const shape = [1, rows.factors.length, columns.factors.length, 1];
  return tf.mul(tf.avgPool(padded, window, strides, 'valid'), tf.tensor(factors, shape));
}

/** Padding of one side, and for each place the window over what of it lies within. */
function spanOf({
  size,
  stride,
  length,
}: {
  readonly size: number;
  readonly stride: number;
  readonly length: number;
}): {
  readonly before: number;
  readonly after: number;
  readonly factors: readonly number[];
} {
  const places = Math.ceil(length / stride);
  const all = Math.max(0, (places - 1) * stride + size - length);
  const before = leadingPadding(length, stride, size);
  const factors = Array.from({ length: places }, (_, place) => {
    const first = place * stride - before;
    return size / (Math.min(length, first + size) - Math.max(0, first));
  });
  return { before, after: all - before, factors };
}

function windowOf({ operator }: TfjsCall): [[number, number], [number, number], 'same' | 'valid'] {
  return [
    [numberOption(operator, 'filterHeight', 1), numberOption(operator, 'filterWidth', 1)],
    [numberOption(operator, 'strideH', 1), numberOption(operator, 'strideW', 1)],
    enumOption(operator, 'padding', 'SAME') === 'SAME' ? 'same' : 'valid',
  ];
}
