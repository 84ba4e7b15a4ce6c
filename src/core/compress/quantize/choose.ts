import type { Model } from '../../model/model';
import type { FloatEngine } from '../../execute/floatEngine';
import type { Rounding } from '../../execute/executable';
import type { Observations } from './calibrate/observe';
import { chooseRange } from './calibrate/ranges';
import { biasCorrections } from './biasCorrection';
import { measure } from './measure/measure';
import type { Reference } from './measure/reference';
import type { QuantizationSpec, QuantizedGraph } from './quantizeGraph';
import { quantizeGraph } from './quantizeGraph';
import type { CalibrationMethod, Choice, QuantizeOptions } from './request';
import type { FeedbackRounding } from './rounding/feedback';
import type { Score } from './score';
import { bestOf, leastGains, scoreFrom, scoreText } from './score';

/** What the choices are made with. */
export interface Candidates {
  readonly model: Model;
  /** What was seen of samples that no choice is judged by. */
  readonly observations: Observations;
  /** What was seen of all calibration samples: the result is made from it. */
  readonly all: Observations;
  /** Float values on samples that the choices are judged by; these are no test samples. */
  readonly reference: Reference;
  readonly spec: Omit<QuantizationSpec, 'scales' | 'biasCorrections' | 'feedback'>;
  /** By what samples that no choice is judged by showed; `undefined` where it is not asked for. */
  readonly feedback?: ReadonlyMap<number, FeedbackRounding>;
  readonly options: Pick<QuantizeOptions, 'method' | 'biasCorrection' | 'weightFeedback'>;
  readonly engine: FloatEngine;
  readonly rounding: Rounding;
  readonly signal?: AbortSignal;
  readonly pause?: () => Promise<void>;
  readonly progress?: (share: number) => void;
}

/** How the numbers of a quantized graph come about. */
export interface Recipe {
  readonly method: CalibrationMethod;
  readonly biasCorrection: boolean;
  readonly weightFeedback: boolean;
}

export interface Chosen {
  readonly quantized: QuantizedGraph;
  readonly recipe: Recipe;
  /** On the samples that choices are judged by. */
  readonly score: Score;
  /** What was tried and what was taken, as whole sentences. */
  readonly decisions: readonly string[];
}

interface Trial {
  readonly recipe: Recipe;
  readonly score: Score;
}

const allMethods: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse', 'entropy'];

/**
 * Tries what may be done with weights and biases, then the methods of calibration, and keeps what has the smallest measured error. The
 * plain way stays wherever nothing is better by more than chance.
 */
export async function choose(candidates: Candidates): Promise<Chosen> {
  const { method } = candidates.options;
  const methods = method === 'auto' ? allMethods : [method];
  const ways = constantsOf(candidates).map((constants) => ({ method: methods[0], ...constants }));
  const steps = ways.length + methods.length;
  const done = (share: number): void => candidates.progress?.(share / steps);
  const byConstants = await tried(candidates, ways, done);
  const best = bestOf(byConstants, leastGains.constants);
  const others = methods.slice(1).map((name) => ({ ...best.recipe, method: name }));
  const byMethod = [best, ...(await tried(candidates, others, (share) => done(ways.length + share)))];
  const { recipe, score } = bestOf(byMethod, leastGains.ranges);
  return {
    quantized: await made(candidates, recipe, candidates.all),
    recipe,
    score,
    decisions: [saidOfMethods(byMethod, recipe), ...saidOfConstants(byConstants, recipe)],
  };
}

/** What may be done with weights and biases, the plainest first. Errors that cancel leave a mean for the bias to take up. */
function constantsOf({ options, feedback }: Candidates): readonly Omit<Recipe, 'method'>[] {
  return allowed(feedback === undefined ? 'off' : options.weightFeedback).flatMap((weightFeedback) =>
    allowed(weightFeedback && options.biasCorrection === 'auto' ? 'on' : options.biasCorrection).map(
      (biasCorrection) => ({ weightFeedback, biasCorrection }),
    ),
  );
}

function allowed(choice: Choice): readonly boolean[] {
  return { auto: [false, true], on: [true], off: [false] }[choice];
}

async function tried(
  candidates: Candidates,
  recipes: readonly Recipe[],
  done: (count: number) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const recipe of recipes) {
    const quantized = await made(candidates, recipe, candidates.observations);
    trials.push({ recipe, score: await scoreOf(candidates, quantized) });
    done(trials.length);
  }
  return trials;
}

/** The quantized graph of a recipe, with ranges and means of `observations`. */
async function made(candidates: Candidates, recipe: Recipe, observations: Observations): Promise<QuantizedGraph> {
  const { model, engine, feedback } = candidates;
  const ranges = new Map(
    [...observations].map(([index, { histogram }]) => [
      index,
      chooseRange(histogram, recipe.method, candidates.spec.activations),
    ]),
  );
  const spec = { ...candidates.spec, scales: { ranges }, ...(recipe.weightFeedback && { feedback }) };
  const plain = quantizeGraph(model, spec);
  if (!recipe.biasCorrection) return plain;
  return quantizeGraph(model, { ...spec, biasCorrections: await biasCorrections(model, plain, observations, engine) });
}

async function scoreOf({ reference, rounding, signal, pause }: Candidates, quantized: QuantizedGraph): Promise<Score> {
  return scoreFrom(await measure(quantized, reference, { rounding, signal, pause }), reference);
}

function saidOfMethods(trials: readonly Trial[], { method }: Recipe): string {
  if (trials.length === 1) return `Ranges were chosen by ${method}, as asked for.`;
  const all = trials.map(({ recipe, score }) => `${recipe.method} ${scoreText(score)}`).join(', ');
  return `Ranges were chosen by ${method}: ${all} on calibration samples that were held out.`;
}

function saidOfConstants(trials: readonly Trial[], taken: Recipe): readonly string[] {
  if (trials.length === 1) return [`${nameOf(taken, true)}, as asked for.`];
  const all = trials.map(({ recipe, score }) => `${scoreText(score)} with ${nameOf(recipe, false)}`).join(', ');
  return [`${nameOf(taken, true)}: ${all}.`];
}

function nameOf({ weightFeedback, biasCorrection }: Recipe, isSentence: boolean): string {
  const weights = weightFeedback ? 'rounded so that their errors cancel' : 'rounded to their nearest';
  const biases = biasCorrection ? 'corrected' : 'left as they are';
  return isSentence ? `Weights were ${weights}, biases ${biases}` : `weights ${weights} and biases ${biases}`;
}
