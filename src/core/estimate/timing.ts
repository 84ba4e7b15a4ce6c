import type { Target } from '../runtimes/target';

/** How instructions become cycles on a core with its memory: cycles per instruction, and the band that held on other models. */
export interface Timing {
  readonly cyclesPerInstruction: number;
  readonly lowCyclesPerInstruction: number;
  readonly highCyclesPerInstruction: number;
  /** Whole sentences: what was measured, where, with how many models. */
  readonly source: string;
}

/** The timing of `target`'s core and memory; absent where no board like it was measured. */
export function timingOf(_target: Target): Timing | undefined {
  return undefined;
}
