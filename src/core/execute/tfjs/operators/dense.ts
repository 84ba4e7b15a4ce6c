import type * as Core from '@tensorflow/tfjs-core';
import { booleanOption } from '../../../model/options';
import type { TfjsOperator } from '../call';
import { outputShape } from '../call';
import { biasedAndActivated } from '../fusedActivation';

/** Weights lie as [output, input]; all dimensions of the input but those that make one row are rows. */
export const fullyConnected: TfjsOperator = {
  kind: 'FULLY_CONNECTED',
  compute(call) {
    const { tf } = call;
    const weights = call.input(1) as Core.Tensor2D;
    const rows = tf.reshape<Core.Rank.R2>(call.input(0), [-1, weights.shape[1]]);
    return tf.reshape(biasedAndActivated(call, tf.matMul(rows, weights, false, true), 2), outputShape(call));
  },
};

export const batchMatmul: TfjsOperator = {
  kind: 'BATCH_MATMUL',
  mixesSamples: (operator, graph) => operator.inputs.some((index) => graph.tensors[index].shape.length < 3),
  compute: (call) =>
    call.tf.matMul(
      call.input(0),
      call.input(1),
      booleanOption(call.operator, 'adjX', false),
      booleanOption(call.operator, 'adjY', false),
    ),
};
