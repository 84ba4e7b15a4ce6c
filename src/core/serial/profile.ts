import type { FirmwareEvent, ProfileDialect, ProfileFacts, TickUnit } from './events';
import { withoutCommonPrefix } from './constantPrefix';
import { profileRemarks } from './profileRemarks';
import type { ProfileRemark } from './profileRemarks';
import type { OpenProfile } from './openProfile';
import { tickMeaning } from './profileUnit';
import type { TickHints } from './profileUnit';

export type { ProfileRemark } from './profileRemarks';
export type { TickHints } from './profileUnit';

/**
 * One operator of a profile, in the order in which they ran. Cycles and milliseconds only where the ticks say so for
 * certain.
 */
interface ProfiledOperator {
  readonly tag: string;
  readonly ticks: number;
  readonly cycles?: number;
  readonly ms?: number;
}

/** One profile as the board printed it. */
export interface Profile {
  readonly dialect: ProfileDialect;
  readonly facts: ProfileFacts;
  /** Empty where only sums by tag were printed: those belong to no layer. */
  readonly operators: readonly ProfiledOperator[];
  /** Ticks by kind of operator, as printed or added up. */
  readonly tagSums: readonly { readonly tag: string; readonly ticks: number }[];
  readonly totalTicks: number;
  readonly unit: TickUnit;
  readonly ticksPerSecond?: number;
  /** True where the operators, their order and their ticks can be used. */
  readonly usable: boolean;
  /** What is wrong with it or limits it, most severe first. */
  readonly remarks: readonly ProfileRemark[];
  readonly startMs: number;
  readonly endMs: number;
  /** What it was put together from, for `reinterpreted`. */
  readonly printed: Readonly<OpenProfile>;
}

/** The same profile, when more or something else is known of its ticks. */
export function reinterpretProfile({ printed }: Profile, hints: TickHints): Profile {
  return profileOf(printed, hints);
}

/** Without an end line a profile ends with a pause or with lines of another kind. */
const pauseMs = 250;
const foreignLinesAllowed = 2;
const mostEntries = 8192;

/**
 * Puts the events of one stream together to profiles. Several forms may be under way at once. Give it every line's
 * events, empty ones too, and call `flush` when the board has been silent: a form without an end line is complete only
 * then.
 */
export class ProfileAssembler {
  readonly #open = new Map<ProfileDialect, OpenProfile>();

