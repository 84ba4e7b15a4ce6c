import { perChannelDenseStanding } from '../../runtimes/tflm/denseScales';
import type { Target } from '../../runtimes/target';
import type { QuantizeOptions } from './request';

type Chosen = Pick<QuantizeOptions, 'activations' | 'perChannelDense'>;

/**
 * Whether dense weights get a scale for each output. Left open, they do where the version of TFLM that is linked
 * computes that right; where nothing says which one it is, only beside 16-bit activations, since there what rounding
 * the weights costs is nearly all of the error.
 */
export function hasPerChannelDense({ activations, perChannelDense }: Chosen, target: Target): boolean {
  if (perChannelDense !== 'auto') return perChannelDense === 'on';
  const standing = perChannelDenseStanding(target);
  return standing === 'right' || (standing === 'open' && activations === 'int16');
}

/** What is said of that choice; empty where a person made it, or where it is right in every version. */
export function saidOfDenseScales(chosen: Chosen, target: Target, hasSeveral: boolean): readonly string[] {
  if (!hasSeveral || chosen.perChannelDense !== 'auto') return [];
  const rule = 'Dense weights have a scale for each output';
  return [
    perChannelDenseStanding(target) === 'right'
      ? `${rule}, which the chosen version of TensorFlow Lite Micro computes right.`
      : `${rule}, since beside 16-bit activations rounding them is most of the error. TensorFlow Lite Micro computes that right from September 2024 on; for an older one, quantize with --no-per-channel-dense.`,
  ];
}
