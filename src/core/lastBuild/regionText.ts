import { exactBytesText, groupDigits } from '../text/units';
import type { LinkedRegion } from './memories';

/** One sentence for each memory that the last build takes something of. */
export function regionSentences(regions: readonly LinkedRegion[]): readonly string[] {
  return regions
    .filter(({ takenBytes }) => takenBytes > 0)
    .map(
      ({ name, bytes, takenBytes }) =>
        `${name} takes ${groupDigits(takenBytes)} of ${exactBytesText(bytes)}: ${leftText(bytes - takenBytes)}`,
    );
}

/** What is free of a memory, or was put there beyond its end. */
export function leftText(freeBytes: number): string {
  return freeBytes < 0 ? `${exactBytesText(-freeBytes)} too many` : `${exactBytesText(freeBytes)} free`;
}
