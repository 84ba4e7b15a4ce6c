import { runtimeById } from '../../runtimes/runtimes';
import facts from './timing.json';
import type { Scale, TimingFacts } from './timingFacts';

export const timingFacts: TimingFacts = facts as TimingFacts;

/**
 * What is left open for plain C kernels on a core where nobody published any: builds differ in whether the compiler
 * inlines what finds the place of a value.
 */
const plainKernels = { low: 0.6, high: 2 };

const plainSource =
  'The kernels are plain C, which was not measured on this core: the same cycles per instruction are taken as for CMSIS-NN.';

/**
 * The board's own scale, else that of its core; cores that run from a cache or a tightly coupled memory, with the flash
 * outside of the chip, are told apart from those that wait for each line of their flash. The kernel library must be the
 * one that was measured; for reference kernels the ratio of boards stands as well, where they were not measured.
 */
export function scaleOf(target: {
  readonly board?: string;
  readonly core?: string;
  readonly runtime: string;
  /** Present where the flash is a chip of its own. */
  readonly flashMode?: string;
  readonly optimization?: string;
}): Scale | undefined {
  const { board = '', core = '', runtime, flashMode, optimization = 'O2' } = target;
  const { boards, cores, plain } = timingFacts;
  const cached = flashMode === undefined ? core : `${core} cached`;
  const scale: Scale | undefined = boards[board] ?? cores[cached] ?? cores[core];
  if (scale?.runtimes.some((id) => id === runtime)) return scale;
  if (runtimeById(runtime)?.countedAs !== 'reference') return undefined;
  const level = measuredLevel(optimization);
  const own = plain[`${cached} ${level}`] ?? plain[cached] ?? plain[`${core} ${level}`] ?? plain[core];
  return own ?? (scale && unmeasuredPlain(scale));
}

function unmeasuredPlain(scale: Scale): Scale {
  return {
    ...scale,
    ofKinds: undefined,
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
