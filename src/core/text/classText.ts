import { groupDigits } from './units';

/** How often samples of one class are answered rightly, or as before where nothing says what is right. */
interface ClassShares {
  readonly index: number;
  readonly name?: string;
  readonly samples: number;
  /** Share of right answers before; absent where nothing says what is right. */
  readonly before?: number;
  readonly after: number;
}

/** `cat: 90.0 % right before, 85.0 % after, of 20 samples`. */
export function classText({ index, name, samples, before, after }: ClassShares): string {
  const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const change =
    before === undefined ? `${share(after)} answered alike` : `${share(before)} right before, ${share(after)} after`;
  return `${name ?? `class ${index}`}: ${change}, of ${groupDigits(samples)} samples`;
}
