import type { FirmwareEvent } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/** A whole number of bytes: not a fraction, and not of a larger unit, which would be rounded. */
const bytes = String.raw`(\d{1,10})(?![\d.,_]*\d|\s*(?:[kKmM]i?[bB]?\b|%))`;
const size = String.raw`(?:\s*(?:bytes|B)?\s*(?:of|\/|out of)\s*${bytes})?`;

/**
 * The ways in which people print `arena_used_bytes()`, found in public firmware; the size of the arena follows in some.
 */
const phrasings: readonly RegExp[] = [
  new RegExp(
    String.raw`arena[ _-]?used(?:[ _-]?(?:bytes|size))?(?:\(\))?(?:\s*\(bytes\))?\s*(?:is|[:=])?\s*${bytes}${size}`,
    'i',
  ),
  new RegExp(String.raw`arena[ _-]?usage(?:\s*\(bytes\))?\s*(?:is|[:=])?\s*${bytes}${size}`, 'i'),
  new RegExp(String.raw`arena\W{1,3}(?:used|using)\s*[:=]?\s*${bytes}${size}`, 'i'),
  new RegExp(
    String.raw`used(?:[ _]?bytes)?\s*[:=]?\s*${bytes}${size}(?:\s*bytes)?\s*(?:of|in|from)?\s*(?:the )?(?:tensor[ _]?)?arena`,
    'i',
  ),
  new RegExp(String.raw`arena\s*[:=]\s*${bytes}${size}(?:\s*(?:bytes|B))?\s*used`, 'i'),
];

/**
 * Lines in which firmware tells what `MicroInterpreter::arena_used_bytes()` returned, in the usual phrasings, in whole
 * bytes.
 */
export const arenaUsed: Dialect = {
  id: 'arena-used',
  describes: 'What arena_used_bytes() returned, in the usual phrasings',
  create: () => ({ id: 'arena-used', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (!line.includes('rena') && !line.includes('ARENA')) return noEvents;
  // What was used before an allocation failed is not what the model needs.
  if (/before|failed|error/i.test(line)) return noEvents;
  for (const phrasing of phrasings) {
    const found = phrasing.exec(line.slice(0, 400));
    if (found === null) continue;
    const event = { type: 'arena-used', bytes: Number(found[1]) } as const;
    return [found[2] === undefined ? event : { ...event, arenaBytes: Number(found[2]) }];
  }
  return noEvents;
}
