import type { Severity } from '../model/problem';
import type { OpenProfile } from './openProfile';
import type { TickMeaning } from './profileUnit';

/** Something to know about a profile. An `error` means that it cannot be used for layers. */
export interface ProfileRemark {
  readonly code:
    | 'all-ticks-zero'
    | 'per-tag-sums'
    | 'entries-lost'
    | 'event-not-ended'
    | 'operators-dropped'
    | 'no-tick-rate'
    | 'unit-unknown'
    | 'profiler-memory';
  readonly severity: Severity;
  /** Complete sentences, with the next step. */
  readonly message: string;
}

/** `MicroProfiler` leaves the end of an event one tick before its beginning until it ends. */
const notEnded = 0xffffffff;

/** What is wrong with a profile, most severe first. */
export function profileRemarks(open: OpenProfile, meaning: TickMeaning): readonly ProfileRemark[] {
  const found = [
    zeroTicks(open),
    perTag(open),
    lostRemark(open),
    unendedRemark(open),
    droppedRemark(open),
    noRate(meaning),
  ];
  return [...found, unknownUnit(open, meaning), memory(open)].filter((remark) => remark !== undefined);
}

function zeroTicks({ entries, sums }: OpenProfile): ProfileRemark | undefined {
  if ([...entries, ...sums].some(({ ticks }) => ticks !== 0)) return undefined;
  const message =
    'Every operator took 0 ticks, so nothing was measured: the GetCurrentTimeTicks() that TensorFlow Lite Micro comes with always ' +
    'returns 0. Implement it for the board, or use milliwatt_profiler.h, which reads the cycle counter itself.';
  return { code: 'all-ticks-zero', severity: 'error', message };
}

function perTag({ sums }: OpenProfile): ProfileRemark | undefined {
  if (sums.length === 0) return undefined;
  const message =
    'This profile adds up the ticks of all operators of one kind, so it cannot be laid beside single layers. Call Log() or LogCsv() ' +
    'of the profiler instead of LogTicksPerTagCsv(), or use milliwatt_profiler.h.';
  return { code: 'per-tag-sums', severity: 'error', message };
}

/** Numbers that are missing, damaged lines, fewer entries than announced, or a total that is not the sum. */
function lostRemark(open: OpenProfile): ProfileRemark | undefined {
  if (!isIncomplete(open)) return undefined;
  const message =
    'Lines of this profile were lost or damaged on the way, so it is not used. Print it again; if that does not help, lower the baud ' +
    'rate or keep other tasks from printing at the same time.';
  return { code: 'entries-lost', severity: 'error', message };
}

function isIncomplete({ entries, sums, damaged, facts, printedTotal, dialect, ended }: OpenProfile): boolean {
  if (damaged > 0 || entries.some(({ index }, position) => index !== undefined && index !== position)) return true;
  if (facts.entries !== undefined && facts.entries !== entries.length) return true;
  // Our helper always prints a head, which names the model and the unit, and an end.
  if (dialect === 'milliwatt' && (!ended || facts.entries === undefined)) return true;
  const total = [...entries, ...sums].reduce((sum, { ticks }) => sum + ticks, 0);
  // TFLM adds up in 32 bits.
  return printedTotal !== undefined && printedTotal % 2 ** 32 !== total % 2 ** 32;
}

function unendedRemark({ entries }: OpenProfile): ProfileRemark | undefined {
  const tag = entries.find(({ ticks }) => ticks === notEnded)?.tag;
  if (tag === undefined) return undefined;
  const message = `The event "${tag}" had begun but not ended when the profile was printed. Print it after the event's end.`;
  return { code: 'event-not-ended', severity: 'error', message };
}

function droppedRemark({ facts }: OpenProfile): ProfileRemark | undefined {
  if (facts.dropped === undefined || facts.dropped === 0) return undefined;
  const message = `${facts.dropped} operators found no room in the profiler's table. Give MilliwattProfiler that many more entries.`;
  return { code: 'operators-dropped', severity: 'error', message };
}

function noRate({ hasNoRate }: TickMeaning): ProfileRemark | undefined {
  if (!hasNoRate) return undefined;
  const message =
    'The milliseconds mean nothing: ticks_per_second() returns 0 in this firmware (as on cortex_m_generic), and TensorFlow Lite Micro ' +
    'divides by it all the same. The ticks may be right. Return the rate of the counter there, or use milliwatt_profiler.h.';
  return { code: 'no-tick-rate', severity: 'warning', message };
}

function unknownUnit({ entries }: OpenProfile, { reason, ticksPerSecond }: TickMeaning): ProfileRemark | undefined {
  if (reason === undefined || entries.every(({ ticks }) => ticks === 0)) return undefined;
  return { code: 'unit-unknown', severity: ticksPerSecond === undefined ? 'warning' : 'information', message: reason };
}

/** 4,096 events of 3 words, and as many sums of 2 (`micro_profiler.h`). */
function memory({ dialect }: OpenProfile): ProfileRemark | undefined {
  if (dialect === 'milliwatt') return undefined;
  const message =
    'MicroProfiler itself takes 80 KB of RAM (4,096 events of 20 bytes). milliwatt_profiler.h takes 8 bytes for each operator.';
  return { code: 'profiler-memory', severity: 'information', message };
}
