import { judgedTensors } from '../judge/judgedOutputs';
import { chooseRange } from './calibrate/ranges';
import type { HeldOut } from './calibrate/heldOut';
import { neededRanges } from './calibrate/needed';
import type { Observations } from './calibrate/observe';
import { measure } from './measure/measure';
import type { Reference } from './measure/reference';
import { referenceOf } from './measure/reference';
import { quantizeGraph } from './quantizeGraph';
import type { QuantizedGraph } from './quantizedGraph';
import type { QuantizeOptions } from './request';
import type { LeastGain } from './score';
import { gainDb, isSurelyQuieter, neededNoise } from './score';
import type { Work } from './work';
import { specOf, stage } from './work';

/**
 * True where nothing was asked for that the conventional way does not do. The noise of 16 bits is that of the weights,
 * which are rounded better in any case.
 */
export function mayBeConventional(options: QuantizeOptions): boolean {
  const { activations, method, equalise, biasCorrection, weightFeedback } = options;
  return activations === 'int8' && [method, equalise, biasCorrection, weightFeedback].every((each) => each === 'auto');
}

/**
 * The graph as converters commonly quantize it: ranges from the smallest to the largest value seen, weights and biases
 * rounded to their nearest, nothing else (the post-training quantization of the TensorFlow Lite converter).
 */
export function conventionalGraph(work: Work, observations: Observations): QuantizedGraph {
  const spec = specOf(work);
  const seen = [...observations].map(
    ([index, { histogram }]) => [index, chooseRange(histogram, 'min-max', spec.activations)] as const,
  );
  return quantizeGraph(work.model, { ...spec, scales: { ranges: new Map([...seen, ...work.ranges]) } });
}

/** What came of it, as a complete sentence. */
export function saidOfConventional({ isChosenTaken, gainDb: gain }: ConventionalGain): string {
  if (isChosenTaken) {
    return `Errors are ${gain.toFixed(1)} dB smaller than with ranges from the smallest to the largest value, and weights and biases rounded to their nearest.`;
  }
  const beside = `${Math.abs(gain).toFixed(1)} dB ${gain < 0 ? 'worse' : 'better'}`;
  return `Ranges go from the smallest to the largest value, and weights and biases are rounded to their nearest, as converters commonly do: nothing else that was tried is surely nearer to the float model (the best is ${beside}; ${sureGain.dB} dB and ${sureGain.deviations} standard errors are sure).`;
}

/** What has to be gained for what was chosen to be taken, by samples that it was not made from, and by all. */
const sureGain: Pick<LeastGain, 'dB' | 'deviations'> = { dB: 1, deviations: 3 };

interface ConventionalGain {
  readonly isChosenTaken: boolean;
  /** By how much the errors of what was chosen are smaller, of the samples that decided. */
  readonly gainDb: number;
}

/**
 * Whether what was chosen is surely nearer to float than the conventional graph. First by the samples that no range was
 * fitted to, which most choices pass; else by all, of which there are more: what these show may in part be fitted to
 * them, so that the first must not say the opposite.
 */
export async function compareWithConventional(
  { work, heldOut, reference }: Chooser,
  pair: readonly [conventional: QuantizedGraph, chosen: QuantizedGraph],
): Promise<ConventionalGain> {
  const { model, program, samples, tools } = work;
  const apart = await noisesOf(work, reference, pair, stage(tools, 'Comparing with plain rounding', 0.7, 0.02));
  const byApart = gainIn(apart);
  if (byApart.isChosenTaken || !heldOut.isApart || byApart.gainDb < 0) return byApart;
  const tensors = judgedTensors(model.graphs[0]);
  const all = await referenceOf(model, program, samples.calibration, { tensors, signal: tools.signal });
  return gainIn(await noisesOf(work, all, pair, stage(tools, 'Comparing with plain rounding', 0.72, 0.06)));
}

/** What choices were made with. */
interface Chooser {
  readonly work: Work;
  readonly heldOut: HeldOut;
  /** What the float model answers to the samples that no range was fitted to. */
  readonly reference: Reference;
}

/** Errors of each sample: of what was chosen, and of the conventional graph. */
type Noises = readonly [chosen: readonly number[], conventional: readonly number[]];

function gainIn(noises: Noises): ConventionalGain {
  return { isChosenTaken: isSurelyQuieter(...noises, sureGain), gainDb: gainDb(...noises) };
}

async function noisesOf(
  { model, request, tools: { signal, pause } }: Work,
  reference: Reference,
  [conventional, chosen]: readonly [QuantizedGraph, QuantizedGraph],
  progress: (share: number) => void,
): Promise<Noises> {
  const needed = neededRanges(model.graphs[0], request.options.activations);
  const noise = async (each: QuantizedGraph, from: number): Promise<readonly number[]> => {
    const options = { rounding: request.target.rounding, signal, pause };
    const half = (share: number): void => progress(from + share / 2);
    return neededNoise(await measure(each, reference, { ...options, progress: half }), reference, needed);
  };
  return [await noise(chosen, 0), await noise(conventional, 0.5)];
}
