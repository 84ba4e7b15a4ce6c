import { runtimeById } from '../../runtimes/runtimes';
import facts from './timing.json';
import type { Scale, TimingFacts } from './timingFacts';

export const timingFacts: TimingFacts = facts as TimingFacts;

/**
 * What is left open for plain C kernels on a board that ran CMSIS-NN. Nobody published TFLM's current reference kernels
 * on a Cortex-M. Older ones took 3.5 times what the formula gives for convolutions (MCUNet on an STM32H743,
 * mit-han-lab/tinyengine 47bb283, TFLM 713b6ed), under Mbed with unknown flags 8.1 times (person_detect on a
 * NUCLEO-F413ZH, Samsung/ONE issue 7598): 6 on top of what is left open for the core takes that in.
 */
const plainKernels = { low: 0.7, high: 6 };

const plainSource =
  'The kernels are plain C, which was not measured on this core with this version of TFLM: the same cycles per instruction are taken as for CMSIS-NN. ' +
  'Older versions took up to eight times as long for convolutions.';

/**
 * The board's own scale, else that of its core. The kernel library must be the one that was measured; for reference
 * kernels the ratio of boards stands as well, with a wider band.
 */
export function scaleOf(target: {
  readonly board?: string;
  readonly core?: string;
  readonly runtime: string;
}): Scale | undefined {
  const { board = '', core = '', runtime } = target;
  const scale: Scale | undefined = timingFacts.boards[board] ?? timingFacts.cores[core];
  if (scale?.runtimes.some((id) => id === runtime)) return scale;
  return runtimeById(runtime)?.countedAs === 'reference' ? plainScale(scale, core) : undefined;
}

/** A core on which plain C was measured has a ratio of its own; any other that of its counted instructions. */
function plainScale(scale: Scale | undefined, core: string): Scale | undefined {
  const measured = timingFacts.plainCores[core];
  if (measured !== undefined) return measured;
  if (scale === undefined || scale.countedAs !== undefined) return undefined;
  return {
    ...scale,
    low: scale.low * plainKernels.low,
    high: scale.high * plainKernels.high,
    kind: 'architectural',
    source: `${scale.source} ${plainSource}`,
  };
}

/** -O2 was not measured apart from -O3: both take the fit of -O3, whose instruction counts are those of -O2. */
export function measuredLevel(optimization: string): 'O3' | 'Os' {
  return optimization === 'Os' ? 'Os' : 'O3';
}
