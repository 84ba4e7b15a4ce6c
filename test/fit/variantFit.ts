import type { LoopCounts } from '../../src/core/runtimes/cost/kernelCall';
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
  /** Swept rows whose figures are those of the Cortex-M4, scaled. */
  readonly borrowed?: number;
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
  /** For the data that take least and most work. */
  readonly least: number;
  readonly most: number;
  readonly heldOut: boolean;
}

/** What is known of the models when a variant is fitted. */
export interface FitContext {
  /** Which models are left out together. */
  readonly groupOf: (model: string) => string;
  /** Rows that may be borrowed from another build, given the counted rows that the fit may see. */
  readonly borrow?: (seen: readonly Row[]) => readonly Row[];
}

/** Fits the counted and swept rows of one variant on one build. */
export function fitVariant(
  rows: readonly Row[],
  { groupOf, borrow = () => [] }: FitContext,
): { readonly fit: VariantFit; readonly predictions: readonly Prediction[] } {
  const lent = borrow(rows);
  const predictions = leaveOut(rows, { groupOf, borrow });
  const errors = relativeErrors(predictions.filter((p) => p.heldOut && !p.row.swept));
  const sweptErrors = relativeErrors(predictions.filter((p) => p.heldOut && p.row.swept));
  const real = rows.filter((row) => !row.swept);
  const borrowed = lent.length;
  const groups = new Set(real.map((row) => groupOf(row.model))).size;
  return {
    fit: {
      instructions: fitted([...rows, ...lent]),
      ...band(predictions, groups, { swept: rows.length - real.length, borrowed }),
      rows: real.length,
      models: new Set(real.map((row) => row.model)).size,
      swept: rows.length - real.length,
      ...(borrowed === 0 ? {} : { borrowed }),
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

/** Weight of a swept shape against an operator of a model: such shapes are small, and there are many. */
const sweptWeight = 0.4;

/** Relative least squares: every counted row weighs the same, whatever its size; borrowed rows weigh less. */
export function fitted(rows: readonly Row[]): Readonly<Record<string, number>> {
  const names = countNames(rows);
  const weights = rows.map((row) => row.weight ?? (row.swept ? sweptWeight : 1));
  const matrix = rows.map((row, r) =>
    Float64Array.from(names, (name) => ((weights[r] ?? 1) * (row.call.counts[name] ?? 0)) / row.instructions),
  );
  const solution = nonNegativeLeastSquares(matrix, Float64Array.from(weights));
  const result: Record<string, number> = {};
  names.forEach((name, i) => {
    const value = solution[i] ?? 0;
    if (value > 0) result[name] = Number(value.toPrecision(6));
  });
  return result;
}

/** Instructions of loops that run `counts` times. */
export function evaluated(instructions: Readonly<Record<string, number>>, counts: LoopCounts): number {
  let sum = 0;
  for (const [name, each] of Object.entries(instructions)) sum += each * (counts[name] ?? 0);
  return sum;
}

/** Swept shapes are left out in this many parts. */
const sweptParts = 5;

function leaveOut(rows: readonly Row[], { groupOf, borrow }: Required<FitContext>): readonly Prediction[] {
  const partOf = (row: Row): string => (row.swept ? `swept ${String(row.operator % sweptParts)}` : groupOf(row.model));
  const predictions: Prediction[] = [];
  for (const part of new Set(rows.map(partOf))) {
    const test = rows.filter((row) => partOf(row) === part);
    const train = rows.filter((row) => partOf(row) !== part);
    const known = [...train, ...borrow(train)];
    const heldOut = known.length > 0;
    const instructions = fitted(heldOut ? known : test);
    for (const row of test) {
      const predicted = evaluated(instructions, row.call.counts);
      const least = evaluated(instructions, row.call.fewest ?? row.call.counts);
      const most = evaluated(instructions, row.call.most ?? row.call.counts);
      predictions.push({ row, predicted, least, most, heldOut });
    }
  }
  return predictions;
}

/**
 * Band from measured / predicted on models left out; wider with fewer groups of models, 30 % where nothing was left
 * out. Where the work depends on the data, what counts is how far a row lies outside of the least and most that are
 * predicted for it.
 */
function band(
  predictions: readonly Prediction[],
  groups: number,
  more: { readonly swept: number; readonly borrowed: number },
): { readonly low: number; readonly high: number } {
  const known = predictions.filter((p) => p.heldOut && p.predicted > 0);
  if (known.length === 0) return more.borrowed > 0 ? { low: 0.85, high: 1.15 } : { low: 0.7, high: 1.3 };
  const ratios = (bound: (p: Prediction) => number): readonly number[] =>
    known.map((p) => p.row.instructions / bound(p)).sort((a, b) => a - b);
  const widen = 1 + 3 / Math.max(1, groups + (more.swept > 0 ? 6 : more.borrowed > 0 ? 3 : 0));
  const below =
    Math.max(
      0.002,
      1 -
        quantile(
          ratios((p) => p.least),
          0.05,
        ),
    ) * widen;
  const above =
    Math.max(
      0.002,
      quantile(
        ratios((p) => p.most),
        0.95,
      ) - 1,
    ) * widen;
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
