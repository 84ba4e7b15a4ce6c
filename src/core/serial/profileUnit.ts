import { groupDigits } from '../text/units';
import type { ProfileEntry, ProfileFacts, TickUnit } from './events';

/** What is known apart from the profile: from the target, or said by the user. */
export interface TickHints {
  readonly clockHz?: number;
  readonly unit?: TickUnit;
  /** Of ticks that are neither cycles nor parts of a second by a power of ten. */
  readonly ticksPerSecond?: number;
}

/** What a user says that a tick is: one of the usual units, or so many ticks a second. */
export type TickChoice = Pick<TickHints, 'unit' | 'ticksPerSecond'>;

/** What the ticks of a profile are. `ticks` where that is not certain; `reason` is then a complete sentence. */
export interface TickMeaning {
  readonly unit: TickUnit;
  /** Absent where it is not known to a hundredth. */
  readonly ticksPerSecond?: number;
  /** True where the printed milliseconds come from a division by no tick rate. */
  readonly hasNoRate: boolean;
  readonly reason?: string;
}

/** Widest interval of rates, high over low, that still says what the rate is. */
const tight = 1.02;
/** No microcontroller ticks faster. */
const fastestTicksPerSecond = 2e9;
/** Results of converting infinity to an integer, which TFLM before 2023 printed where the rate is 0. */
const overflown: ReadonlySet<number> = new Set([-1, 2147483647, -2147483648]);

/**
 * The meaning of ticks. Our helper says it. TFLM prints milliseconds beside ticks, cut to whole numbers, which bounds
 * the ticks per second from both sides (`TicksToMs` in `micro_time.h`): the unit is inferred only where one explanation
 * alone lies within.
 */
export function tickMeaning(entries: readonly ProfileEntry[], facts: ProfileFacts, hints: TickHints): TickMeaning {
  const rate = facts.ticksPerSecond ?? hints.ticksPerSecond;
  const unit = certain(facts.unit) ?? (rate === undefined ? certain(hints.unit) : undefined);
  const clockHz = facts.clockHz ?? hints.clockHz;
  const printed = entries.filter(({ ticks, ms }) => ms !== undefined && ticks > 0);
  const hasNoRate = printed.length > 0 && isWithoutRate(printed, clockHz);
  if (unit !== undefined) return { unit, ticksPerSecond: rateOf(unit, facts, clockHz), hasNoRate };
  if (rate !== undefined) return { unit: 'ticks', ticksPerSecond: rate, hasNoRate };
  if (printed.length === 0) return { unit: 'ticks', hasNoRate, reason: nothingSaid };
  if (hasNoRate) return { unit: 'ticks', hasNoRate, reason: noRate };
  return { ...inferUnit(rateInterval(printed), clockHz), hasNoRate };
}

const nothingSaid =
  'This form of profile does not say what a tick is: choose the unit, or print the profile with milliwatt_profiler.h, which does.';
const noRate =
  'What a tick is cannot be told from milliseconds without a tick rate: choose the unit (on cortex_m_generic it is processor cycles), ' +
  'or print the profile with milliwatt_profiler.h, which says it.';

function certain(unit: TickUnit | undefined): TickUnit | undefined {
  return unit === 'ticks' ? undefined : unit;
}

function rateOf(unit: TickUnit, facts: ProfileFacts, clockHz: number | undefined): number | undefined {
  if (facts.ticksPerSecond !== undefined) return facts.ticksPerSecond;
  if (unit === 'cycles') return clockHz;
  return unit === 'microseconds' ? 1e6 : 1000;
}

/**
 * Without a rate TFLM divides by one, so that the milliseconds are a thousand times the ticks; older versions divide by
 * zero.
 */
function isWithoutRate(printed: readonly ProfileEntry[], clockHz: number | undefined): boolean {
  if (printed.every(isThousandfold)) return true;
  const odd = printed.filter(({ ms }) => overflown.has(ms ?? 0)).length;
  if (odd > 0 && printed.every(({ ms }) => ms === 0 || overflown.has(ms ?? 0))) return true;
  const { low, high } = rateInterval(printed);
  return high === Infinity && low > Math.min(clockHz === undefined ? Infinity : clockHz * 1.01, fastestTicksPerSecond);
}

/** Above 32 bits the conversion saturates on Arm and wraps elsewhere. */
function isThousandfold({ ticks, ms = 0 }: ProfileEntry): boolean {
  const exact = Math.trunc(Math.fround(1000 * Math.fround(ticks)));
  return (exact | 0) === ms || (exact >= 2 ** 32 && overflown.has(ms));
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Rates that give every printed number of milliseconds. TFLM divides in single precision, which moves the bounds by a
 * millionth.
 */
function rateInterval(printed: readonly ProfileEntry[]): Interval {
  let low = 0;
  let high = Infinity;
  for (const { ticks, ms = 0 } of printed) {
    if (ms < 0) continue;
    low = Math.max(low, (1000 * ticks) / (ms + 1));
    if (ms > 0) high = Math.min(high, (1000 * ticks) / ms);
  }
  return { low, high };
}

function inferUnit({ low, high }: Interval, clockHz: number | undefined): Omit<TickMeaning, 'hasNoRate'> {
  if (low > high * (1 + 1e-6))
    return { unit: 'ticks', reason: 'The milliseconds do not fit the ticks: lines of this profile are damaged.' };
  const candidates: readonly (readonly [TickUnit, number | undefined])[] = [
    ['cycles', clockHz],
    ['microseconds', 1e6],
    ['milliseconds', 1000],
  ];
  const fitting = candidates.filter(([, rate]) => rate !== undefined && rate >= low * 0.999 && rate <= high * 1.001);
  const [first] = fitting;
  if (high / low > tight) return { unit: 'ticks', reason: tooWide(low, high) };
  if (fitting.length === 1) return { unit: first[0], ticksPerSecond: first[1] };
  return { unit: 'ticks', ticksPerSecond: (low + high) / 2, reason: oddRate((low + high) / 2) };
}

function tooWide(low: number, high: number): string {
  const upper = high === Infinity ? 'any number above' : groupDigits(high);
  const range = high === Infinity ? `${upper} ${groupDigits(low)}` : `${groupDigits(low)} to ${upper}`;
  return `Whole milliseconds leave the tick rate open (${range} a second): choose the unit, or print longer runs.`;
}

function oddRate(rate: number): string {
  return (
    `A tick is 1/${groupDigits(rate)} of a second, which is neither the clock nor a microsecond nor a millisecond: ` +
    'times are certain, cycles are not.'
  );
}
