import { numberOption } from '../../model/options';
import { ErrorSums } from './measure/errorSums';
import type { Measured } from './measure/measure';
import type { Reference } from './measure/reference';
import { finalSoftmax, valueIn } from './measure/reference';

/** How near a quantized graph is to the float one, on samples that choices are judged by. */
export interface Score {
  /** Of the outputs; behind a final softmax what is to be expected of them. */
  readonly outputDb: number;
  /** Before a final softmax. */
  readonly beforeSoftmaxDb?: number;
}

/** A choice other than the plain one has to be better by this much: less is chance. */
const leastGainDb = 0.1;

/**
 * The score of what was measured on the samples of `reference`. Behind a softmax the few samples between two classes make up most of the
 * error, and which way the error of just these went is chance. So every sample's answer is taken with every sample's error.
 */
export function scoreFrom({ output, beforeSoftmax, softmaxErrors }: Measured, reference: Reference): Score {
  if (beforeSoftmax === undefined || softmaxErrors === undefined) return { outputDb: output.sqnrDb };
  return { outputDb: expectedDb(softmaxErrors, reference), beforeSoftmaxDb: beforeSoftmax.sqnrDb };
}

function expectedDb(errors: readonly Float32Array[], reference: Reference): number {
  const operator = finalSoftmax(reference.graph)!;
  const beta = numberOption(operator, 'beta', 1);
  const classes = reference.graph.tensors[operator.inputs[0]].shape.at(-1) ?? 1;
  const sums = new ErrorSums();
  for (let sample = 0; sample < reference.samples.count; sample++) {
    const exact = valueIn(reference, operator.inputs[0], sample);
    const answer = softmax(exact, beta, classes);
    for (const error of errors) {
      sums.add(
        answer,
        softmax(
          exact.map((value, place) => value + error[place]),
          beta,
          classes,
        ),
      );
    }
  }
  return sums.sqnrDb;
}

/** Softmax of each row of `classes` values. */
function softmax(values: Float32Array, beta: number, classes: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += classes) {
    const part = values.subarray(row, row + classes);
    const most = part.reduce((largest, value) => Math.max(largest, value), -Infinity);
    const powers = part.map((value) => Math.exp(beta * (value - most)));
    const sum = powers.reduce((total, value) => total + value, 0);
    result.set(
      powers.map((value) => value / sum),
      row,
    );
  }
  return result;
}

/** What choices are ranked by: the mean of both, since errors before a softmax count that change no answer. */
export function decibels({ outputDb, beforeSoftmaxDb = outputDb }: Score): number {
  return (outputDb + beforeSoftmaxDb) / 2;
}

/** Better by more than chance in what choices are ranked by, and worse neither before nor behind a softmax. */
export function isBetter(score: Score, plain: Score): boolean {
  return (
    decibels(score) >= decibels(plain) + leastGainDb &&
    score.outputDb >= plain.outputDb &&
    (score.beforeSoftmaxDb ?? 0) >= (plain.beforeSoftmaxDb ?? 0)
  );
}

/** `21.0 dB (27.6 dB before the softmax)`. */
export function scoreText({ outputDb, beforeSoftmaxDb }: Score): string {
  const text = `${outputDb.toFixed(1)} dB`;
  return beforeSoftmaxDb === undefined ? text : `${text} (${beforeSoftmaxDb.toFixed(1)} dB before the softmax)`;
}
