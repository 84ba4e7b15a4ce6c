import { terminalLine } from '../text/terminalText';
import type { Span } from '../model/span';

/** Builds a text line by line and remembers where each piece went. */
export class LineBuilder {
  readonly #lines: string[] = [];
  #current = '';

  /** The line under construction, zero-based. */
  get line(): number {
    return this.#lines.length;
  }

  get column(): number {
    return this.#current.length;
  }

  /**
   * Appends `text`, padded with blanks to `width`; returns the span of the text without the padding. A name with a line
   * break begins no other line.
   */
  append(given: string, width = 0): Span {
    const text = terminalLine(given);
    const span = { line: this.line, column: this.column, endLine: this.line, endColumn: this.column + text.length };
    this.#current += text.padEnd(width);
    return span;
  }

  /** Ends the line, dropping blanks at its end. */
  endLine(): void {
    this.#lines.push(this.#current.trimEnd());
    this.#current = '';
  }

  finish(): readonly string[] {
    return this.#lines;
  }
}
