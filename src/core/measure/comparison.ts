import type { MeasuredFigure, Report } from '../estimate/report';
import { compactCount, compactDifference } from '../text/compact';
import { millisecondsText } from '../text/units';

/** A table ready to show; `numeric` are the columns whose figures align right. */
interface ComparisonTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly numeric: readonly number[];
}

/** Estimated and measured side by side, a row an operator of the main graph, and the whole in the last row. */
export function comparisonTable(report: Report): ComparisonTable {
  const layers = report.layers.filter(({ measured }) => measured !== undefined);
  const rows = layers.map((layer) => [`${layer.index}`, layer.name, layer.operator, ...figures(layer, layer.measured)]);
  const whole = ['', 'whole model', '', ...figures(report.latency ?? {}, report.measured)];
  return {
    headings: ['#', 'name', 'operator', 'estimated', 'measured', 'time', 'error'],
    rows: [...rows, whole],
    numeric: [0, 3, 4, 5, 6],
  };
}

function figures(
  estimated: { readonly cycles?: number; readonly ms?: number },
  measured: MeasuredFigure | undefined,
): readonly string[] {
  const { cycles, ms, difference } = measured ?? {};
  const isTime = cycles === undefined && ms !== undefined;
  return [
    isTime && estimated.ms !== undefined ? millisecondsText(estimated.ms) : compactCount(estimated.cycles),
    isTime ? millisecondsText(ms) : compactCount(cycles),
    ms === undefined ? '-' : millisecondsText(ms),
    difference === undefined ? '-' : compactDifference(difference),
  ];
}
