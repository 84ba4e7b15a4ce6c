import { totalOf } from './estimator';
import type { FitProfile } from './estimator';
import type { FitPoint } from './fitLine';
import { median } from './matchLayers';

/** Fewer layers, or profiles, do not tell which of them is the odd one. */
const fewestLayers = 4;
const fewestProfiles = 3;

/** How far a ratio must lie from the middle one, and how near to it those of all others. */
const oddRatio = 3;
const usualRatio = 2;

/**
 * A profile without the one layer that took three times as long as the others say, or a third, where all of them
 * agree: an interrupt that came in between, or a kernel that says nothing of others. What it took stays in what was
 * measured of this model; it is the correction of other layers and models that does not follow it.
 */
export function withoutOddLayer<Point extends FitPoint>(points: readonly Point[]): Point[] {
  const odd = oddOne(points.map(ratioOf), fewestLayers);
  return points.filter((_, index) => index !== odd);
}

/**
 * The profiles without the one whose total lies as far from what the others agree on: it was measured at another clock,
 * with other kernels, or in other units than it says.
 */
export function withoutOddProfile<Profile extends FitProfile>(profiles: readonly Profile[]): readonly Profile[] {
  const odd = oddOne(
    profiles.map((profile) => ratioOf(totalOf(profile))),
    fewestProfiles,
  );
  return profiles.filter((_, index) => index !== odd);
}

/** Where the only ratio is that lies far from the middle one, while all others lie near to it. */
function oddOne(ratios: readonly number[], fewest: number): number | undefined {
  if (ratios.length < fewest) return undefined;
  const middle = median(ratios);
  const distances = ratios.map((ratio) => Math.abs(Math.log(ratio / middle)));
  const odd = distances.flatMap((distance, index) => (distance > Math.log(oddRatio) ? [index] : []));
  const agree = distances.every((distance, index) => odd.includes(index) || distance < Math.log(usualRatio));
  return odd.length === 1 && agree ? odd[0] : undefined;
}

function ratioOf({ measured, modelled }: FitPoint): number {
  return measured / modelled;
}
