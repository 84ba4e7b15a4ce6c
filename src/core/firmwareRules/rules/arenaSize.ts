import type { FileFix } from '../../model/problem';
import { exactBytesText, groupDigits } from '../../text/units';
import type { SizedArena } from '../arenas';
import { arenaPlace, lostBytes, sizedArenas } from '../arenas';
import { replacing, textAt } from '../edits';
import type { ArenaNeed } from '../needs';
import { modelName } from '../needs';
import type { FirmwareRule } from '../rule';

/** More than this many times what is needed is worth a word. */
const generous = 1.25;

/** An arena that `AllocateTensors()` fails with. */
export const arenaTooSmall: FirmwareRule = {
  code: 'firmware-arena-too-small',
  severity: 'error',
  documentation: 'The tensor arena in the firmware is smaller than the model needs, so that AllocateTensors() fails.',
  find: (context) =>
    sizedArenas(context)
      .filter(({ size, need, areSure }) => areSure && size.value < need.leastBytes)
      .map((arena) => ({
        ...arenaPlace(arena),
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
        ...arenaPlace(arena),
        message:
          `The arena has ${exactBytesText(arena.size.value)}, but ${modelName(arena.need.model)} needs ${needText(arena.need)}: ` +
          `${exactBytesText(arena.size.value - arena.need.bytes)} of RAM come free. ${nextStep(arena)}`,
        fixes: sizeFixes(arena),
      })),
};

function needText({ bytes, leastBytes, isExact, isLowerBound }: ArenaNeed): string {
  if (isLowerBound) return `at least ${exactBytesText(leastBytes)}`;
  if (!isExact) return `${exactBytesText(bytes)} with a margin for what is modelled`;
  if (leastBytes === bytes) return exactBytesText(bytes);
  if (leastBytes + lostBytes === bytes) return `${exactBytesText(bytes)} as it is not aligned`;
  return `${groupDigits(leastBytes)} to ${exactBytesText(bytes)}, as its runtime and version are not chosen`;
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
