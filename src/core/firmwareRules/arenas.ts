import type { Firmware } from '../firmware/firmware';
import { alignmentOf } from '../firmware/join/alignment';
import type { Constant } from '../firmware/join/constants';
import { calledName } from '../firmware/syntax/expression';
import type { ArenaNeed } from './needs';
import { arenaNeed, isSure } from './needs';
import type { FirmwareContext, FirmwareHit, ModelPairing } from './rule';

/** Interpreters whose arenas take their size from one place, with what the largest needs. */
export interface SizedArena {
  readonly pairing: ModelPairing;
  readonly size: Constant;
  readonly need: ArenaNeed;
  /** Of all of them. */
  readonly areSure: boolean;
}

/** Arenas whose size is known, each size once. */
export function sizedArenas({ firmware, pairings }: FirmwareContext): readonly SizedArena[] {
  const groups = new Map<string, SizedArena>();
  for (const pairing of pairings) {
    const need = withAlignment(arenaNeed(pairing), isAligned(firmware, pairing));
    const size = pairing.arena?.isShared === false ? pairing.arena.size : undefined;
    if (size === undefined) continue;
    const { origin } = size;
    const key =
      origin === undefined
        ? `${pairing.file.path} ${pairing.interpreter.start}`
        : `${origin.file.path} ${origin.start}`;
    const last = groups.get(key);
    const areSure = isSure(pairing) && need !== undefined && last?.areSure !== false;
    const most = last !== undefined && (need === undefined || last.need.bytes >= need.bytes) ? last.need : need;
    if (most !== undefined) groups.set(key, { pairing, size, need: most, areSure });
  }
  return [...groups.values()];
}

/** An arena that lies askew loses 16 bytes at its ends together. */
export const lostBytes = 16;

function withAlignment(need: ArenaNeed | undefined, isWholly: boolean): ArenaNeed | undefined {
  return need === undefined || isWholly ? need : { ...need, bytes: need.bytes + lostBytes };
}

function isAligned(firmware: Firmware, { arena }: ModelPairing): boolean {
  return (arena?.origins ?? []).every((origin) => {
    if (origin.kind === 'variable') return (alignmentOf(firmware, origin.variable) ?? 0) >= lostBytes;
    return origin.kind === 'heap' && /align/.test(calledName(origin.expression) ?? '');
  });
}

/** Where the size is written, or where it is handed over. */
export function arenaPlace({ pairing, size: { origin } }: SizedArena): Pick<FirmwareHit, 'file' | 'at'> {
  if (origin !== undefined) return { file: origin.file, at: origin };
  return { file: pairing.file, at: pairing.arena?.sizeGiven ?? pairing.interpreter };
}
