/**
 * CoreMark/MHz of each core as Arm publishes it (comparison table of the Cortex-M processors): the same program, code and data in the
 * fastest memory. Its ratio stands in for a core on which no model was measured. Not for the Cortex-M0+, whose
 * instruction set is another and whose instructions are counted for themselves.
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
export const unmeasuredCores = ['cortex-m3', 'cortex-m55'] as const;
