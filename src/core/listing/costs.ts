import type { LayerFacts, MeasuredFigure, Report } from '../estimate/report';
import { compactBytes, compactCount, compactDifference, compactShare } from '../text/compact';
import { millisecondsText } from '../text/units';
import type { CostCell } from './listing';

/** Widths of the four cost columns, in characters: RAM at the step, flash, cycles, share. */
const widths = [7, 7, 7, 6] as const;
/** Of the two more where something was measured: cycles or time on the board, and how far the estimate is from it. */
const measuredWidths = [9, 6] as const;

/** What stands in a cost cell of a listing, always of the same width. */
export function costCellText(cell: CostCell, report: Report): string {
  if (cell.kind === 'head') return `${costHeader(report)}  `;
  if (cell.kind === 'blank' || cell.layer === undefined) return ' '.repeat(costHeader(report).length + 2);
  return `${costHint(report.layers[cell.layer], report)}  `;
}

/** The head of the cost columns; the third is instructions where no cycles are known for the target. */
function costHeader(report: Report): string {
  const head = row(['RAM', 'flash', costName(report), 'share']);
  return report.measured === undefined ? head : head + measuredRow('measured', 'error');
}

/** The costs of one operator in columns of fixed width: `  12.3K   2.9K   1.90M  14%`. What is not known is `-`. */
function costHint(layer: LayerFacts, report: Report): string {
  const cost = costOf(layer);
  const total = report.layers.reduce((sum, each) => sum + (costOf(each) ?? 0), 0);
  return row([
    compactBytes(layer.ramBytes),
    compactBytes(layer.flashBytes),
    compactCount(cost),
    cost === undefined || total === 0 ? '-' : compactShare(cost / total),
  ]).concat(report.measured === undefined ? '' : measuredCells(layer.measured));
}

/** The last row: peak RAM, flash, cycles of the whole model. */
export function costTotals(report: Report): string {
  const known = report.layers.map(costOf).filter((cost) => cost !== undefined);
  const total = known.length === 0 ? undefined : known.reduce((sum, cost) => sum + cost, 0);
  return row([
    compactBytes(report.arena?.minimumBytes),
    compactBytes(report.flash?.totalBytes),
    compactCount(total),
    '',
  ]).concat(report.measured === undefined ? '' : measuredCells(report.measured));
}

/** What was measured, and the estimate's error: `  1.95M   -3%`. */
function measuredCells(measured: MeasuredFigure | undefined): string {
  const { cycles, ms, difference } = measured ?? {};
  const figure = cycles === undefined && ms !== undefined ? millisecondsText(ms) : compactCount(cycles);
  return measuredRow(figure, difference === undefined ? '-' : compactDifference(difference));
}

function measuredRow(figure: string, difference: string): string {
  return figure.padStart(measuredWidths[0]) + difference.padStart(measuredWidths[1]);
}

/** What the third column holds. */
export function costName(report: Report): 'cycles' | 'instr.' {
  return report.layers.some((layer) => layer.cycles !== undefined) ? 'cycles' : 'instr.';
}

/** Cycles where the target has any, else instructions: what the third column and shares are of. */
export function costOf(layer: LayerFacts): number | undefined {
  return layer.cycles ?? layer.instructions;
}

function row(cells: readonly [string, string, string, string]): string {
  return cells.map((cell, column) => cell.padStart(widths[column])).join('');
}
