import { inputModeBytes } from '../boards/inputStages';
import { overheadById } from '../boards/overheads';
import type { Limits } from '../estimate/budget';
import type { AnalysisRequest } from './analysis';

/** The user's budgets, with what the named overheads and input stages take of the board's memory. */
export function limitsOf({ budget, overheads = [], inputStages = [] }: AnalysisRequest): Limits {
  const named = overheads.map(overheadById);
  const frames = inputStages.map(({ id, mode }) => inputModeBytes(id, mode));
  return {
    ...budget,
    reservedRamBytes: total([...named.map((overhead) => overhead.ramBytes), ...frames]),
    reservedFlashBytes: total(named.map((overhead) => overhead.flashBytes)),
  };
}

function total(bytes: readonly (number | undefined)[]): number {
  return bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
