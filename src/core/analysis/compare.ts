import type { Report } from '../estimate/report';
import { HumanError } from '../model/problem';
import { analyse } from './analyse';
import type { AnalysisRequest } from './analysis';

/** A model on one board with one runtime. */
export interface ComparedTarget {
  readonly board: string;
  readonly runtime?: string;
  readonly report?: Report;
  /** Why it does not fit or cannot run, as complete sentences; empty when it does. */
  readonly reasons: readonly string[];
}

/** Most boards that are compared at once. */
const mostBoards = 100;

/**
 * The same model on several boards: those on which it runs and fits first, the fastest of them first; what does not fit
 * comes last, with the reason. An unknown board fails the whole comparison: a typing error must not look like a board
 * that does not fit.
 */
export function compareBoards(
  requestOn: (board: string) => AnalysisRequest,
  boards: readonly string[],
): readonly ComparedTarget[] {
  if (boards.length === 0 || boards.length > mostBoards) {
    throw new HumanError('usage-boards', `Name 1 to ${mostBoards} boards to compare, with commas between them.`);
  }
  return [...new Set(boards)].map((board) => onBoard(requestOn(board), board)).sort(byRank);
}

function onBoard(request: AnalysisRequest, board: string): ComparedTarget {
  const { report } = analyse(request);
  const reasons = report.findings.filter(({ severity, layer }) => severity === 'error' && layer === undefined);
  const refused = report.findings.filter(({ severity, layer }) => severity === 'error' && layer !== undefined);
  const sentences = reasons.length > 0 ? reasons : refused.slice(0, 1);
  return { board, runtime: report.target.runtime, report, reasons: sentences.map(({ message }) => message) };
}

/** Fitting before not fitting, known time before unknown, faster before slower. */
function byRank(a: ComparedTarget, b: ComparedTarget): number {
  const fits = Number(b.reasons.length === 0) - Number(a.reasons.length === 0);
  return (
    fits || (a.report?.latency?.ms ?? Infinity) - (b.report?.latency?.ms ?? Infinity) || a.board.localeCompare(b.board)
  );
}
