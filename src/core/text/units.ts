/** `1,234,567`: decimal digits grouped by thousands. */
export function groupDigits(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Bytes for people: `812 B`, `12.3 KB`, `1.9 MB`, with 1 KB = 1,024 bytes as in the sizes of microcontrollers. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  if (bytes < 1024 * 1024) return `${threeDigits(bytes / 1024)} KB`;
  return `${threeDigits(bytes / (1024 * 1024))} MB`;
}

/** Counts for people: `812`, `12.3 k`, `2.66 M`, `1.20 G`, in steps of 1,000. */
export function countText(count: number): string {
  if (count < 1000) return `${Math.round(count)}`;
  if (count < 1e6) return `${threeDigits(count / 1e3)} k`;
  if (count < 1e9) return `${threeDigits(count / 1e6)} M`;
  return `${threeDigits(count / 1e9)} G`;
}

/** Milliseconds for people: `0.12 ms`, `45.1 ms`, `1.23 s`. */
export function millisecondsText(ms: number): string {
  if (ms < 0.1) return `${threeDigits(ms * 1000)} µs`;
  if (ms < 1000) return `${threeDigits(ms)} ms`;
  return `${threeDigits(ms / 1000)} s`;
}

/** Joules for people: `12.3 µJ`, `1.20 mJ`. */
export function joulesText(joules: number): string {
  if (joules < 1e-3) return `${threeDigits(joules * 1e6)} µJ`;
  if (joules < 1) return `${threeDigits(joules * 1e3)} mJ`;
  return `${threeDigits(joules)} J`;
}

/** Hertz for people: `64 MHz`. */
export function hertzText(hertz: number): string {
  return `${Number((hertz / 1e6).toPrecision(4))} MHz`;
}

/** A share of a whole: `<1 %`, `14 %`. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) return '<1 %';
  return `${Math.round(percent)} %`;
}

/** A part of a budget: `42 %`; a limit that is exceeded by too little to show is `>100 %`. */
export function budgetText(share: number): string {
  return share > 1 && Math.round(share * 100) === 100 ? '>100 %' : percentText(share);
}

/** How far an estimate is from what was measured, in words: `4 % too high`, `12 % too low`, `right to 1 %`. */
export function differenceText(difference: number): string {
  const percent = Math.round(Math.abs(difference) * 100);
  if (percent === 0) return 'right to 1 %';
  return `${percent} % too ${difference > 0 ? 'high' : 'low'}`;
}

/** Exactly what a machine wants: `48,000 bytes`. */
export function exactBytesText(bytes: number): string {
  return `${groupDigits(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

function threeDigits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(2);
}
