import { evidenceWeight } from '../estimate/timing/timingSpread';
import type { TimingSpread } from '../estimate/timing/timingSpread';
import { addPoint, fitSums, predictTicks } from './fitLine';
import type { FitPoint, FitSums, Line } from './fitLine';

export type LineFit = (sums: FitSums) => Line | undefined;

/** Points of one measured model: its layers, or its total alone. */
export type FitProfile = readonly FitPoint[];

/** How profiles become a correction; a prediction that leaves something out goes the same way. */
export interface Estimator {
  readonly fit: LineFit;
  /** What was known of the board before; absent where nothing was. */
  readonly spread?: TimingSpread;
}

/** A correction, and what the profiles weigh in it: 1 where nothing was known before. */
export interface Estimated {
  readonly line: Line;
  readonly weight: number;
}

/** What a fit needs of its points, and the total of each profile. */
interface Evidence {
  readonly sums: FitSums;
  readonly totals: readonly FitPoint[];
}

/** Cycles that a correction predicts, and those that were measured. */
export interface Prediction {
  readonly predicted: number;
  readonly measured: number;
}

/**
 * The line through all points, its mean ratio r to the estimates made r^weight; absent where the points give no line.
 */
export function estimateProfiles(estimator: Estimator, profiles: readonly FitProfile[]): Estimated | undefined {
  return estimatedFrom(estimator, evidenceOf(profiles));
}

function evidenceOf(profiles: readonly FitProfile[]): Evidence {
  return { sums: fitSums(profiles.flat()), totals: profiles.map(totalOf) };
}

function estimatedFrom({ fit, spread }: Estimator, { sums, totals }: Evidence): Estimated | undefined {
  const line = totals.length === 0 ? undefined : fit(sums);
  if (line === undefined) return undefined;
  const logRatio = sum(totals.map((total) => Math.log(predictTicks(line, total) / total.modelled))) / totals.length;
  if (spread === undefined || !Number.isFinite(logRatio)) return { line, weight: 1 };
  const weight = evidenceWeight(spread, totals.length, logRatio);
  const factor = Math.exp((weight - 1) * logRatio);
  return { line: { scale: line.scale * factor, offset: line.offset * factor }, weight };
}

/**
 * Each point of the profiles that `isAsked`, predicted from all others of all profiles; none where those give no line.
 */
export function leftOutPoints(
  estimator: Estimator,
  profiles: readonly FitProfile[],
  isAsked: (profile: FitProfile) => boolean = () => true,
): readonly Prediction[] {
  const all = evidenceOf(profiles);
  return profiles.flatMap((profile, index) =>
    isAsked(profile)
      ? profile.flatMap((point) => {
          const own = profile.length === 1 ? [] : [totalOf(profile.filter((other) => other !== point))];
          const totals = [...all.totals.slice(0, index), ...own, ...all.totals.slice(index + 1)];
          return predictionOf(point, estimatedFrom(estimator, { sums: addPoint(all.sums, point, -1), totals }));
        })
      : [],
  );
}

/** The total of each profile predicted from the other profiles; none where they give no line. */
export function leftOutTotals(estimator: Estimator, profiles: readonly FitProfile[]): readonly Prediction[] {
  return profiles.flatMap((profile) => {
    const others = profiles.filter((other) => other !== profile);
    return predictionOf(totalOf(profile), estimateProfiles(estimator, others));
  });
}

function predictionOf(point: FitPoint, by: Estimated | undefined): readonly Prediction[] {
  return by === undefined ? [] : [{ predicted: predictTicks(by.line, point), measured: point.measured }];
}

export function totalOf(points: FitProfile): FitPoint {
  const of = (key: 'modelled' | 'measured' | 'count'): number => sum(points.map((point) => point[key]));
  return { modelled: of('modelled'), measured: of('measured'), count: of('count'), weight: 1 };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
