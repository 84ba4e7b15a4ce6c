import type { Optimization } from '../boards/board';
import type { Report } from '../estimate/report';
import { evidenceWeight, predictiveBand, timingSpread } from '../estimate/timing/timingSpread';
import type { TimingSpread } from '../estimate/timing/timingSpread';
import type { Calibration } from '../runtimes/calibration';
import { runtimeById } from '../runtimes/runtimes';
import { groupDigits } from '../text/units';
import { added, fitScale, fitScaleAndOffset, fitSums, predicted } from './fitLine';
import type { FitPoint, FitSums, Line } from './fitLine';
import { matchLayers, median } from './matchLayers';
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

/** Errors of layers, and of whole models. `leftOut`: each layer predicted by a fit to all others. */
export interface CalibrationQuality {
  readonly layers?: {
    readonly before: CalibrationErrors;
    readonly after: CalibrationErrors;
    readonly leftOut: CalibrationErrors;
  };
  readonly totals: {
    readonly before: CalibrationErrors;
    readonly after: CalibrationErrors;
    /** Each model predicted by a fit to the other models; absent with one model. */
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
 * Corrects a board's modelled cycles by what was measured there. Every profile weighs the same, and within a profile each layer
 * weighs 1 / modelled cycles, so that the fit keeps the total: with one profile the scale alone is measured total / modelled total.
 * An offset for each operator is taken only where it lowers the error on layers that were left out by a tenth. The whole is then drawn
 * towards the estimate by what was known of the board before (`timingSpread`): a profile also shows what its one model deviates by.
 */
export function calibrate(pairs: readonly CalibrationPair[]): CalibrationOutcome {
  const reason = refusal(pairs);
  if (reason !== undefined) return { known: false, reason };
  const profiles: FitPoint[][] = [];
  for (const pair of pairs) {
    const points = pointsOf(pair);
    if (typeof points === 'string') return { known: false, reason: points };
    profiles.push(points);
  }
  const points = profiles.flat();
  const { line: measured, withOffset } = bestLine(points);
  if (measured === undefined || !(measured.scale > 0)) return { known: false, reason: nothingToFit };
  const fit = withOffset ? fitScaleAndOffset : fitScale;
  const spread = timingSpread(pairs[0].report.target);
  const prior = spread && priorOf(spread, measured, profiles);
  const line = prior === undefined ? measured : drawn(measured, prior);
  const quality = qualityOf(profiles, line, fit);
  return { known: true, quality, calibration: calibrationOf({ pairs, profiles, line, fit, prior }) };
}

/** What was known of the board before, and what the profiles weigh against it. */
interface Prior {
  readonly spread: TimingSpread;
  readonly weight: number;
  /** The mean logarithm of the fitted over the modelled totals of the profiles. */
  readonly logRatio: number;
}

function priorOf(spread: TimingSpread, line: Line, profiles: readonly (readonly FitPoint[])[]): Prior | undefined {
  const logs = profiles.map(totalOf).map((total) => Math.log(predicted(line, total) / total.modelled));
  const logRatio = sum(logs) / logs.length;
  if (!Number.isFinite(logRatio)) return undefined;
  return { spread, logRatio, weight: evidenceWeight(spread, profiles.length, logRatio) };
}

/** The line with its mean ratio r to the estimates made r^weight. */
function drawn({ scale, offset }: Line, { weight, logRatio }: Prior): Line {
  const factor = Math.exp((weight - 1) * logRatio);
  return { scale: scale * factor, offset: offset * factor };
}

type Fit = (sums: FitSums) => Line | undefined;

const nothingToFit = 'The measured times are all zero, so there is nothing to correct the estimates by. Measure again.';

/** Points of one pair, or the whole sentence why there are none. */
function pointsOf({ report, measurement }: CalibrationPair): FitPoint[] | string {
  const clockHz = measurement.clockHz ?? report.target.clockHz;
  const cyclesOf = (cycles: number | undefined, ms: number | undefined): number | undefined =>
    cycles ?? (ms === undefined || clockHz === undefined ? undefined : (ms / 1000) * clockHz);
  if (measurement.layers.length === 0) {
    const modelled = report.latency?.cycles;
    const measured = cyclesOf(measuredTotal(measurement, 'cycles'), measuredTotal(measurement, 'ms'));
    if (modelled === undefined || measured === undefined) return noCycles(report);
    return [{ modelled, measured, count: report.layers.length, weight: 1 / modelled ** 2 }];
  }
  const match = matchLayers(report.layers, measurement.layers);
  if (!match.matched) return match.reason;
  const points = match.layers.map(({ cycles, ms }, index) => {
    return { modelled: report.layers[index].cycles ?? 0, measured: cyclesOf(cycles, ms) };
  });
  const used = points.filter(
    (point): point is { modelled: number; measured: number } => point.modelled > 0 && point.measured !== undefined,
  );
  const total = sum(used.map(({ modelled }) => modelled));
  if (used.length === 0) return noCycles(report);
  return used.map(({ modelled, measured }) => ({ modelled, measured, count: 1, weight: 1 / (modelled * total) }));
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

function bestLine(points: readonly FitPoint[]): { readonly line: Line | undefined; readonly withOffset: boolean } {
  const sums = fitSums(points);
  const scale = fitScale(sums);
  const both = points.length < fewestLayersForOffset ? undefined : fitScaleAndOffset(sums);
  if (scale === undefined || both === undefined || !(both.scale > 0)) return { line: scale, withOffset: false };
  const isPositive = points.every((point) => predicted(both, point) > 0);
  const misses = (fit: Fit): number =>
    sum(leftOut(points, fit).map(({ predicted: p, measured }) => Math.abs(p - measured)));
  const withOffset = isPositive && misses(fitScaleAndOffset) < gainOfOffset * misses(fitScale);
  return { line: withOffset ? both : scale, withOffset };
}

interface Prediction {
  readonly predicted: number;
  readonly measured: number;
}

/** Each point predicted by the fit to all others; none where a fit to the others is not possible. */
function leftOut(points: readonly FitPoint[], fit: Fit): readonly Prediction[] {
  if (points.length < 2) return [];
  const sums = fitSums(points);
  return points.flatMap((point) => {
    const line = fit(added(sums, point, -1));
    return line === undefined ? [] : [{ predicted: predicted(line, point), measured: point.measured }];
  });
}

function qualityOf(profiles: readonly (readonly FitPoint[])[], line: Line, fit: Fit): CalibrationQuality {
  const layers = profiles.filter((points) => points.length > 1).flat();
  const totals = profiles.map(totalOf);
  const unchanged: Line = { scale: 1, offset: 0 };
  const by = (points: readonly FitPoint[], of: Line): CalibrationErrors =>
    errorsOf(points.map((point) => ({ predicted: predicted(of, point), measured: point.measured })));
  const others = leftOutTotals(profiles, fit);
  return {
    ...(layers.length < 2
      ? {}
      : {
          layers: { before: by(layers, unchanged), after: by(layers, line), leftOut: errorsOf(leftOut(layers, fit)) },
        }),
    totals: {
      before: by(totals, unchanged),
      after: by(totals, line),
      ...(others.length === 0 ? {} : { leftOut: errorsOf(others) }),
    },
  };
}

function totalOf(points: readonly FitPoint[]): FitPoint {
  const of = (key: 'modelled' | 'measured' | 'count'): number => sum(points.map((point) => point[key]));
  return { modelled: of('modelled'), measured: of('measured'), count: of('count'), weight: 1 };
}

function leftOutTotals(profiles: readonly (readonly FitPoint[])[], fit: Fit): readonly Prediction[] {
  if (profiles.length < 2) return [];
  return profiles.flatMap((points, index) => {
    const line = fit(fitSums(profiles.filter((_, other) => other !== index).flat()));
    const total = totalOf(points);
    return line === undefined ? [] : [{ predicted: predicted(line, total), measured: total.measured }];
  });
}

function errorsOf(predictions: readonly Prediction[]): CalibrationErrors {
  const shares = predictions
    .filter(({ measured }) => measured > 0)
    .map(({ predicted: value, measured }) => Math.abs(value - measured) / measured);
  return shares.length === 0 ? { median: 0, worst: 0 } : { median: median(shares), worst: Math.max(...shares) };
}

/**
 * The band: with three profiles or more, what other profiles said of each one's total; else what the spread of models leaves open; where
 * that is not known, the share of the cycles that the fit to the other layers puts in the wrong place.
 */
function bandOf(
  profiles: readonly (readonly FitPoint[])[],
  fit: Fit,
  prior: Prior | undefined,
): { readonly low?: number; readonly high?: number } {
  if (profiles.length >= 3) {
    const ratios = leftOutTotals(profiles, fit).map(({ predicted: value, measured }) => measured / value);
    return { low: Math.min(1, ...ratios), high: Math.max(1, ...ratios) };
  }
  if (prior !== undefined) return predictiveBand(prior.spread, profiles.length, prior.weight);
  const predictions = leftOut(profiles.flat(), fit);
  if (predictions.length === 0) return {};
  const missed = sum(predictions.map(({ predicted: value, measured }) => Math.abs(value - measured)));
  const share = Math.min(0.9, missed / sum(predictions.map(({ measured }) => measured)));
  return { low: 1 - share, high: 1 + share };
}

interface Fitted {
  readonly pairs: readonly CalibrationPair[];
  readonly profiles: readonly (readonly FitPoint[])[];
  readonly line: Line;
  readonly fit: Fit;
  readonly prior: Prior | undefined;
}

function calibrationOf({ pairs, profiles, line: { scale, offset }, fit, prior }: Fitted): Calibration {
  const [{ report, measurement }] = pairs;
  const points = profiles.flat().length;
  const optimizations = new Set(pairs.map(({ measurement: { optimization } }) => optimization));
  const optimization = optimizations.size === 1 ? (measurement.optimization as Optimization | undefined) : undefined;
  const offsetText =
    offset === 0 ? '' : ` and ${offset < 0 ? '-' : '+'}${groupDigits(Math.abs(offset))} cycles for each operator`;
  return {
    board: measurement.board,
    runtime: runtimeById(report.target.runtime)?.id ?? 'tflm-reference',
    ...(optimization === undefined ? {} : { optimization }),
    scale,
    cyclesPerOperator: offset,
    ...bandOf(profiles, fit, prior),
    source:
      `Calibrated on this board with ${profiles.length === 1 ? '1 profile' : `${profiles.length} profiles`} ` +
      `(${points === 1 ? '1 figure' : `${points} figures`}): modelled cycles x ${Number(scale.toPrecision(4))}${offsetText}.` +
      weightText(prior),
  };
}

function weightText(prior: Prior | undefined): string {
  const share = Math.round((prior?.weight ?? 1) * 100);
  if (share === 100) return '';
  return ` The measured ratio counts ${share} %, what was known of the board before ${100 - share} %, since models differ.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
