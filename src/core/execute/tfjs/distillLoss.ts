import type * as Core from '@tensorflow/tfjs-core';
import type { DistillPair } from '../trainer';
import type { Tf, TfTensor } from './call';

/** What the two graphs computed for one batch. */
interface Compared {
  readonly teacher: TfTensor;
  readonly student: TfTensor;
  /** The right class of each sample. */
  readonly labels?: readonly number[];
}

/**
 * The softened distribution tells apart the classes that the teacher rules out (Hinton, Vinyals and Dean 2015,
 * arXiv:1503.02531).
 */
const temperature = 2;

/** Share of the labels in the loss where there are some. */
const labelShare = 0.5;

/**
 * How far the student is from the teacher, a mean over the batch: squared differences over the teacher's variance, so
 * that every tensor counts alike whatever its scale; for scores also the cross entropy of the softened distributions,
 * and that of the labels.
 */
export function distillLoss(tf: Tf, pair: DistillPair, { teacher, student, labels }: Compared): Core.Scalar {
  const target = pair.channels === undefined ? teacher : tf.gather(teacher, [...pair.channels], teacher.rank - 1);
  const variance = tf.add(tf.moments(target).variance, 1e-6);
  const squares = tf.div(tf.mean(tf.square(tf.sub(student, target))), variance);
  const loss = pair.kind === 'values' ? squares : tf.add(squares, scoreLoss(tf, { teacher: target, student, labels }));
  return tf.mul(loss, pair.weight);
}

function scoreLoss(tf: Tf, { teacher, student, labels }: Compared): TfTensor {
  const [taught, learned] = [tf.div(teacher, temperature), tf.div(student, temperature)];
  // Less the teacher's own entropy, so that a perfect student has no loss.
  const probabilities = tf.softmax(taught);
  const softened = tf.sub(crossEntropy(tf, probabilities, learned), crossEntropy(tf, probabilities, taught));
  if (labels === undefined) return softened;
  const classes = student.shape[student.rank - 1];
  const right = tf.reshape(tf.cast(tf.oneHot(tf.tensor1d([...labels], 'int32'), classes), 'float32'), student.shape);
  return tf.add(tf.mul(softened, 1 - labelShare), tf.mul(crossEntropy(tf, right, student), labelShare));
}

function crossEntropy(tf: Tf, probabilities: TfTensor, scores: TfTensor): TfTensor {
  return tf.neg(tf.mean(tf.sum(tf.mul(probabilities, tf.logSoftmax(scores)), -1)));
}
