import type { Optimization } from '../boards/board';
import type { Report } from '../estimate/report';
import { predictiveBand, timingSpread } from '../estimate/timing/timingSpread';
import type { Calibration } from '../runtimes/calibration';
import { groupDigits } from '../text/units';
import { estimateProfiles, leftOutPoints, leftOutTotals, sum, totalOf } from './estimator';
import type { Estimated, Estimator, LineFit, Prediction, FitProfile } from './estimator';
import { fitScale, fitScaleAndOffset, fitSums, predictTicks } from './fitLine';
import type { FitPoint, Line } from './fitLine';
import { matchLayers, median } from './matchLayers';
import { withoutOddLayer, withoutOddProfile } from './oddLayer';
import { newestOfAlike } from './newestOfAlike';
import { waitScaleOf, withWaits } from './waitScale';
import type { WaitingProfile } from './waitScale';
import { measuredTotal } from './measurement';
import type { Measurement } from './measurement';

/** An estimate made without calibration, and what was measured of the same model on the same board. */
export interface CalibrationPair {
  readonly report: Report;
  readonly measurement: Measurement;
}

/** Errors as shares of what was measured: |modelled - measured| / measured. */
export interface CalibrationErrors {
  readonly median: number;
  readonly worst: number;
}

/** Errors of layers, and of whole models. `leftOut`: each layer predicted as if all but it had been measured. */
export interface CalibrationQuality {
  readonly layers?: {
    readonly before: CalibrationErrors;
    readonly after: CalibrationErrors;
    readonly leftOut: CalibrationErrors;
  };
  readonly totals: {
    readonly before: CalibrationErrors;
    readonly after: CalibrationErrors;
    /** Each model predicted as if only the others had been measured; absent with one model. */
    readonly leftOut?: CalibrationErrors;
  };
}

export type CalibrationOutcome =
  | { readonly known: true; readonly calibration: Calibration; readonly quality: CalibrationQuality }
  | { readonly known: false; readonly reason: string };

/** A fit with an offset needs points of many sizes, and must err this much less on layers left out. */
const fewestLayersForOffset = 6;
const gainOfOffset = 0.9;

/**
 * Corrects a board's modelled cycles by what was measured there. Every profile weighs the same, and within a profile
 * each layer weighs 1 / modelled cycles, so that the fit keeps the total: with one profile the scale alone is measured
 * total / modelled total. An offset for each operator is taken only where it lowers the error on layers that were left
 * out by a tenth. The whole is then drawn towards the estimate by what was known of the board before (`timingSpread`):
 * a profile also shows what its one model deviates by. Of models that are alike the newest profile counts, and one that
 * lies far from all others does not (`withoutOddProfile`).
 */
export function calibrate(pairs: readonly CalibrationPair[]): CalibrationOutcome {
  const reason = refusal(pairs);
  if (reason !== undefined) return { known: false, reason };
  const all: WaitingProfile[] = [];
  for (const pair of newestOfAlike(pairs)) {
    const points = pointsOf(pair);
    if (typeof points === 'string') return { known: false, reason: points };
    all.push(withoutOddLayer(points));
  }
  const measured = withoutOddProfile(all);
  const waitScale = waitScaleOf(measured, fitScale);
  const profiles = withWaits(measured, waitScale);
  const estimator: Estimator = { fit: bestFit(profiles), spread: timingSpread(pairs[0].report.target) };
  const applied = estimateProfiles(estimator, profiles);
  if (applied === undefined || !(applied.line.scale > 0)) return { known: false, reason: nothingToFit };
  const quality = qualityOf(profiles, applied.line, estimator, measured);
  return {
    known: true,
    quality,
    calibration: calibrationOf({ pairs, isOdd: measured.length < all.length, profiles, applied, estimator, waitScale }),
  };
}

const nothingToFit = 'The measured times are all zero, so there is nothing to correct the estimates by. Measure again.';

/** Points of one pair, or the whole sentence why there are none. */
type WaitingPoint = WaitingProfile[number];

