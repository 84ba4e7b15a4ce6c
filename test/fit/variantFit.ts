import { nonNegativeLeastSquares } from './leastSquares';
import type { Row } from './rows';

/** What is fitted for one variant on one build. */
export interface VariantFit {
  readonly instructions: Readonly<Record<string, number>>;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly models: number;
  readonly swept: number;
  /** Relative errors on models left out: absent with fewer than two groups of models and no swept shapes. */
  readonly heldOut?: ErrorSummary;
  /** The same on swept shapes, left out in five parts. */
  readonly sweptHeldOut?: ErrorSummary;
}

export interface ErrorSummary {
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

/** A row with what was predicted for it by a fit that did not see its model. */
export interface Prediction {
  readonly row: Row;
  readonly predicted: number;
  readonly heldOut: boolean;
}

/** Fits the rows of one variant on one build; `groupOf` tells which models are left out together. */
export function fitVariant(
  rows: readonly Row[],
  groupOf: (model: string) => string,
): { readonly fit: VariantFit; readonly predictions: readonly Prediction[] } {
  const names = countNames(rows);
  const all = coefficients(rows, names);
  const predictions = leaveOut(rows, names, groupOf);
  const errors = relativeErrors(predictions.filter((p) => p.heldOut && !p.row.swept));
  const sweptErrors = relativeErrors(predictions.filter((p) => p.heldOut && p.row.swept));
  const real = rows.filter((row) => !row.swept);
  const groups = new Set(real.map((row) => groupOf(row.model))).size;
  return {
    fit: {
      instructions: all,
      ...band(predictions, groups, rows.length - real.length),
      rows: real.length,
      models: new Set(real.map((row) => row.model)).size,
      swept: rows.length - real.length,
      ...(errors.length === 0 ? {} : { heldOut: summary(errors) }),
      ...(sweptErrors.length === 0 ? {} : { sweptHeldOut: summary(sweptErrors) }),
    },
    predictions,
  };
}

function relativeErrors(predictions: readonly Prediction[]): readonly number[] {
  return predictions.map((p) => Math.abs(p.predicted / p.row.instructions - 1)).sort((a, b) => a - b);
}

function summary(errors: readonly number[]): ErrorSummary {
  return { p50: rounded(errors, 0.5), p90: rounded(errors, 0.9), max: rounded(errors, 1) };
}

function countNames(rows: readonly Row[]): readonly string[] {
  const names = new Set<string>();
  for (const row of rows) {
    for (const [name, count] of Object.entries(row.call.counts)) if (count > 0) names.add(name);
  }
  return [...names];
}

/** Relative least squares: every row weighs the same, whatever its size. */
function coefficients(rows: readonly Row[], names: readonly string[]): Readonly<Record<string, number>> {
  const matrix = rows.map((row) => Float64Array.from(names, (name) => (row.call.counts[name] ?? 0) / row.instructions));
  const solution = nonNegativeLeastSquares(matrix, new Float64Array(rows.length).fill(1));
  const result: Record<string, number> = {};
  names.forEach((name, i) => {
    const value = solution[i] ?? 0;
    if (value > 0) result[name] = Number(value.toPrecision(6));
  });
  return result;
}

export function predict(instructions: Readonly<Record<string, number>>, row: Row): number {
  let sum = 0;
  for (const [name, each] of Object.entries(instructions)) sum += each * (row.call.counts[name] ?? 0);
  return sum;
}

/** Swept shapes are left out in this many parts. */
const sweptParts = 5;

function leaveOut(
  rows: readonly Row[],
  names: readonly string[],
  groupOf: (model: string) => string,
): readonly Prediction[] {
  const partOf = (row: Row): string => (row.swept ? `swept ${String(row.operator % sweptParts)}` : groupOf(row.model));
  const predictions: Prediction[] = [];
  for (const part of new Set(rows.map(partOf))) {
    const test = rows.filter((row) => partOf(row) === part);
    const train = rows.filter((row) => partOf(row) !== part);
    const heldOut = train.length > 0;
    const fitted = coefficients(heldOut ? train : test, names);
    for (const row of test) predictions.push({ row, predicted: predict(fitted, row), heldOut });
  }
  return predictions;
}

/** Band from measured / predicted on models left out; wider with fewer groups of models, 30 % where nothing was left out. */
function band(
  predictions: readonly Prediction[],
  groups: number,
  swept: number,
): { readonly low: number; readonly high: number } {
  const ratios = predictions
    .filter((p) => p.heldOut && p.predicted > 0)
    .map((p) => p.row.instructions / p.predicted)
    .sort((a, b) => a - b);
  if (ratios.length === 0) return { low: 0.7, high: 1.3 };
  const widen = 1 + 3 / Math.max(1, groups + (swept > 0 ? 6 : 0));
  const below = Math.max(0.002, 1 - quantile(ratios, 0.05)) * widen;
  const above = Math.max(0.002, quantile(ratios, 0.95) - 1) * widen;
  return { low: Number(Math.max(0.1, 1 - below).toFixed(4)), high: Number((1 + above).toFixed(4)) };
}

function rounded(sorted: readonly number[], share: number): number {
  return Number(quantile(sorted, share).toFixed(5));
}

/** The value below which a share of `sorted` lies (nearest rank). */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}
