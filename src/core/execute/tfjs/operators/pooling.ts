import type * as Core from '@tensorflow/tfjs-core';
import { enumOption, numberOption } from '../../../model/options';
import type { Call, TfjsOperator, TfTensor } from '../call';
import { activated } from '../fusedActivation';

export const averagePool2d = pooling('AVERAGE_POOL_2D', (call, input) => call.tf.avgPool(input, ...windowOf(call)));

export const maxPool2d = pooling('MAX_POOL_2D', (call, input) => call.tf.maxPool(input, ...windowOf(call)));

/** Root of the mean square; padding counts as much as it does for an average, not at all. */
export const l2Pool2d = pooling('L2_POOL_2D', (call, input) =>
  call.tf.sqrt(call.tf.avgPool(call.tf.square(input), ...windowOf(call))),
);

function pooling(kind: string, pool: (call: Call, input: Core.Tensor4D) => TfTensor): TfjsOperator {
  return { kind, compute: (call) => activated(call, pool(call, call.input(0) as Core.Tensor4D)) };
}

function windowOf({ operator }: Call): [[number, number], [number, number], 'same' | 'valid'] {
  return [
    [numberOption(operator, 'filterHeight', 1), numberOption(operator, 'filterWidth', 1)],
    [numberOption(operator, 'strideH', 1), numberOption(operator, 'strideW', 1)],
    enumOption(operator, 'padding', 'SAME') === 'SAME' ? 'same' : 'valid',
  ];
}
