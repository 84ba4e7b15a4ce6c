import type { FitPoint } from './fitLine';
import { median } from './matchLayers';

/** Fewer layers do not tell which of them is the odd one. */
const fewestLayers = 4;

/** How far a layer's ratio must lie from the middle one, and how near to it those of all others. */
const oddRatio = 3;
const usualRatio = 2;

/**
 * A profile without the one layer that took three times as long as the others say, or a third, where all of them
 * agree: an interrupt that came in between, or a kernel that says nothing of others. What it took stays in what was
 * measured of this model; it is the correction of other layers and models that does not follow it.
 */
export function withoutOddLayer<Point extends FitPoint>(points: readonly Point[]): Point[] {
  if (points.length < fewestLayers) return [...points];
  const middle = median(points.map(ratioOf));
  const distance = (point: Point): number => Math.abs(Math.log(ratioOf(point) / middle));
  const odd = points.filter((point) => distance(point) > Math.log(oddRatio));
  const usual = points.filter((point) => !odd.includes(point));
  const agree = usual.every((point) => distance(point) < Math.log(usualRatio));
  return odd.length === 1 && agree ? usual : [...points];
}

function ratioOf({ measured, modelled }: FitPoint): number {
  return measured / modelled;
}
