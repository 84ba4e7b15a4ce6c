import type { InferenceTime } from './events';
import type { TickHints } from './profileUnit';

/** The time of an inference whose ticks mean something by what is known apart from the line; else as it was. */
export function withTickMeaning(time: InferenceTime, { unit, ticksPerSecond }: TickHints): InferenceTime {
  const { ticks, ms, cycles } = time;
  if (ticks === undefined || ms !== undefined || cycles !== undefined) return time;
  if (ticksPerSecond !== undefined) return { ...time, ms: (ticks / ticksPerSecond) * 1000 };
  if (unit === 'cycles') return { ...time, cycles: ticks };
  if (unit === 'microseconds') return { ...time, ms: ticks / 1000 };
  return unit === 'milliseconds' ? { ...time, ms: ticks } : time;
}
