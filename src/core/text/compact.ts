/** `812`, `12.3K`, `1.92M`: bytes in steps of 1,024. */
export function compactBytes(bytes: number | undefined): string {
  if (bytes === undefined) return '-';
  if (bytes < 1000) return `${bytes}`;
  if (bytes < 1000 * 1024) return `${threeDigits(bytes / 1024)}K`;
  return `${threeDigits(bytes / 1048576)}M`;
}

/** `812`, `12.3k`, `1.92M`, `1.20G`: counts in steps of 1,000. */
export function compactCount(count: number | undefined): string {
  if (count === undefined) return '-';
  if (count < 1000) return `${Math.round(count)}`;
  if (count < 999_500) return `${threeDigits(count / 1e3)}k`;
  if (count < 999_500_000) return `${threeDigits(count / 1e6)}M`;
  return `${threeDigits(count / 1e9)}G`;
}

/** `<1%`, `14%`. */
export function compactShare(share: number): string {
  const percent = Math.round(share * 100);
  return percent === 0 && share > 0 ? '<1%' : `${percent}%`;
}

/** How far an estimate is from what was measured: `+4%`, `-12%`, `0%`, `x3.1` from twice as much on. */
export function compactDifference(difference: number): string {
  if (difference >= 1) return `x${(1 + difference).toPrecision(2)}`;
  const percent = Math.round(difference * 100);
  return percent === 0 ? '0%' : `${percent > 0 ? '+' : ''}${percent}%`;
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}
