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
  /** Share of rows (one or several a sample) whose class is to be expected to stay; absent without a final softmax. */
  readonly agreement?: number;
  /** Of all outputs together, where others stand beside that of a final softmax. */
  readonly allOutputsDb?: number;
  /** Squared error of every sample: before a final softmax, else of the outputs. */
  readonly noise: readonly number[];
}

/** By how much a choice has to be better than the plain one. */
export interface LeastGain {
  readonly dB: number;
  /** Standard errors of the mean gain, sample by sample; below 0 it only must not be surely worse. */
  readonly deviations: number;
  /** Share of the expected classes that may be lost. */
  readonly lostClasses: number;
}

/**
 * Weights and biases are only fitted to what was seen, so that they just have to be better. Levelled channels change what every tensor
 * holds, and other ranges clip values that inputs from elsewhere may need: these have to be better surely, the latter at two standard errors.
 * 0.4 dB is a tenth of the noise's power: less than that makes no difference to anybody, and the 40 samples at most that judge cannot show
 * it. Among 40 samples a share of 90 % has a standard error of 5 points (the root of 0.9 x 0.1 / 40): half a point is no sign of a loss.
 */
export const leastGains = {
  constants: { dB: 0.4, deviations: -1, lostClasses: 0.005 },
  channels: { dB: 0.4, deviations: 1, lostClasses: 0 },
  ranges: { dB: 0.4, deviations: 2, lostClasses: 0 },
} as const satisfies Readonly<Record<string, LeastGain>>;

/**
 * The score of what was measured on the samples of `reference`. Behind a softmax the few samples between two classes make up most of the
 * error, and which way the error of just these went is chance. So every sample's answer is taken with every sample's error.
 */
export function scoreFrom({ output, beforeSoftmax, softmaxErrors, noise }: Measured, reference: Reference): Score {
  if (beforeSoftmax === undefined || softmaxErrors === undefined) return { outputDb: output.sqnrDb, noise };
  return {
    ...expected(softmaxErrors, reference),
    beforeSoftmaxDb: beforeSoftmax.sqnrDb,
    ...(reference.graph.outputs.length > 1 && { allOutputsDb: output.sqnrDb }),
    noise: softmaxErrors.map(energy),
  };
}

function energy(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function expected(errors: readonly Float32Array[], reference: Reference): Pick<Score, 'outputDb' | 'agreement'> {
  const operator = finalSoftmax(reference.graph)!;
  const beta = numberOption(operator, 'beta', 1);
  const classes = reference.graph.tensors[operator.inputs[0]].shape.at(-1) ?? 1;
  const sums = new ErrorSums();
  let [same, rows] = [0, 0];
  for (let sample = 0; sample < reference.samples.count; sample++) {
    const exact = valueIn(reference, operator.inputs[0], sample);
    const answer = softmax(exact, beta, classes);
    for (const error of errors) {
      const other = exact.map((value, place) => value + error[place]);
      sums.add(answer, softmax(other, beta, classes));
      for (let row = 0; row < exact.length; row += classes, rows++) {
        const [before, after] = [exact, other].map((values) => largest(values.subarray(row, row + classes)));
        if (before === after) same++;
      }
    }
  }
  return { outputDb: sums.sqnrDb, agreement: same / rows };
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
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

/** The first (the plain one), or the best of those that are better than it. */
export function bestOf<T extends { readonly score: Score }>([plain, ...others]: readonly T[], least: LeastGain): T {
  return others
    .filter(({ score }) => isBetter(score, plain.score, least))
    .reduce((best, trial) => (decibels(trial.score) > decibels(best.score) ? trial : best), plain);
}

/**
 * Better by more than chance in what choices are ranked by, and worse in nothing: neither before nor behind a softmax, nor in all outputs
 * together, nor in the classes that are to be expected, nor for most samples.
 */
export function isBetter(score: Score, plain: Score, least: LeastGain): boolean {
  return (
    decibels(score) >= decibels(plain) + least.dB &&
    score.outputDb >= plain.outputDb &&
    (score.beforeSoftmaxDb ?? 0) >= (plain.beforeSoftmaxDb ?? 0) &&
    (score.allOutputsDb ?? 0) >= (plain.allOutputsDb ?? 0) &&
    (score.agreement ?? 0) >= (plain.agreement ?? 0) - least.lostClasses &&
    isQuieter(score.noise, plain.noise, least.deviations)
  );
}

/** Whether the samples' errors, pair by pair, become smaller by so many standard errors of the mean logarithm; with less than 0, do not surely grow. Of one sample nobody knows how far others lie from it. */
function isQuieter(noise: readonly number[], plain: readonly number[], deviations: number): boolean {
  const gains = noise.map((value, sample) => Math.log((plain[sample] + tiny) / (value + tiny)));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  if (gains.length < 2) return deviations <= 0 && mean >= 0;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean >= deviations * Math.sqrt(variance / gains.length);
}

/** Lets errors be compared of which one is 0. */
const tiny = 1e-30;

/** `21.0 dB (27.6 dB before the softmax)`. */
export function scoreText({ outputDb, beforeSoftmaxDb }: Score): string {
  const text = `${outputDb.toFixed(1)} dB`;
  return beforeSoftmaxDb === undefined ? text : `${text} (${beforeSoftmaxDb.toFixed(1)} dB before the softmax)`;
}