function pointsOf({ report, measurement }: CalibrationPair): WaitingPoint[] | string {
  const clockHz = measurement.clockHz ?? report.target.clockHz;
  const cyclesOf = (cycles: number | undefined, ms: number | undefined): number | undefined =>
    cycles ?? (ms === undefined || clockHz === undefined ? undefined : (ms / 1000) * clockHz);
  if (measurement.layers.length === 0) {
    const modelled = report.latency?.cycles;
    const measured = cyclesOf(measuredTotal(measurement, 'cycles'), measuredTotal(measurement, 'ms'));
    if (modelled === undefined || measured === undefined) return noCycles(report);
    return [{ modelled, measured, count: report.layers.length, weight: 1 / modelled ** 2, waiting: 0 }];
  }
  const match = matchLayers(report.layers, measurement.layers);
  if (!match.matched) return match.reason;
  const points = match.layers.map(({ cycles, ms }, index) => {
    const { cycles: modelled = 0, ms: of = 0, flashWaitMs = 0 } = report.layers[index];
    return { modelled, measured: cyclesOf(cycles, ms), waiting: of > 0 ? (modelled * flashWaitMs) / of : 0 };
  });
  const used = points.filter(
    (point): point is { modelled: number; measured: number; waiting: number } =>
      point.modelled > 0 && point.measured !== undefined,
  );
  const total = sum(used.map(({ modelled }) => modelled));
  if (used.length === 0) return noCycles(report);
  return used.map((point) => ({ ...point, count: 1, weight: 1 / (point.modelled * total) }));
}

function noCycles({ model }: Report): string {
  return `There are no modelled or no measured cycles of ${model.path}, so they cannot be compared. Choose a board, and a clock where only times were measured.`;
}

function refusal(pairs: readonly CalibrationPair[]): string | undefined {
  if (pairs.length === 0) return 'There is no measurement of this board yet: profile a model on it first.';
  const [{ report }] = pairs;
  const { board, runtime } = report.target;
  if (board === undefined) return 'Choose a board before calibrating: the correction belongs to one board.';
  const other = pairs.find(({ report: { target }, measurement }) => {
    const measuredRuntime = measurement.runtime ?? runtime;
    return (
      target.board !== board || target.runtime !== runtime || measurement.board !== board || measuredRuntime !== runtime
    );
  });
  if (other === undefined) return undefined;
  return `The measurements are of different boards or runtimes ("${board}" and "${other.measurement.board}"): calibrate each of them by itself.`;
}

/** A scale alone, or with an offset where that says more of what was left out, and takes no operator below zero. */
function bestFit(profiles: readonly FitProfile[]): LineFit {
  const points = profiles.flat();
  const both = points.length < fewestLayersForOffset ? undefined : fitScaleAndOffset(fitSums(points));
  if (both === undefined || !(both.scale > 0)) return fitScale;
  if (!points.every((point) => predictTicks(both, point) > 0)) return fitScale;
  const misses = (fit: LineFit): number => missedCycles(leftOutPoints({ fit }, profiles));
  return misses(fitScaleAndOffset) < gainOfOffset * misses(fitScale) ? fitScaleAndOffset : fitScale;
}

function missedCycles(predictions: readonly Prediction[]): number {
  return sum(predictions.map(({ predicted: value, measured }) => Math.abs(value - measured)));
}

/** `measured`: the profiles before waits were corrected, by which the errors of the plain estimate are told. */
function qualityOf(
  profiles: readonly FitProfile[],
  line: Line,
  estimator: Estimator,
  measured: readonly FitProfile[],
): CalibrationQuality {
  const hasLayers = (profile: FitProfile): boolean => profile.length > 1;
  const layers = profiles.filter(hasLayers).flat();
  const totals = profiles.map(totalOf);
  const before = { layers: measured.filter(hasLayers).flat(), totals: measured.map(totalOf) };
  const unchanged: Line = { scale: 1, offset: 0 };
  const by = (points: readonly FitPoint[], of: Line): CalibrationErrors =>
    errorsOf(points.map((point) => ({ predicted: predictTicks(of, point), measured: point.measured })));
  const leftOut = errorsOf(leftOutPoints(estimator, profiles, hasLayers));
  const others = leftOutTotals(estimator, profiles);
  return {
    ...(layers.length === 0
      ? {}
      : { layers: { before: by(before.layers, unchanged), after: by(layers, line), leftOut } }),
    totals: {
      before: by(before.totals, unchanged),
      after: by(totals, line),
      ...(others.length === 0 ? {} : { leftOut: errorsOf(others) }),
    },
  };
}

