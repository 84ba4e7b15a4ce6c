import type { TextEdit } from './problem';
import type { Span } from './span';

/** The text of a file after its edits. */
export function textAfter(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offsetOf = (line: number, column: number): number => (starts.at(line) ?? text.length) + column;
  return [...edits]
    .map(({ span, text: replacement }) => ({
      start: offsetOf(span.line, span.column),
      end: offsetOf(span.endLine, span.endColumn),
      replacement,
    }))
    .sort((left, right) => right.start - left.start)
    .reduce((before, { start, end, replacement }) => before.slice(0, start) + replacement + before.slice(end), text);
}

/** The place of a stretch of a text. */
export function spanOf(text: string, offset: number, length: number): Span {
  const starts = lineStarts(text);
  const [line, column] = positionOf(starts, offset);
  const [endLine, endColumn] = positionOf(starts, offset + length);
  return { line, column, endLine, endColumn };
}

function positionOf(starts: readonly number[], offset: number): readonly [line: number, column: number] {
  const line = starts.filter((start) => start <= offset).length - 1;
  return [line, offset - starts[line]];
}

/** Offsets at which the lines begin; a line ends with CR, LF or both. */
function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
}
