import { exactBytesText, groupDigits } from '../text/units';
import type { LinkedRegion } from './memories';

/** One sentence for each memory that the last build takes something of. */
export function regionSentences(regions: readonly LinkedRegion[]): readonly string[] {
  return regions
    .filter(({ takenBytes }) => takenBytes > 0)
    .map(({ name, bytes, takenBytes }) => {
      const left = bytes - takenBytes;
      const rest = left < 0 ? `${exactBytesText(-left)} too many` : `${exactBytesText(left)} free`;
      return `${name} takes ${groupDigits(takenBytes)} of ${exactBytesText(bytes)}: ${rest}`;
    });
}
