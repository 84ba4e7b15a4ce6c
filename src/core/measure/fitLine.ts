/** A measured quantity: `measured` = scale x `modelled` + offset x `count`, each with a weight. */
export interface FitPoint {
  readonly modelled: number;
  readonly measured: number;
  /** Operators that the point is of. */
  readonly count: number;
  readonly weight: number;
}

export interface Line {
  readonly scale: number;
  readonly offset: number;
}

/** Weighted sums from which both fits follow, so that leaving a point out is a subtraction. */
export interface FitSums {
  readonly xx: number;
  readonly xn: number;
  readonly nn: number;
  readonly xy: number;
  readonly ny: number;
}

export function fitSums(points: readonly FitPoint[]): FitSums {
  const zero: FitSums = { xx: 0, xn: 0, nn: 0, xy: 0, ny: 0 };
  return points.reduce((sums, point) => addPoint(sums, point, 1), zero);
}

/** The sums with a point added (`sign` 1) or taken out (-1). */
export function addPoint(sums: FitSums, { modelled, measured, count, weight }: FitPoint, sign: 1 | -1): FitSums {
  const w = sign * weight;
  return {
    xx: sums.xx + w * modelled * modelled,
    xn: sums.xn + w * modelled * count,
    nn: sums.nn + w * count * count,
    xy: sums.xy + w * modelled * measured,
    ny: sums.ny + w * count * measured,
  };
}

/** Least squares through the origin; absent without points. */
export function fitScale({ xx, xy }: FitSums): Line | undefined {
  return xx > 0 ? { scale: xy / xx, offset: 0 } : undefined;
}

/** Least squares with an offset; absent where the points do not tell scale and offset apart. */
export function fitScaleAndOffset({ xx, xn, nn, xy, ny }: FitSums): Line | undefined {
  const determinant = xx * nn - xn * xn;
  if (!(determinant > 1e-9 * xx * nn)) return undefined;
  return { scale: (xy * nn - xn * ny) / determinant, offset: (xx * ny - xn * xy) / determinant };
}

export function predictTicks({ scale, offset }: Line, { modelled, count }: FitPoint): number {
  return scale * modelled + offset * count;
}
