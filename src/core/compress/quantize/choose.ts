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
import type { CalibrationMethod, QuantizeOptions } from './request';
import type { Score } from './score';
import { decibels, isBetter, scoreFrom, scoreText } from './score';

/** What the choices are made with. */
export interface Candidates {
  readonly model: Model;
  /** What was seen of samples that no choice is judged by. */
  readonly observations: Observations;
  /** What was seen of all calibration samples: the result is made from it. */
  readonly all: Observations;
  /** Float values on samples that the choices are judged by; these are no test samples. */
  readonly reference: Reference;
  readonly spec: Omit<QuantizationSpec, 'scales' | 'biasCorrections'>;
  readonly options: Pick<QuantizeOptions, 'method' | 'biasCorrection'>;
  readonly engine: FloatEngine;
  readonly rounding: Rounding;
  readonly signal?: AbortSignal;
  readonly pause?: () => Promise<void>;
  readonly progress?: (share: number) => void;
}

export interface Chosen {
  readonly quantized: QuantizedGraph;
  readonly method: CalibrationMethod;
  /** On the samples that choices are judged by. */
  readonly score: Score;
  /** What was tried and what was taken, as whole sentences. */
  readonly decisions: readonly string[];
}

interface Trial {
  readonly method: CalibrationMethod;
  readonly quantized: QuantizedGraph;
  readonly score: Score;
}

const allMethods: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse', 'entropy'];

/** Tries the methods of calibration, then bias correction, and keeps what has the smallest measured error. */
export async function choose(candidates: Candidates): Promise<Chosen> {
  const { method, biasCorrection } = candidates.options;
  const methods = method === 'auto' ? allMethods : [method];
  const trials: Trial[] = [];
  for (const name of methods) {
    const quantized = quantizeGraph(candidates.model, specOf(candidates, candidates.observations, name));
    trials.push({ method: name, quantized, score: await scoreOf(candidates, quantized) });
    candidates.progress?.(trials.length / (methods.length + 2));
  }
  const taken = bestOf(trials);
  const said =
    methods.length === 1
      ? `Ranges were chosen by ${taken.method}, as asked for.`
      : `Ranges were chosen by ${taken.method}: ${trials.map(({ method: name, score }) => `${name} ${scoreText(score)}`).join(', ')} on calibration samples that were held out.`;
  const correction = biasCorrection === 'off' ? undefined : await corrected(candidates, taken);
  const spec = specOf(candidates, candidates.all, taken.method);
  const plain = quantizeGraph(candidates.model, spec);
  const isCorrected = correction?.isTaken === true;
  return {
    quantized: isCorrected ? await withBiasCorrection(candidates, plain, spec, candidates.all) : plain,
    method: taken.method,
    score: isCorrected ? correction.score : taken.score,
    decisions: correction === undefined ? [said] : [said, correction.sentence],
  };
}

interface Correction {
  readonly isTaken: boolean;
  readonly score: Score;
  readonly sentence: string;
}

async function corrected(candidates: Candidates, { method, quantized, score }: Trial): Promise<Correction> {
  const { observations, options } = candidates;
  const spec = specOf(candidates, observations, method);
  const result = await scoreOf(candidates, await withBiasCorrection(candidates, quantized, spec, observations));
  const isTaken = options.biasCorrection === 'on' || isBetter(result, score);
  const asked = options.biasCorrection === 'on' ? ', as asked for' : '';
  const sentence = `Bias correction was ${isTaken ? 'applied' : 'left out'}${asked}: ${scoreText(result)} with it, ${scoreText(score)} without.`;
  return { isTaken, score: result, sentence };
}

async function withBiasCorrection(
  { model, engine }: Candidates,
  plain: QuantizedGraph,
  spec: QuantizationSpec,
  observations: Observations,
): Promise<QuantizedGraph> {
  return quantizeGraph(model, { ...spec, biasCorrections: await biasCorrections(model, plain, observations, engine) });
}

/** The first trial (the plain one), or the best of those that are better than it. */
function bestOf([plain, ...others]: readonly Trial[]): Trial {
  return others
    .filter(({ score }) => isBetter(score, plain.score))
    .reduce((best, trial) => (decibels(trial.score) > decibels(best.score) ? trial : best), plain);
}

function specOf({ spec }: Candidates, observations: Observations, method: CalibrationMethod): QuantizationSpec {
  const ranges = new Map(
    [...observations].map(([index, { histogram }]) => [index, chooseRange(histogram, method, spec.activations)]),
  );
  return { ...spec, scales: { ranges } };
}

async function scoreOf({ reference, rounding, signal, pause }: Candidates, quantized: QuantizedGraph): Promise<Score> {
  return scoreFrom(await measure(quantized, reference, { rounding, signal, pause }), reference);
}
