const dayMs = 86_400_000;

/**
 * Time of day, `14:03:07.045`. `timeMs` since 1970 in UTC; `offsetMinutes` of the place that shows it, east positive.
 */
export function absoluteTimeText(timeMs: number, offsetMinutes = 0): string {
  const local = timeMs + offsetMinutes * 60_000;
  return clockText(((local % dayMs) + dayMs) % dayMs);
}

/** Time since `startMs`, `00:01:02.345`; hours go on past 24. */
export function relativeTimeText(timeMs: number, startMs: number): string {
  const since = timeMs - startMs;
  return since < 0 ? `-${clockText(-since)}` : clockText(since);
}

/** Time since the line before, `+12.345`, in seconds; `+0.000` for the first. */
export function deltaTimeText(timeMs: number, previousMs: number | undefined): string {
  const delta = previousMs === undefined ? 0 : Math.round(timeMs - previousMs);
  return `${delta < 0 ? '-' : '+'}${(Math.abs(delta) / 1000).toFixed(3)}`;
}

function clockText(ms: number): string {
  const whole = Math.floor(ms);
  const seconds = Math.floor(whole / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(whole % 1000).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
