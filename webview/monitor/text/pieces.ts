import type { AnsiStyle, StyledSpan } from '../../../src/core/serial/ansi';

/** A marked stretch of a line: a highlight rule's colour, or a match of the search. */
export interface MarkedRange {
  readonly column: number;
  readonly length: number;
  readonly mark: MarkKind;
}

/** 0 to 15: a terminal colour. */
type MarkKind = number | 'match' | 'current';

/** A stretch of text that is drawn in one way. */
export interface Piece {
  readonly text: string;
  readonly style: AnsiStyle;
  readonly mark?: MarkKind;
}

/** Longer lines are drawn up to here; copying and saving have all of them. */
const drawnCharacters = 4000;

/** Cuts the spans of a line where marks begin and end. Of marks that overlap the later in the list is seen. */
export function piecesOf(spans: readonly StyledSpan[], marks: readonly MarkedRange[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let column = 0;
  for (const { text, style } of spans) {
    if (column >= drawnCharacters) break;
    const end = Math.min(column + text.length, drawnCharacters);
    const edges = edgesBetween(marks, column, end);
    for (let index = 1; index < edges.length; index += 1) {
      const piece = text.slice(edges[index - 1] - column, edges[index] - column);
      const mark = markAt(marks, edges[index - 1]);
      pieces.push(mark === undefined ? { text: piece, style } : { text: piece, style, mark });
    }
    column += text.length;
  }
  return pieces;
}

/** How many characters of a line are not drawn. */
export function hiddenCharacters(spans: readonly StyledSpan[]): number {
  return Math.max(0, spans.reduce((sum, { text }) => sum + text.length, 0) - drawnCharacters);
}

function edgesBetween(marks: readonly MarkedRange[], from: number, to: number): readonly number[] {
  if (marks.length === 0) return from < to ? [from, to] : [];
  const inner = marks.flatMap(({ column, length }) => [column, column + length]).filter((at) => at > from && at < to);
  return [...new Set([from, ...inner, to])].sort((a, b) => a - b);
}

function markAt(marks: readonly MarkedRange[], column: number): MarkKind | undefined {
  let mark: MarkKind | undefined;
  for (const range of marks) if (column >= range.column && column < range.column + range.length) mark = range.mark;
  return mark;
}
