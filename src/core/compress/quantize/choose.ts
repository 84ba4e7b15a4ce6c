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

/** What the choices are made with. */
export interface Candidates {
  readonly model: Model;
  readonly observations: Observations;
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
  readonly sqnrDb: number;
  /** What was tried and what was taken, as whole sentences. */
  readonly decisions: readonly string[];
}

const allMethods: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse', 'entropy'];

/** A choice other than the plain one has to be better by this much: less is chance. */
export const leastGainDb = 0.1;

interface Trial {
  readonly name: string;
  readonly quantized: QuantizedGraph;
  readonly sqnrDb: number;
}

/** Tries the methods of calibration, then bias correction, and keeps what has the smallest measured error. */
export async function choose(candidates: Candidates): Promise<Chosen> {
  const { method, biasCorrection } = candidates.options;
  const methods = method === 'auto' ? allMethods : [method];
  const decisions: string[] = [];
  const trials: (Trial & { readonly method: CalibrationMethod })[] = [];
  for (const name of methods) {
    const quantized = quantizeGraph(candidates.model, specOf(candidates, name));
    const sqnrDb = await sqnrOf(candidates, quantized);
    trials.push({ name, method: name, quantized, sqnrDb });
    candidates.progress?.(trials.length / (methods.length + 2));
  }
  const taken = bestOf(trials);
  decisions.push(
    methods.length === 1
      ? `Ranges were chosen by ${taken.name}, as asked for.`
      : `Ranges were chosen by ${taken.name}: ${trials.map(({ name, sqnrDb }) => `${name} ${sqnrDb.toFixed(1)} dB`).join(', ')} on the calibration samples.`,
  );
  if (biasCorrection === 'off') return { ...taken, decisions };
  return withBiasCorrection(candidates, taken, decisions);
}

async function withBiasCorrection(
  candidates: Candidates,
  taken: Trial & { readonly method: CalibrationMethod },
  decisions: readonly string[],
): Promise<Chosen> {
  const { model, observations, engine, options } = candidates;
  const corrections = await biasCorrections(model, taken.quantized, observations, engine);
  const spec = specOf(candidates, taken.method);
  const corrected = quantizeGraph(model, { ...spec, biasCorrections: corrections });
  const [plain, better] = [taken.sqnrDb, await sqnrOf(candidates, corrected)];
  const isTaken = options.biasCorrection === 'on' || better >= plain + leastGainDb;
  const sentence = `Bias correction was ${isTaken ? 'applied' : 'left out'}${options.biasCorrection === 'on' ? ', as asked for' : ''}: ${better.toFixed(1)} dB with it, ${plain.toFixed(1)} dB without.`;
  return {
    quantized: isTaken ? corrected : taken.quantized,
    method: taken.method,
    sqnrDb: isTaken ? better : plain,
    decisions: [...decisions, sentence],
  };
}

/** The first trial (the plain one) unless another is better by more than chance. */
function bestOf<Some extends Trial>(trials: readonly Some[]): Some {
  const [plain] = trials;
  const best = trials.reduce((most, trial) => (trial.sqnrDb > most.sqnrDb ? trial : most));
  return best.sqnrDb >= plain.sqnrDb + leastGainDb ? best : plain;
}

function specOf({ observations, spec }: Candidates, method: CalibrationMethod): QuantizationSpec {
  const ranges = new Map(
    [...observations].map(([index, { histogram }]) => [index, chooseRange(histogram, method, spec.activations)]),
  );
  return { ...spec, scales: { ranges } };
}

/**
 * The error before a final softmax, else that of the outputs. Behind a softmax a few samples between two classes make up most of the
 * error, so that it would be chance that chooses.
 */
async function sqnrOf({ reference, rounding, signal, pause }: Candidates, quantized: QuantizedGraph): Promise<number> {
  const { output, beforeSoftmax } = await measure(quantized, reference, { rounding, signal, pause });
  return (beforeSoftmax ?? output).sqnrDb;
}
