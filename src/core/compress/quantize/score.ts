import type { OutputAnswers } from '../judge/answers';
import { answersFrom } from '../judge/answers';
import { functionName } from '../../text/functionName';
import { decibelsOf } from '../judge/errorSums';
import { judgedOutputs } from '../judge/judgedOutputs';
import type { Range } from './affine';
import { neededValues } from './calibrate/needed';
import type { Measured } from './measure/measure';
import type { Reference } from './measure/reference';
import type { AnswerPair, OutputScore } from './outputScore';
import { noiseOf, outputScore, signalOf } from './outputScore';

/** How near a quantized graph is to the float one, on samples that choices are judged by. */
export interface Score {
  /** Each output by itself. */
  readonly outputs: readonly OutputScore[];
  /**
   * Squared error of every sample, before final functions that saturate; of several outputs each as a share of its
   * signal, so that each has the same weight.
   */
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
 * Weights whose errors cancel are nearer to float for most models, and levelled channels change what every tensor
 * holds: to round otherwise, or to level, has to be better surely. Other ranges clip values that inputs from elsewhere
 * may need, and have to be better at two standard errors. 0.4 dB is a tenth of the noise's power: less than that makes
 * no difference to anybody, and the 40 samples at most that judge cannot show it. Among 40 samples a share of 90 % has
 * a standard error of 5 points (the root of 0.9 x 0.1 / 40): half a point is no sign of a loss.
 */
export const leastGains = {
  constants: { dB: 0.4, deviations: 1, lostClasses: 0.005 },
  channels: { dB: 0.4, deviations: 1, lostClasses: 0 },
  ranges: { dB: 0.4, deviations: 2, lostClasses: 0 },
} as const satisfies Readonly<Record<string, LeastGain>>;

/** The score of what was measured on the samples of `reference`. */
export function scoreFrom({ answers }: Pick<Measured, 'answers'>, { graph, samples, values }: Reference): Score {
  const judged = judgedOutputs(graph);
  const pairs = answersFrom(graph, values).outputs.map((exact, position): AnswerPair => ({
    exact,
    result: answers.outputs[position],
    count: samples.count,
  }));
  return {
    outputs: pairs.map((pair, position) => outputScore(pair, judged[position], graph)),
    noise: noiseIn(pairs, samples.count),
  };
}

/** `noise` of a score alone, of values before final functions as far as those need them. */
export function neededNoise(
  { answers }: Pick<Measured, 'answers'>,
  { graph, samples, values }: Reference,
  needed: ReadonlyMap<number, Range>,
): readonly number[] {
  const judged = judgedOutputs(graph);
  const pairs = answersFrom(graph, values).outputs.map((exact, position): AnswerPair => {
    const range = needed.get(judged[position].tensor);
    return { exact: within(exact, range), result: within(answers.outputs[position], range), count: samples.count };
  });
  return noiseIn(pairs, samples.count);
}

function within(answers: OutputAnswers, range: Range | undefined): OutputAnswers {
  const { before } = answers;
  return before === undefined
    ? answers
    : { ...answers, before: { ...before, values: neededValues(before.values, range) } };
}

function noiseIn(pairs: readonly AnswerPair[], count: number): readonly number[] {
  const weights = pairs.map((pair) => (pairs.length === 1 ? 1 : 1 / Math.max(signalOf(pair), tiny)));
  const noises = pairs.map(noiseOf);
  return Array.from({ length: count }, (_, sample) =>
    noises.reduce((sum, noise, output) => sum + noise[sample] * weights[output], 0),
  );
}

/**
 * What choices are ranked by: of each output the mean of both, since errors before a function that saturates count that
 * change no answer; of several outputs the mean.
 */
export function decibels({ outputs }: Score): number {
  return (
    outputs.reduce((sum, { outputDb, beforeDb = outputDb }) => sum + (outputDb + beforeDb) / 2, 0) / outputs.length
  );
}

/** The first (the plain one), or the best of those that are better than it. */
export function bestOf<T extends { readonly score: Score }>([plain, ...others]: readonly T[], least: LeastGain): T {
  return others
    .filter(({ score }) => isBetter(score, plain.score, least))
    .reduce((best, trial) => (decibels(trial.score) > decibels(best.score) ? trial : best), plain);
}

/**
 * Better by more than chance in what choices are ranked by, and worse in nothing: in no output, neither before nor
 * behind a function that saturates, nor in the answers that are to be expected, nor for most samples.
 */
export function isBetter(score: Score, plain: Score, least: LeastGain): boolean {
  return (
    decibels(score) >= decibels(plain) + least.dB &&
    score.outputs.every((output, position) => isNoWorse(output, plain.outputs[position], least)) &&
    isQuieter(score.noise, plain.noise, least.deviations)
  );
}

function isNoWorse(output: OutputScore, plain: OutputScore, { lostClasses }: LeastGain): boolean {
  return (
    output.outputDb >= plain.outputDb &&
    (output.beforeDb ?? 0) >= (plain.beforeDb ?? 0) &&
    (output.agreement ?? 0) >= (plain.agreement ?? 0) - lostClasses
  );
}

/**
 * Whether the samples' errors, pair by pair, become smaller by so many standard errors of the mean logarithm; with less
 * than 0, do not surely grow. Of one sample nobody knows how far others lie from it.
 */
function isQuieter(noise: readonly number[], plain: readonly number[], deviations: number): boolean {
  const floor = tiny + noiseShare * meanOf(plain);
  const gains = noise.map((value, sample) => Math.log((plain[sample] + floor) / (value + floor)));
  const mean = meanOf(gains);
  if (gains.length < 2) return deviations <= 0 && mean >= 0;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean >= deviations * Math.sqrt(variance / gains.length);
}

/**
 * Added to every sample's error, as a share of their mean: what is lost of a sample that loses next to nothing either
 * way, since it saturates, says nothing.
 */
const noiseShare = 0.3;

/** Better by so many decibels of all samples together, and sample by sample by so many standard errors. */
export function isSurelyQuieter(
  noise: readonly number[],
  plain: readonly number[],
  { dB, deviations }: Pick<LeastGain, 'dB' | 'deviations'>,
): boolean {
  return gainDb(noise, plain) >= dB && isQuieter(noise, plain, deviations);
}

/** By how many decibels the errors of all samples together are smaller than those of `plain`. */
export function gainDb(noise: readonly number[], plain: readonly number[]): number {
  return decibelsOf((meanOf(plain) + tiny) / (meanOf(noise) + tiny));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Lets errors be compared of which all are 0. */
const tiny = 1e-30;

/** `21.0 dB (27.6 dB before the softmax)`; of several outputs one after another. */
export function scoreText({ outputs }: Score): string {
  return outputs.map(outputText).join(' and ');
}

function outputText({ outputDb, beforeDb, saturating }: OutputScore): string {
  const text = `${outputDb.toFixed(1)} dB`;
  if (beforeDb === undefined || saturating === undefined) return text;
  return `${text} (${beforeDb.toFixed(1)} dB before the ${functionName(saturating)})`;
}
