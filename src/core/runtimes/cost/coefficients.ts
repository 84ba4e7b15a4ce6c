import type { CoreId } from '../../boards/board';
import type { KernelCode, LoopCounts } from './kernelCall';
import data from './coefficients.json';

/** What was fitted for one variant on one core at one optimization. */
export interface VariantFit {
  /** Instructions of each part of the loop nest, by the part's name; parts that are absent cost nothing. */
  readonly instructions: Readonly<Record<string, number>>;
  /** Measured / predicted on models left out of the fit: about 90 % lie between these two. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly models: number;
}

type FitLevel = 'O2' | 'Os';

type Table = Readonly<Record<string, Readonly<Record<string, VariantFit>>>>;

const table = data.fits as unknown as Readonly<Record<string, Table>>;

/** Cores whose instructions were counted, and those that run the same code as one of them. */
const countedAs: Partial<Record<CoreId, string>> = {
  'cortex-m0plus': 'cortex-m0plus',
  'cortex-m3': 'cortex-m3',
  'cortex-m4f': 'cortex-m4f',
  'cortex-m7': 'cortex-m7',
  'cortex-m33': 'cortex-m33',
  'cortex-m55': 'cortex-m55',
  'cortex-m85': 'cortex-m55',
};

/** The core whose counts stand for `core`; `undefined` where nothing was counted. */
export function countedCore(core: CoreId): string | undefined {
  return countedAs[core];
}

/**
 * The fit of a variant, or `undefined` where none was measured. `library` is `shared` for code that libraries share.
 */
export function fitOf(
  library: KernelCode | 'shared',
  variant: string,
  core: string,
  level: FitLevel,
): VariantFit | undefined {
  return table[`${core} ${level}`]?.[library]?.[variant];
}

/** Instructions of loops that run `counts` times. */
export function evaluate(fit: VariantFit, counts: LoopCounts): number {
  let sum = 0;
  for (const name in fit.instructions) sum += (fit.instructions[name] ?? 0) * (counts[name] ?? 0);
  return sum;
}
