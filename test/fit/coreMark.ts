/**
 * CoreMark/MHz of each core as Arm publishes it: the same program, code and data in the fastest memory. Arm Cortex-M
 * Processor Comparison Table, version 3 (2020); of the Cortex-M85, Arm's announcement of April 2022. (NXP AN12284 has
 * 4.02 for the M33 too. The table of 2022 gives 3 to 6 % more for all of them, the ratios within 3 %.) The ratio stands
 * in for a core on which no model was measured. Not for the Cortex-M0+, whose instruction set is another and whose
 * instructions are counted for themselves.
 */
const coreMarkPerMhz: Readonly<Record<string, number>> = {
  'cortex-m3': 3.34,
  'cortex-m4f': 3.42,
  'cortex-m7': 5.01,
  'cortex-m33': 4.02,
  'cortex-m55': 4.2,
  'cortex-m85': 6.28,
};

/** Cycles of a core over those of a Cortex-M4F for as many instructions; `undefined` where that cannot be said. */
export function coreMarkScale(core: string): number | undefined {
  const own = coreMarkPerMhz[core];
  return own === undefined ? undefined : coreMarkPerMhz['cortex-m4f'] / own;
}

/** Cores that get a scale by this ratio alone. */
export const unmeasuredCores = ['cortex-m3'] as const;
