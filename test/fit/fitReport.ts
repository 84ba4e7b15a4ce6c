import type { Row, Skipped } from './rows';
import type { ErrorSummary, Prediction, VariantFit } from './variantFit';
import { quantile } from './variantFit';

type Fits = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, VariantFit>>>>>>;

/** Prints the error tables: variants, worst first, then whole models. */
export function report(
  predictions: readonly Prediction[],
  rows: readonly Row[],
  skipped: readonly Skipped[],
  fits: Fits,
): void {
  variants(fits);
  operators(predictions);
  models(predictions, rows, skipped);
}

function variants(fits: Fits): void {
  console.log('variant | build | rows | models | swept | held-out p50 p90 max % | swept p50 p90 max %');
  const lines: { text: string; p90: number }[] = [];
  for (const [build, libraries] of Object.entries(fits)) {
    for (const [library, table] of Object.entries(libraries)) {
      for (const [variant, fit] of Object.entries(table)) {
        const errors = fit.heldOut;
        const figures = [errors, fit.sweptHeldOut].map(errorText).join(' | ');
        const counts = [fit.rows, fit.models, fit.swept].join(' | ');
        lines.push({
          text: `${library} ${variant} | ${build} | ${counts} | ${figures}`,
          p90: errors?.p90 ?? fit.sweptHeldOut?.p90 ?? 9,
        });
      }
    }
  }
  lines.sort((a, b) => b.p90 - a.p90);
  for (const line of lines) console.log(line.text);
}

function errorText(errors: ErrorSummary | undefined): string {
  return errors === undefined ? '-' : [errors.p50, errors.p90, errors.max].map(percent).join(' ');
}

/** Operators that make 1 % or more of their model. */
function operators(predictions: readonly Prediction[]): void {
  for (const [build, members] of grouped(predictions)) {
    const errors = members
      .filter((p) => p.heldOut && !p.row.swept && p.row.instructions * 100 >= p.row.total)
      .map((p) => Math.abs(p.predicted / p.row.instructions - 1))
      .sort((a, b) => a - b);
    const figures = [0.5, 0.9, 0.95, 1].map((share) => percent(quantile(errors, share))).join(' ');
    console.log(`operators >= 1 % of a model, ${build}: ${String(errors.length)} rows, p50 p90 p95 max ${figures} %`);
  }
}

function models(predictions: readonly Prediction[], rows: readonly Row[], skipped: readonly Skipped[]): void {
  const own = new Map<string, number>();
  for (const p of predictions) if (p.heldOut && !p.row.swept) own.set(keyOf(p.row), p.predicted);
  const sums = new Map<string, Map<string, { predicted: number; measured: number; missing: number }>>();
  const add = (build: string, model: string, measured: number, predicted: number | undefined): void => {
    const table = sums.get(build) ?? new Map<string, { predicted: number; measured: number; missing: number }>();
    sums.set(build, table);
    const sum = table.get(model) ?? { predicted: 0, measured: 0, missing: 0 };
    table.set(model, sum);
    if (predicted === undefined) sum.missing += measured;
    else {
      sum.measured += measured;
      sum.predicted += predicted;
    }
  };
  for (const row of rows) add(`${row.source} ${row.build}`, row.model, row.instructions, own.get(keyOf(row)));
  for (const skip of skipped) add(`${skip.library} ${skip.build}`, skip.model, skip.instructions, undefined);
  for (const [build, table] of sums) {
    const known = [...table].filter(([, sum]) => sum.missing < 0.05 * (sum.measured + sum.missing));
    const errors = known
      .map(([model, sum]) => ({ model, error: Math.abs(sum.predicted / sum.measured - 1) }))
      .sort((a, b) => a.error - b.error);
    const list = errors.map((e) => e.error);
    const figures = [0.5, 0.9, 0.95, 1].map((share) => percent(quantile(list, share))).join(' ');
    console.log(
      `whole models, ${build}: ${String(known.length)} of ${String(table.size)}, p50 p90 p95 max ${figures} %`,
    );
    const worst = errors.slice(-6).reverse();
    console.log(`   worst: ${worst.map((e) => `${e.model} ${percent(e.error)}`).join(', ')}`);
  }
}

function keyOf(row: Row): string {
  return `${row.library}|${row.build}|${row.model}|${String(row.operator)}`;
}

function grouped(predictions: readonly Prediction[]): ReadonlyMap<string, readonly Prediction[]> {
  const groups = new Map<string, Prediction[]>();
  for (const p of predictions) {
    const key = `${p.row.library} ${p.row.build}`;
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return groups;
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}

/** Prints every row of one variant on one build (`cmsis_nn|conv 1x1 s8|cortex-m4f O2`), worst first. */
export function explain(predictions: readonly Prediction[], asked: string): void {
  const rows = predictions.filter((p) => [p.row.library, p.row.call.variant, p.row.build].join('|') === asked);
  const worst = [...rows].sort((a, b) => errorOf(b) - errorOf(a));
  for (const p of worst) {
    const { model, operator, instructions, call } = p.row;
    const error = percent(p.predicted / instructions - 1);
    console.log(`${error} % ${model} ${String(operator)} ${String(instructions)} ${JSON.stringify(call.counts)}`);
  }
}

function errorOf(p: Prediction): number {
  return Math.abs(p.predicted / p.row.instructions - 1);
}
