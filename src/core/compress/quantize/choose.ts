import type { Model } from '../../model/model';
import type { FloatEngine } from '../../execute/floatEngine';
import type { Rounding } from '../../execute/executable';
import type { Range } from './affine';
import type { Observations } from './calibrate/observe';
import { neededRanges, withinNeeded } from './calibrate/needed';
import { passedRanges } from './calibrate/passedRanges';
import { chooseRange } from './calibrate/ranges';
import { biasCorrections } from './biasCorrection';
import { measure } from './measure/measure';
import type { Reference } from './measure/reference';
import type { QuantizationSpec } from './quantizationSpec';
import type { QuantizedGraph } from './quantizedGraph';
import { quantizeGraph } from './quantizeGraph';
import type { CalibrationMethod, Choice, QuantizeOptions } from './request';
import type { FeedbackRounding } from './rounding/feedback';
import type { Score } from './score';
import { bestOf, leastGains, scoreFrom, scoreText } from './score';

/** What the choices are made with. */
interface Candidates {
  readonly model: Model;
  /** What was seen of samples that no choice is judged by. */
  readonly observations: Observations;
  /** What was seen of all calibration samples: the result is made from it. */
  readonly all: Observations;
  /** Ranges that are not to be chosen. */
  readonly known?: ReadonlyMap<number, Range>;
  /** Ranges of inputs with which nothing is lost. */
  readonly exact?: ReadonlyMap<number, Range>;
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
  /** What was tried and what was taken, as complete sentences. */
  readonly decisions: readonly string[];
}

export interface Trial {
  readonly recipe: Recipe;
  readonly score: Score;
  /** The method tried before that chose the very same ranges, so that nothing else came of this one. */
  readonly sameAs?: CalibrationMethod;
}

const allMethods: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse', 'entropy'];

/**
 * Tries what may be done with weights and biases, then the methods of calibration, and keeps what has the smallest
 * measured error. The plain way stays wherever nothing is better by more than chance.
 */
export async function choose(candidates: Candidates): Promise<Chosen> {
  const { method } = candidates.options;
  const methods = method === 'auto' ? allMethods : [method];
  const ways = constantsOf(candidates).map((constants) => ({ method: methods[0], ...constants }));
  const steps = ways.length + methods.length;
  const done = (share: number): void => candidates.progress?.(share / steps);
  const byConstants = await tryCandidate(candidates, ways, done);
  const best = bestOf(byConstants, leastGains.constants);
  const byMethod = await triedMethods(candidates, best, methods.slice(1), (share) => done(ways.length + share));
  const { recipe, score } = bestOf(byMethod, leastGains.ranges);
  return {
    quantized: await quantizeCandidate(candidates, recipe, candidates.all, neededIn(candidates)),
    recipe,
    score,
    decisions: [
      saidOfMethods(byMethod, recipe, candidates.options),
      saidOfConstants(byConstants, recipe, candidates.options),
    ],
  };
}

/**
 * What may be done with weights and biases. First what is nearest to float for most models, so that it stays where the
 * few samples that judge show no difference. Errors that cancel leave a mean for the bias to take up.
 */
function constantsOf({ options }: Candidates): readonly Omit<Recipe, 'method'>[] {
  return allowedChoices(options.weightFeedback).flatMap((weightFeedback) =>
    allowedChoices(weightFeedback && options.biasCorrection === 'auto' ? 'on' : options.biasCorrection).map(
      (biasCorrection) => ({ weightFeedback, biasCorrection }),
    ),
  );
}

function allowedChoices(choice: Choice): readonly boolean[] {
  return { auto: [true, false], on: [true], off: [false] }[choice];
}

async function tryCandidate(
  candidates: Candidates,
  recipes: readonly Recipe[],
  done: (count: number) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const recipe of recipes) {
    const quantized = await quantizeCandidate(candidates, recipe, candidates.observations);
    trials.push({ recipe, score: await scoreOf(candidates, quantized) });
    done(trials.length);
  }
  return trials;
}

/**
 * `plain`, then what came of the other methods; one that chooses the ranges of an earlier one is not executed again.
 */
async function triedMethods(
  candidates: Candidates,
  plain: Trial,
  others: readonly CalibrationMethod[],
  done: (count: number) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [plain];
  const { observations } = candidates;
  const distinct = [{ trial: plain, ranges: chosenRanges(candidates, plain.recipe.method, observations) }];
  for (const method of others) {
    const recipe = { ...plain.recipe, method };
    const ranges = chosenRanges(candidates, method, observations);
    const same = distinct.find((each) => isEqualRanges(ranges, each.ranges))?.trial;
    if (same === undefined) {
      const [trial] = await tryCandidate(candidates, [recipe], () => undefined);
      trials.push(trial);
      distinct.push({ trial, ranges });
    } else trials.push({ recipe, score: same.score, sameAs: same.recipe.method });
    done(trials.length - 1);
  }
  return trials;
}