function errorsOf(predictions: readonly Prediction[]): CalibrationErrors {
  const shares = predictions
    .filter(({ measured }) => measured > 0)
    .map(({ predicted: value, measured }) => Math.abs(value - measured) / measured);
  return shares.length === 0 ? { median: 0, worst: 0 } : { median: median(shares), worst: Math.max(...shares) };
}

/**
 * The band: what the spread of models leaves open, and with three profiles or more whatever the others said of each
 * one's total. Three ratios alone would often be closer together than models are. Where that spread is not known, and
 * there are fewer profiles, the share of the cycles that the fit to the other layers puts in the wrong place.
 */
function bandOf({ profiles, estimator, applied }: FittedCalibration): {
  readonly low?: number;
  readonly high?: number;
} {
  const { spread } = estimator;
  if (spread === undefined && profiles.length < 3) return misplacedBand(profiles, estimator);
  const known = spread === undefined ? undefined : predictiveBand(spread, profiles.length, applied.weight);
  const others = profiles.length < 3 ? [] : leftOutTotals(estimator, profiles);
  const ratios = others.map(({ predicted: value, measured }) => measured / value);
  return { low: Math.min(known?.low ?? 1, ...ratios), high: Math.max(known?.high ?? 1, ...ratios) };
}

function misplacedBand(
  profiles: readonly FitProfile[],
  estimator: Estimator,
): { readonly low?: number; readonly high?: number } {
  const predictions = leftOutPoints(estimator, profiles);
  if (predictions.length === 0) return {};
  const measured = sum(predictions.map((prediction) => prediction.measured));
  const share = Math.min(0.9, missedCycles(predictions) / measured);
  return { low: 1 - share, high: 1 + share };
}

interface FittedCalibration {
  readonly pairs: readonly CalibrationPair[];
  readonly profiles: readonly FitProfile[];
  /** Whether one profile was left out (`withoutOddProfile`). */
  readonly isOdd: boolean;
  readonly estimator: Estimator;
  readonly applied: Estimated;
  readonly waitScale: number;
}

function calibrationOf(fitted: FittedCalibration): Calibration {
  const { pairs, profiles, isOdd, applied, waitScale } = fitted;
  const { scale, offset } = applied.line;
  const [{ report, measurement }] = pairs;
  const points = profiles.flat().length;
  const optimizations = new Set(pairs.map(({ measurement: { optimization } }) => optimization));
  const optimization = optimizations.size === 1 ? (measurement.optimization as Optimization | undefined) : undefined;
  const offsetText =
    offset === 0 ? '' : ` and ${offset < 0 ? '-' : '+'}${groupDigits(Math.abs(offset))} cycles for each operator`;
  return {
    board: measurement.board,
    runtime: report.target.runtime,
    ...(optimization === undefined ? {} : { optimization }),
    scale,
    ...(waitScale === 1 ? {} : { waitScale }),
    cyclesPerOperator: offset,
    ...bandOf(fitted),
    source:
      `Calibrated on this board with ${profiles.length === 1 ? '1 profile' : `${profiles.length} profiles`} ` +
      `(${points === 1 ? '1 figure' : `${points} figures`}): modelled cycles x ${Number(scale.toPrecision(4))}${offsetText}.` +
      (isOdd ? oddProfileText : '') +
      waitText(waitScale) +
      weightText(applied.weight),
  };
}

const oddProfileText =
  ' One more profile is left out: its total lies three times or more from what the others agree on. Measure that model again.';

function waitText(scale: number): string {
  if (scale === 1) return '';
  return ` Waits for the flash chip count ${Number(scale.toPrecision(3))} times besides: its mode or clock seem to be others.`;
}

function weightText(weight: number): string {
  const share = Math.round(weight * 100);
  if (share === 100) return '';
  return ` The measured ratio counts ${share} %, what was known of the board before ${100 - share} %, since models differ.`;
}
