/** A place in a text, zero-based, end exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A stretch of a text, in UTF-16 code units; `line` and `column` are those of its start, counted from 0. */
export interface KeySpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}
