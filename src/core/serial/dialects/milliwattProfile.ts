import type { FirmwareEvent, ProfileFacts, TickUnit } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';
import { crc16 } from './crc16';

/** `MW1 …  *CRC`: the checksum is of everything before the blank in front of the asterisk. */
const framePattern = /(MW1 [!-~ ]{1,400}) \*([0-9A-F]{4})/;
const units: ReadonlySet<string> = new Set<TickUnit>(['cycles', 'microseconds', 'milliseconds', 'ticks']);

/**
 * The lines of `examples/profiler/milliwatt_profiler.h`, described there: `MW1 begin key=value …`, `MW1 op INDEX TAG
 * TICKS`, `MW1 end ENTRIES TOTAL`. A line whose checksum or form is wrong gives `profile-damage`. Keys that are not
 * known are passed over, and so is a value of `-`: not known.
 */
export const milliwattProfile: Dialect = {
  id: 'milliwatt',
  describes: 'The profiler of Milliwatt for firmware: model, clock, unit and ticks of each operator, with checksums',
  create: () => ({ id: 'milliwatt', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (!line.includes('MW1 ')) return noEvents;
  const found = framePattern.exec(line);
  if (found === null || Number.parseInt(found[2], 16) !== crc16(found[1])) return damageEvents;
  const [, kind, ...words] = found[1].split(' ');
  const event = eventOf(kind, words);
  return event === undefined ? damageEvents : [event];
}

const damageEvents: readonly FirmwareEvent[] = [{ type: 'profile-damage', dialect: 'milliwatt' }];

function eventOf(kind: string, words: readonly string[]): FirmwareEvent | undefined {
  if (kind === 'begin') return { type: 'profile-start', dialect: 'milliwatt', facts: factsOf(words) };
  if (kind === 'op' && words.length === 3) {
    const [index, tag, ticks] = [count(words[0]), words[1], count(words[2])];
    if (index === undefined || ticks === undefined) return undefined;
    return { type: 'profile-entry', dialect: 'milliwatt', index, tag, ticks };
  }
  if (kind === 'end' && words.length === 2) {
    return { type: 'profile-end', dialect: 'milliwatt', totalTicks: count(words[1]) };
  }
  return undefined;
}

function factsOf(words: readonly string[]): ProfileFacts {
  const values = new Map(words.map((word) => splitOnce(word)));
  const text = (key: string): string | undefined => (values.get(key) === '-' ? undefined : values.get(key));
  const number = (key: string): number | undefined => count(text(key) ?? '');
  const model = text('model')?.toLowerCase();
  const unit = text('unit');
  const facts: ProfileFacts = {
    modelHash: model !== undefined && /^[0-9a-f]{64}$/.test(model) ? model : undefined,
    clockHz: number('clock') || undefined,
    unit: unit !== undefined && units.has(unit) ? (unit as TickUnit) : undefined,
    ticksPerSecond: number('rate') || undefined,
    entries: number('ops'),
    dropped: number('dropped'),
    nested: number('nested'),
    tflmVersion: text('tflm'),
    flags: text('flags')?.split(','),
    arenaUsedBytes: number('arena') || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function splitOnce(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}

function count(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
