import { leftOutPoints, sum } from './estimator';
import type { FitProfile, LineFit } from './estimator';

/** A point with the part of its modelled cycles that waits for an external flash chip. */
export type WaitingProfile = readonly (FitProfile[number] & { readonly waiting: number })[];

/** Fewer layers that wait for flash do not tell waiting and computing apart. */
const fewestLayers = 6;

/** Of a layer's modelled cycles, what waits must differ by this much between layers. */
const leastDifference = 0.2;

/** A wait that counts double, or half, has to miss this much less on layers that are left out. */
const gain = 0.9;

/** From a flash chip of twice the modelled speed to a third of it, in steps of a tenth. */
const candidates = Array.from({ length: 19 }, (_, step) => 0.5 * 1.1 ** step);

/**
 * By how much more than computing a board's waits for its flash chip take of what is modelled: mode and clock of the
 * chip are other than the target says. 1 where the layers of the profiles do not tell it, or where leaving layers out
 * does not show that it is better so. Misses are sums of absolute values, so that one odd layer does not decide.
 */
export function waitScaleOf(profiles: readonly WaitingProfile[], fit: LineFit): number {
  const shares = profiles.flat().map(({ waiting, modelled }) => waiting / modelled);
  if (shares.filter((share) => share > 0).length < fewestLayers) return 1;
  if (Math.max(...shares) - Math.min(...shares) < leastDifference) return 1;
  const missed = (scale: number): number =>
    sum(
      leftOutPoints({ fit }, withWaits(profiles, scale)).map(({ predicted, measured }) =>
        Math.abs(predicted - measured),
      ),
    );
  const best = candidates.reduce((a, b) => (missed(b) < missed(a) ? b : a), 1);
  return missed(best) < gain * missed(1) ? best : 1;
}

/** The profiles with waits that take `scale` times as long. */
export function withWaits(profiles: readonly WaitingProfile[], scale: number): readonly WaitingProfile[] {
  if (scale === 1) return profiles;
  return profiles.map((profile) =>
    profile.map((point) => ({ ...point, modelled: point.modelled + (scale - 1) * point.waiting })),
  );
}