function isEqualRanges(some: ReadonlyMap<number, Range>, others: ReadonlyMap<number, Range>): boolean {
  return [...some].every(([index, { min, max }]) => {
    const other = others.get(index);
    return other !== undefined && other.min === min && other.max === max;
  });
}

/** The range of every value by a method, but those that are known or exact. */
function chosenRanges(
  { model: { graphs }, spec, known, exact }: Pick<Candidates, 'model' | 'spec' | 'known' | 'exact'>,
  method: CalibrationMethod,
  observations: Observations,
): ReadonlyMap<number, Range> {
  const chosen = [...observations].map(
    ([index, { histogram }]) => [index, chooseRange(histogram, method, spec.activations)] as const,
  );
  const ranges = new Map([...chosen, ...(exact ?? [])]);
  const passed = spec.activations === 'int8' ? passedRanges(graphs[0], ranges, observations) : [];
  return new Map([...ranges, ...passed, ...(known ?? [])]);
}

/**
 * What readers need of values that have no range already. Candidates are judged without it: behind a function that
 * saturates errors can only be told apart where its input is held whole.
 */
function neededIn({ model: { graphs }, spec, known }: Candidates): ReadonlyMap<number, Range> {
  const needed = neededRanges(graphs[0], spec.activations);
  return new Map([...needed].filter(([index]) => known?.has(index) !== true));
}

/** The quantized graph of a recipe, with ranges and means of `observations`. */
async function quantizeCandidate(
  candidates: Candidates,
  recipe: Recipe,
  observations: Observations,
  needed?: ReadonlyMap<number, Range>,
): Promise<QuantizedGraph> {
  const { model, engine, feedback } = candidates;
  const chosen = chosenRanges(candidates, recipe.method, observations);
  const ranges = new Map([...chosen].map(([index, range]) => [index, withinNeeded(range, needed?.get(index))]));
  const spec = { ...candidates.spec, scales: { ranges, needed }, ...(recipe.weightFeedback && { feedback }) };
  const plain = quantizeGraph(model, spec);
  if (!recipe.biasCorrection) return plain;
  // A choice among ways must not cost memory: only who asks for corrections gets biases where there were none.
  const work = { engine, addsBiases: candidates.options.biasCorrection === 'on' };
  return quantizeGraph(model, { ...spec, biasCorrections: await biasCorrections(model, plain, observations, work) });
}

async function scoreOf({ reference, rounding, signal, pause }: Candidates, quantized: QuantizedGraph): Promise<Score> {
  return scoreFrom(await measure(quantized, reference, { rounding, signal, pause }), reference);
}

/** What the methods came to; those whose ranges are the same cannot differ, and that is said of them. */
export function saidOfMethods(
  trials: readonly Trial[],
  { method }: Recipe,
  options: Pick<QuantizeOptions, 'method'>,
): string {
  if (options.method !== 'auto') return `Ranges were chosen by ${method}, as asked for.`;
  const all = trials
    .map(({ recipe, score, sameAs }) =>
      sameAs === undefined ? `${recipe.method} ${scoreText(score)}` : `${recipe.method} the same ranges as ${sameAs}`,
    )
    .join(', ');
  return `Ranges were chosen by ${method}: ${all} on calibration samples that were held out.`;
}

/** What came of weights and biases; only what the options say was asked for. */
export function saidOfConstants(
  trials: readonly Trial[],
  { weightFeedback, biasCorrection }: Recipe,
  options: Pick<QuantizeOptions, 'biasCorrection' | 'weightFeedback'>,
): string {
  const asked = (choice: Choice): string => (choice === 'auto' ? '' : ', as asked for');
  const weights = `Weights were ${wordsFor.weights(weightFeedback)}${asked(options.weightFeedback)}`;
  const taken = `${weights}, biases ${wordsFor.biases(biasCorrection)}${asked(options.biasCorrection)}`;
  if (trials.length === 1) return `${taken}.`;
  const all = trials.map(({ recipe, score }) => `${scoreText(score)} with ${nameOf(recipe)}`).join(', ');
  return `${taken}: ${all}.`;
}

const wordsFor = {
  weights: (feedback: boolean): string =>
    feedback ? 'rounded so that their errors cancel' : 'rounded to their nearest',
  biases: (corrected: boolean): string => (corrected ? 'corrected' : 'left as they are'),
} as const;

function nameOf({ weightFeedback, biasCorrection }: Recipe): string {
  return `weights ${wordsFor.weights(weightFeedback)} and biases ${wordsFor.biases(biasCorrection)}`;
}
