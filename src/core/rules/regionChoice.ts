import type { ArenaRegion, MemoryRegion } from '../boards/board';
import { exactBytesText } from '../text/units';
import type { RuleContext } from './rule';

/** From next to the core to outside of the chip. The bus to each is wider and shorter than to the next. */
const nearness: Readonly<Record<MemoryRegion['kind'], number>> = {
  'tcm-instruction': 3,
  'tcm-data': 0,
  ram: 1,
  psram: 2,
};

const kindText: Readonly<Record<MemoryRegion['kind'], string>> = {
  'tcm-instruction': 'the instruction memory next to the core',
  'tcm-data': 'the data memory next to the core, which it reads without waiting',
  ram: 'memory of the chip',
  psram: 'memory outside the chip, which the core waits for',
};

/** True where the core reaches the first sooner. */
export function isNearer(a: ArenaRegion, b: ArenaRegion): boolean {
  return nearness[a.kind] < nearness[b.kind];
}

/** The nearest first, of those the default, then the largest. */
export function byNearness(a: ArenaRegion, b: ArenaRegion): number {
  return nearness[a.kind] - nearness[b.kind] || Number(b.isDefault) - Number(a.isDefault) || b.bytes - a.bytes;
}

/** What the system around the model takes, it takes of the memory that is chosen. */
export function roomIn({ bytes }: Pick<ArenaRegion, 'bytes'>, { reservedRamBytes = 0 }: RuleContext['limits']): number {
  return bytes - reservedRamBytes;
}

/** Complete sentences: its size, its kind, and what stands against it. */
export function regionText({ name, bytes, kind, why }: ArenaRegion): string {
  return `${name} has ${exactBytesText(bytes)}: ${kindText[kind]}.${why === undefined ? '' : ` ${why}`}`;
}