  /** The profiles that are complete with this line. */
  feed(events: readonly FirmwareEvent[], timeMs: number, hints: TickHints = {}): readonly Profile[] {
    if (this.#open.size === 0 && events.length === 0) return [];
    const done = this.#closeWhere((open) => timeMs - open.endMs > pauseMs, hints);
    const touched = new Set<ProfileDialect>();
    for (const event of events) {
      // A benchmark goes on to something else: what was under way is one run.
      if (event.type === 'benchmark-phase') done.push(...this.#close('tflm-log', hints));
      const dialect = dialectOf(event);
      if (dialect === undefined) continue;
      touched.add(dialect);
      if (beginsAnew(event, this.#open.get(dialect))) done.push(...this.#close(dialect, hints));
      const open = this.#openFor(dialect, event, timeMs);
      add(event, open);
      open.endMs = timeMs;
      open.foreignLines = 0;
      if (open.ended || open.entries.length + open.sums.length >= mostEntries)
        done.push(...this.#close(dialect, hints));
    }
    for (const open of this.#open.values()) if (!touched.has(open.dialect)) open.foreignLines += 1;
    done.push(...this.#closeWhere((open) => open.foreignLines > foreignLinesAllowed && open.entries.length > 0, hints));
    return done;
  }

  /** Ends whatever is under way. */
  flush(hints: TickHints = {}): readonly Profile[] {
    return this.#closeWhere(() => true, hints);
  }

  #openFor(dialect: ProfileDialect, event: FirmwareEvent, timeMs: number): OpenProfile {
    const existing = this.#open.get(dialect);
    if (existing !== undefined) return existing;
    const facts = event.type === 'profile-start' ? (event.facts ?? {}) : {};
    const counters = { startMs: timeMs, endMs: timeMs, foreignLines: 0, damaged: 0, ended: false };
    const opened: OpenProfile = { dialect, facts, entries: [], sums: [], ...counters };
    this.#open.set(dialect, opened);
    return opened;
  }

  #close(dialect: ProfileDialect, hints: TickHints): readonly Profile[] {
    const open = this.#open.get(dialect);
    this.#open.delete(dialect);
    return open === undefined || open.entries.length + open.sums.length === 0 ? [] : [profileOf(open, hints)];
  }

  #closeWhere(isOver: (open: OpenProfile) => boolean, hints: TickHints): Profile[] {
    return [...this.#open.values()].filter(isOver).flatMap(({ dialect }) => this.#close(dialect, hints));
  }
}

function dialectOf(event: FirmwareEvent): ProfileDialect | undefined {
  if (event.type === 'profile-tag-sum') return 'tflm-per-tag';
  if (event.type === 'profile-start' || event.type === 'profile-entry') return event.dialect;
  return event.type === 'profile-end' || event.type === 'profile-damage' ? event.dialect : undefined;
}

/** A header begins again, and so does a number that is not above the one before: the header was lost. */
function beginsAnew(event: FirmwareEvent, open: OpenProfile | undefined): boolean {
  if (open === undefined) return false;
  if (event.type === 'profile-start') return true;
  if (event.type !== 'profile-entry' || event.index === undefined) return false;
  const last = open.entries.at(-1)?.index;
  return last !== undefined && event.index <= last;
}

function add(event: FirmwareEvent, open: OpenProfile): void {
  if (event.type === 'profile-entry') open.entries.push(event);
  if (event.type === 'profile-tag-sum') open.sums.push(event);
  if (event.type === 'profile-damage') open.damaged += 1;
  if (event.type !== 'profile-end') return;
  open.ended = true;
  open.printedTotal = event.totalTicks;
}

/**
 * The printed rate of a cycle counter is the clock; a unit that is not certain gives neither cycles nor milliseconds.
 */
function profileOf(open: Readonly<OpenProfile>, hints: TickHints): Profile {
  const { dialect, facts, entries, startMs, endMs } = open;
  const meaning = tickMeaning(entries, facts, hints);
  const { unit, ticksPerSecond } = meaning;
  const remarks = profileRemarks(open, meaning);
  const tags = withoutCommonPrefix(entries.map(({ tag }) => tag));
  const operators = entries.map(({ ticks }, index) => ({
    tag: tags[index],
    ticks,
    ...(unit === 'cycles' ? { cycles: ticks } : {}),
    ...(ticksPerSecond === undefined ? {} : { ms: (ticks / ticksPerSecond) * 1000 }),
  }));
  return {
    dialect,
    facts,
    operators,
    tagSums: sumsOf(open.sums.length > 0 ? open.sums : operators),
    totalTicks: sum(open.sums.length > 0 ? open.sums : entries),
    unit,
    ...(ticksPerSecond === undefined ? {} : { ticksPerSecond }),
    usable: !remarks.some(({ severity }) => severity === 'error'),
    remarks,
    startMs,
    endMs,
    printed: open,
  };
}

function sumsOf(
  entries: readonly { readonly tag: string; readonly ticks: number }[],
): readonly { readonly tag: string; readonly ticks: number }[] {
  const sums = new Map<string, number>();
  for (const { tag, ticks } of entries) sums.set(tag, (sums.get(tag) ?? 0) + ticks);
  return Array.from(sums, ([tag, ticks]) => ({ tag, ticks }));
}

function sum(entries: readonly { readonly ticks: number }[]): number {
  return entries.reduce((total, { ticks }) => total + ticks, 0);
}
