import { Lender } from './borrowed';
import { modelGroups } from './groups';
import { measuredRows, type Row, type Skipped } from './rows';
import { sweptRows } from './sweeps';
import { fitVariant, type Prediction, type VariantFit } from './variantFit';

/** Fits by build, library and variant, with what each predicts for the models and shapes that it has not seen. */
export interface LeaveOutFits {
  readonly fits: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, VariantFit>>>>>>;
  readonly predictions: readonly Prediction[];
  /** Every counted operator, shared kernels once for each library. */
  readonly rows: readonly Row[];
  readonly skipped: readonly Skipped[];
  /** Counted and swept rows that were fitted. */
  readonly fitted: readonly Row[];
}

/** Fits every variant on every build to the counts in `folder` and to the swept shapes. */
export function leaveOutFits(folder: string): LeaveOutFits {
  const { rows, skipped } = measuredRows(folder);
  const fittedRows = withoutRepeats([...rows, ...sweptRows()]);
  const groups = modelGroups(
    fittedRows.filter((row) => !row.swept && row.build === 'cortex-m4f O2' && row.library !== 'cmsis_nn'),
  );
  const lender = new Lender(fittedRows);
  const fits: Record<string, Record<string, Record<string, VariantFit>>> = {};
  const predictions: Prediction[] = [];
  for (const [build, variants] of byBuild(fittedRows)) {
    for (const key of lender.unseen(build, new Set(variants.keys()))) variants.set(key, []);
    for (const [key, members] of variants) {
      const [library, variant] = key.split('|') as [string, string];
      const borrow = lender.borrow(build, key, members);
      const result = fitVariant(members, { groupOf: (model) => groups.get(model) ?? model, borrow });
      if (Object.keys(result.fit.instructions).length === 0) continue;
      ((fits[build] ??= {})[library] ??= {})[variant] = result.fit;
      predictions.push(...result.predictions);
    }
  }
  return { fits, predictions, rows, skipped, fitted: fittedRows };
}

/** Shared kernels were counted with both libraries: one of the two rows is kept. */
function withoutRepeats(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = [row.model, row.operator, row.library, row.build].join('|');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function byBuild(rows: readonly Row[]): ReadonlyMap<string, Map<string, Row[]>> {
  const builds = new Map<string, Map<string, Row[]>>();
  for (const row of rows) {
    const variants = builds.get(row.build) ?? new Map<string, Row[]>();
    builds.set(row.build, variants);
    const key = `${row.library}|${row.call.variant}`;
    const members = variants.get(key) ?? [];
    variants.set(key, members);
    members.push(row);
  }
  return builds;
}
