import type { FirmwareRule } from './rule';
import { arenaTooLarge, arenaTooSmall } from './rules/arenaSize';
import { resolverMissing } from './rules/resolverMissing';
import { resolverRoom } from './rules/resolverRoom';
import { resolverUnused } from './rules/resolverUnused';

/** All rules of firmware. A new one is a file beside these and a line here. */
export const firmwareRules: readonly FirmwareRule[] = [
  arenaTooSmall,
  arenaTooLarge,
  resolverMissing,
  resolverRoom,
  resolverUnused,
];
