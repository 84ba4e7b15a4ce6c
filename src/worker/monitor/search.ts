import { searchExpression } from '../../core/serial/historySearch';
import { lineText } from '../../core/serial/lines';
import { withoutAnsi } from '../../core/serial/ansi';
import { CancelledError } from '../../protocol/rpc';
import type { Call } from '../../protocol/rpc';
import type { SearchMessage, SearchReply } from '../../protocol/monitor';
import type { RowMatch } from '../../protocol/monitorState';
import { guarded } from '../../serial/guarded';
import type { MonitorStream } from './stream';

const rowsPerStep = 5000;
const mostMatches = 10_000;
const matchesPerLine = 64;

/**
 * Searches the rows that are shown, in steps between which data and other questions are heard.
 * @throws {HumanError} where the expression is wrong or takes too long.
 */
export async function searchRows(
  stream: MonitorStream,
  { pattern, fromRow, direction, maximumMatches }: Omit<SearchMessage, 'type' | 'tab'>,
  { signal }: Call,
): Promise<SearchReply> {
  const expression = searchExpression(pattern);
  const { generation } = stream;
  const limit = Math.max(1, Math.min(maximumMatches, mostMatches));
  const matches: RowMatch[] = [];
  let at = Math.max(stream.rowRange.first, Math.min(fromRow, stream.rowRange.end - (direction === 'forward' ? 0 : 1)));
  for (;;) {
    if (signal.aborted) throw new CancelledError();
    const { first, end } = stream.rowRange;
    const from = direction === 'forward' ? at : Math.max(first, at - rowsPerStep + 1);
    const to = direction === 'forward' ? Math.min(end, at + rowsPerStep) : at + 1;
    if (from >= to || stream.generation !== generation) return { generation, matches, hasMore: false };
    const found = matchesIn(stream, expression, { from, to });
    matches.push(...(direction === 'forward' ? found : found.reverse()));
    if (matches.length >= limit) return { generation, matches: matches.slice(0, limit), hasMore: true };
    at = direction === 'forward' ? to : from - 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function matchesIn(stream: MonitorStream, expression: RegExp, { from, to }: { from: number; to: number }): RowMatch[] {
  const texts = [...stream.rows(from, to)].map(({ row, line }) => ({ row, text: withoutAnsi(lineText(line.bytes)) }));
  return guarded(() => texts.flatMap(({ row, text }) => matchesOf(row, text, expression)));
}

function matchesOf(row: number, text: string, expression: RegExp): readonly RowMatch[] {
  const found: RowMatch[] = [];
  for (const match of text.matchAll(expression)) {
    found.push({ row, column: match.index, length: match[0].length });
    if (found.length >= matchesPerLine) break;
  }
  return found;
}
