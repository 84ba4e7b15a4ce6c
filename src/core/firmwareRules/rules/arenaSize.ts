import type { Firmware } from '../../firmware/firmware';
import { alignmentOf } from '../../firmware/join/alignment';
import type { Constant } from '../../firmware/join/constants';
import { calledName } from '../../firmware/syntax/expression';
import type { FileFix } from '../../model/problem';
import { exactBytesText, groupDigits } from '../../text/units';
import { replacing, textAt } from '../edits';
import type { ArenaNeed } from '../needs';
import { arenaNeed, isSure, modelName } from '../needs';
import type { FirmwareContext, FirmwareHit, FirmwareRule, ModelPairing } from '../rule';

/** More than this many times what is needed is worth a word. */
const generous = 1.25;

/** Interpreters whose arenas take their size from one place, with what the largest needs. */
interface SizedArena {
  readonly pairing: ModelPairing;
  readonly size: Constant;
  readonly need: ArenaNeed;
  /** Of all of them. */
  readonly areSure: boolean;
}

/** An arena that `AllocateTensors()` fails with. */
export const arenaTooSmall: FirmwareRule = {
  code: 'firmware-arena-too-small',
  severity: 'error',
  documentation: 'The tensor arena in the firmware is smaller than the model needs, so that AllocateTensors() fails.',
  find: (context) =>
    sizedArenas(context)
      .filter(({ size, need, areSure }) => areSure && size.value < need.leastBytes)
      .map((arena) => ({
        ...placeOf(arena),
        message:
          `The arena has ${exactBytesText(arena.size.value)}, but ${modelName(arena.need.model)} needs ${needText(arena.need)}: ` +
          `AllocateTensors() will fail. ${nextStep(arena)}`,
        fixes: sizeFixes(arena),
      })),
};

/** An arena that is more than a quarter larger than needed. */
export const arenaTooLarge: FirmwareRule = {
  code: 'firmware-arena-too-large',
  severity: 'information',
  documentation: 'The tensor arena in the firmware is more than 1.25 times as large as the model needs.',
  find: (context) =>
    sizedArenas(context)
      .filter(({ size, need, areSure }) => areSure && !need.isLowerBound && size.value > generous * need.bytes)
      .map((arena) => ({
        ...placeOf(arena),
        message:
          `The arena has ${exactBytesText(arena.size.value)}, but ${modelName(arena.need.model)} needs ${needText(arena.need)}: ` +
          `${exactBytesText(arena.size.value - arena.need.bytes)} of RAM come free. ${nextStep(arena)}`,
        fixes: sizeFixes(arena),
      })),
};

function sizedArenas({ firmware, pairings }: FirmwareContext): readonly SizedArena[] {
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
const lostBytes = 16;

function withAlignment(need: ArenaNeed | undefined, isWholly: boolean): ArenaNeed | undefined {
  return need === undefined || isWholly ? need : { ...need, bytes: need.bytes + lostBytes };
}

function isAligned(firmware: Firmware, { arena }: ModelPairing): boolean {
  return (arena?.origins ?? []).every((origin) => {
    if (origin.kind === 'variable') return (alignmentOf(firmware, origin.variable) ?? 0) >= lostBytes;
    return origin.kind === 'heap' && /align/.test(calledName(origin.expression) ?? '');
  });
}

function needText({ bytes, leastBytes, isExact, isLowerBound }: ArenaNeed): string {
  if (isLowerBound) return `at least ${exactBytesText(leastBytes)}`;
  if (!isExact) return `${exactBytesText(bytes)} with a margin for what is modelled`;
  if (leastBytes === bytes) return exactBytesText(bytes);
  if (leastBytes + lostBytes === bytes) return `${exactBytesText(bytes)} as it is not aligned`;
  return `${groupDigits(leastBytes)} to ${exactBytesText(bytes)}, as its runtime and version are not chosen`;
}

function placeOf({ pairing, size: { origin } }: SizedArena): Pick<FirmwareHit, 'file' | 'at'> {
  if (origin !== undefined) return { file: origin.file, at: origin };
  return { file: pairing.file, at: pairing.arena?.sizeGiven ?? pairing.interpreter };
}

function nextStep({ size, need }: SizedArena): string {
  if (size.origin === undefined)
    return `Set ${size.name ?? 'its size'} to ${exactBytesText(need.bytes)} where the build sets it.`;
  return `Set it to ${exactBytesText(need.bytes)}.`;
}

function sizeFixes({ size, need }: SizedArena): readonly FileFix[] {
  const { origin, name } = size;
  if (origin === undefined || need.isLowerBound) return [];
  const text = numberLike(textAt(origin.file, origin), need.bytes);
  return [
    {
      title: `Set ${name ?? 'the arena'} to ${exactBytesText(need.bytes)}`,
      isPreferred: true,
      edits: [replacing(origin.file, origin, text)],
    },
  ];
}

/** A number as the one before was written: in parentheses, as a product with 1024 where it is one. */
function numberLike(before: string, bytes: number): string {
  const text = bytes % 1024 === 0 && /\*\s*1024\b/.test(before) ? `${bytes / 1024} * 1024` : String(bytes);
  return /^\(.*\)$/s.test(before) && text.includes('*') ? `(${text})` : text;
}
