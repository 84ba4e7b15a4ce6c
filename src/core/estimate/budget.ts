import { arenaBytesToReserve } from '../model/arenaReserve';
import type { ArenaFacts } from '../runtimes/facts';
import type { Target } from '../runtimes/target';
import type { BudgetChoice } from './choice';
import type { BudgetFacts, FlashFacts } from './report';

/** What the model may use: the user's own limits, and what shares the memory with it. */
export interface Limits extends BudgetChoice {
  /** RAM and flash that operating systems, frameworks and input buffers take of the board's memory. */
  readonly reservedRamBytes?: number;
  readonly reservedFlashBytes?: number;
}

interface BudgetSource {
  readonly target: Target;
  readonly limits: Limits;
  readonly arena?: ArenaFacts;
  readonly flash?: FlashFacts;
}

/**
 * The budget: the user's limits, else the board's memory less what is reserved. The arena must fit into one contiguous
 * region, so the RAM budget is that of the region which holds it and never a sum of regions. Absent without board and
 * limits.
 */
export function budgetFacts({ target, limits, arena, flash }: BudgetSource): BudgetFacts | undefined {
  const ramBytes = limits.ramBytes ?? lessReserved(target.arenaRegionBytes, limits.reservedRamBytes);
  const boardFlash = (target.board?.applicationFlashBytes ?? target.board?.flashBytes)?.value;
  const programFlash = limits.programFlashBytes ?? boardFlash;
  const flashBytes =
    limits.flashBytes ??
    besideProgram(limits.modelFlashBytes, flash) ??
    lessReserved(programFlash, limits.reservedFlashBytes);
  const { latencyMs, averageMilliwatts } = limits;
  if ([ramBytes, flashBytes, latencyMs, averageMilliwatts].every((limit) => limit === undefined)) return undefined;
  return {
    ramBytes,
    ...(limits.ramSource === undefined ? {} : { ramSource: limits.ramSource }),
    ramRegion: target.arenaRegion,
    flashBytes,
    ...(limits.flashSource === undefined ? {} : { flashSource: limits.flashSource }),
    latencyMs,
    averageMilliwatts,
    fits: fits({ ramBytes, flashBytes }, arena, flash),
  };
}

function fits(
  limits: { readonly ramBytes?: number; readonly flashBytes?: number },
  arena: ArenaFacts | undefined,
  flash: FlashFacts | undefined,
): boolean | undefined {
  if (arena === undefined || flash === undefined) return undefined;
  const parts = [
    fitsWithin(arenaBytesToReserve(arena), limits.ramBytes, arena),
    fitsWithin(flash.totalBytes, limits.flashBytes, flash),
  ];
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

/** More than the limit does not fit; a lower bound within it says nothing. */
function fitsWithin(
  bytes: number,
  limit: number | undefined,
  { isLowerBound }: { readonly isLowerBound?: boolean },
): boolean | undefined {
  if (limit === undefined) return true;
  if (bytes > limit) return false;
  return isLowerBound === true ? undefined : true;
}

function lessReserved(bytes: number | undefined, reserved: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.max(0, bytes - (reserved ?? 0));
}

/**
 * What model and library may have where the model has a limit of its own: the library counts with what is estimated of
 * it, since it has what it takes already.
 */
function besideProgram(modelFlashBytes: number | undefined, flash: FlashFacts | undefined): number | undefined {
  if (modelFlashBytes === undefined || flash === undefined) return undefined;
  return modelFlashBytes + flash.totalBytes - flash.modelBytes;
}
