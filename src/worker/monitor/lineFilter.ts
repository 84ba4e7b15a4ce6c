import { withoutAnsi } from '../../core/serial/ansi';
import type { History } from '../../core/serial/history';
import { searchExpression } from '../../core/serial/historySearch';
import { lineText } from '../../core/serial/lines';
import type { Filter } from '../../protocol/monitorState';
import { guarded } from '../../serial/guarded';

/**
 * The lines that pass a filter, by row. New lines are looked at a piece at a time, so that nothing else waits for long.
 */
export class LineFilter {
  readonly #history: History;
  readonly #expression: RegExp;
  readonly #isInverted: boolean;
  /** Line numbers; the first `#forgotten` rows belong to lines that are not kept any more and hold nothing. */
  #lines = new Uint32Array(1024);
  #count = 0;
  #forgotten = 0;
  #nextLine: number;

  /** @throws {HumanError} where the pattern is no regular expression. */
  constructor({ pattern, isInverted }: Filter, history: History) {
    this.#expression = searchExpression(pattern);
    this.#isInverted = isInverted;
    this.#history = history;
    this.#nextLine = history.firstLine;
  }

  get firstRow(): number {
    this.#forget();
    return this.#forgotten;
  }

  get endRow(): number {
    return this.#forgotten + this.#count;
  }

  /** Lines not yet looked at. */
  get remaining(): number {
    return this.#history.endLine - Math.max(this.#nextLine, this.#history.firstLine);
  }

  /** Looks at the next lines. @throws {HumanError} where the expression takes too long; those lines are passed over. */
  step(maximumLines: number): void {
    const from = Math.max(this.#nextLine, this.#history.firstLine);
    const to = Math.min(from + maximumLines, this.#history.endLine);
    this.#nextLine = to;
    const passing = guarded(() => this.#history.lines(from, to).filter(({ bytes }) => this.#passes(bytes)));
    for (const { number } of passing) this.#add(number);
  }

  /** The number of the line in a row. */
  lineAt(row: number): number | undefined {
    const index = row - this.#forgotten;
    return index >= 0 && index < this.#count ? this.#lines[index] : undefined;
  }

  /** The row of a line that passes; nothing for one that does not. */
  rowOf(line: number): number | undefined {
    const index = this.#indexFrom(line);
    return index < this.#count && this.#lines[index] === line ? this.#forgotten + index : undefined;
  }

  #passes(bytes: Uint8Array): boolean {
    this.#expression.lastIndex = 0;
    return this.#expression.test(withoutAnsi(lineText(bytes))) !== this.#isInverted;
  }

  #add(line: number): void {
    if (this.#count === this.#lines.length) {
      this.#forget();
      const grown = new Uint32Array(Math.max(1024, this.#count * 2));
      grown.set(this.#lines.subarray(0, this.#count));
      this.#lines = grown;
    }
    this.#lines[this.#count++] = line;
  }

  /** Drops the rows of lines that the history has dropped. */
  #forget(): void {
    const gone = this.#indexFrom(this.#history.firstLine);
    if (gone === 0) return;
    this.#lines.copyWithin(0, gone, this.#count);
    this.#count -= gone;
    this.#forgotten += gone;
  }

  /** Index of the first row whose line is not before `line`. */
  #indexFrom(line: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle] < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
