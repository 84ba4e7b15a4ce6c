import type { ArenaRegion, Board, MemoryRegion } from './board';

/**
 * The memories of `board` that one plain array can take, the default one first. Regions that touch are one memory
 * where an array may cross the border; the framework's limit on static data applies to the default memory.
 * Empty where no region is known.
 */
export function arenaRegions(board: Board): readonly ArenaRegion[] {
  const runs = mergedRuns(board.ramRegions.filter((region) => region.holdsData));
  return runs
    .map((run) => arenaRegion(board, run))
    .sort((left, right) => Number(right.isDefault) - Number(left.isDefault));
}

/** The memory in which a plain static array lands; `undefined` where no region is known. */
export function defaultArenaRegion(board: Board): ArenaRegion | undefined {
  return arenaRegions(board).find((region) => region.isDefault);
}

function arenaRegion(board: Board, run: readonly MemoryRegion[]): ArenaRegion {
  const isDefault = run.some((region) => region.name === board.arenaRegion.value);
  const bytes = run.reduce((sum, region) => sum + region.bytes, 0);
  const limit = isDefault ? board.applicationRamBytes : undefined;
  const limited = limit !== undefined && limit.value < bytes;
  const why = [...run.map((region) => region.why), limited ? (limit.note ?? limitNote(board, limit.value)) : undefined]
    .filter((text) => text !== undefined)
    .join(' ');
  return {
    name: run.map((region) => region.name).join('+'),
    bytes: limited ? limit.value : bytes,
    kind: run[0].kind,
    isDefault,
    ...(why === '' ? {} : { why }),
  };
}

function limitNote(board: Board, bytes: number): string {
  return `${board.framework.name} leaves ${bytes} bytes to static data.`;
}

/** Regions in order of address, each run of them without a gap and without a border that an array must not cross. */
function mergedRuns(regions: readonly MemoryRegion[]): readonly (readonly MemoryRegion[])[] {
  const runs: MemoryRegion[][] = [];
  const byAddress = [...regions].sort((left, right) => (left.start ?? Infinity) - (right.start ?? Infinity) || 0);
  for (const region of byAddress) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && touches(last, region)) run.push(region);
    else runs.push([region]);
  }
  return runs;
}

function touches(before: MemoryRegion, after: MemoryRegion): boolean {
  if (before.start === undefined || after.separate === true) return false;
  return before.start + before.bytes === after.start;
}
