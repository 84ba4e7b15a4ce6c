import type { Target } from '../../runtimes/target';
import type { Coefficients } from './timingFacts';

/**
 * The reference board's fit without what only its kernels (CMSIS-NN) cost besides their instructions, for pixels.
 * Reference kernels gather no patches, and the vector kernels (MVE) take other ways, of which nothing is known.
 */
export function withoutOtherKernels<Fit extends Coefficients>(
  fit: Fit,
  { core, runtime }: Pick<Target, 'core' | 'runtime'>,
): Fit {
  if (runtime === 'tflm-cmsis-nn' && core.kernelIsa !== 'mve') return fit;
  return { ...fit, cyclesPerPixel: 0, cyclesPerDepthwisePixel: 0 };
}
