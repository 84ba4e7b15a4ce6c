import type { Samples } from '../../samples/samples';
import { judgedTensors } from '../judge/judgedOutputs';
import { chooseRange } from './calibrate/ranges';
import type { HeldOut } from './calibrate/heldOut';
import { neededRanges } from './calibrate/needed';
import type { Observations } from './calibrate/observe';
import { measure } from './measure/measure';
import { referenceOf } from './measure/reference';
import { quantizeGraph } from './quantizeGraph';
import type { QuantizedGraph } from './quantizedGraph';
import type { QuantizeOptions } from './request';
import type { LeastGain } from './score';
import { gainDb, isSurelyQuieter, neededNoise } from './score';
import type { Work } from './work';
import { specOf } from './work';

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
  { model, program, request, tools }: Work,
  [conventional, chosen]: readonly [QuantizedGraph, QuantizedGraph],
  { judging, isApart }: HeldOut,
  calibration: Samples,
): Promise<ConventionalGain> {
  const graph = model.graphs[0];
  const needed = neededRanges(graph, request.options.activations);
  const options = { rounding: request.target.rounding, signal: tools.signal, pause: tools.pause };
  const noisesOf = async (samples: Samples): Promise<readonly [readonly number[], readonly number[]]> => {
    const tensors = judgedTensors(graph);
    const reference = await referenceOf(model, program, samples, { tensors, signal: tools.signal });
    const noise = async (each: QuantizedGraph): Promise<readonly number[]> =>
      neededNoise(await measure(each, reference, options), reference, needed);
    return [await noise(chosen), await noise(conventional)];
  };
  const apart = await noisesOf(judging);
  const byApart = { isChosenTaken: isSurelyQuieter(...apart, sureGain), gainDb: gainDb(...apart) };
  if (byApart.isChosenTaken || !isApart || byApart.gainDb < 0) return byApart;
  const all = await noisesOf(calibration);
  return { isChosenTaken: isSurelyQuieter(...all, sureGain), gainDb: gainDb(...all) };
}
