import type { AnsiStyle } from '../../core/serial/ansi';
import { plainStyle, styledLine, withoutAnsi } from '../../core/serial/ansi';
import type { History, HistoryLine } from '../../core/serial/history';
import { lineText } from '../../core/serial/lines';
import type { HighlightRule, Mark, MonitorLine, TimestampMode } from '../../protocol/monitorState';
import { guarded } from '../../serial/guarded';

const marksPerLine = 64;
/** One rule may take this long for all lines of an answer: what is received waits meanwhile. */
const longestMarkingMs = 250;

/** A highlight rule ready for use. */
export interface Highlighter {
  readonly expression: RegExp;
  readonly color: HighlightRule['color'];
}

/** A line as it is drawn. `style` is the one it begins in, `previous` the line before it. */
export function drawnLine(
  row: number,
  line: HistoryLine,
  style: AnsiStyle,
  previous: HistoryLine | undefined,
): Omit<MonitorLine, 'marks'> {
  return {
    row,
    line: line.number,
    timeMs: line.timeMs,
    deltaMs: previous && line.timeMs - previous.timeMs,
    spans: styledLine(lineText(line.bytes), style).spans,
    isCut: line.cut,
    isSent: line.sent,
  };
}

/** Where a rule matches in lines, each given by its text. @throws {HumanError} where it takes too long. */
export function marksOf(texts: readonly string[], { expression, color }: Highlighter): readonly (readonly Mark[])[] {
  const found = guarded(() => texts.map((text) => [...text.matchAll(expression)]), longestMarkingMs);
  return found.map((matches) =>
    matches
      .filter(([text]) => text !== '')
      .slice(0, marksPerLine)
      .map(({ index, 0: text }) => ({ column: index, length: text.length, color })),
  );
}

/** A line as plain text, with its time where times are shown. */
export function plainLine(
  line: HistoryLine,
  previous: HistoryLine | undefined,
  timestamps: TimestampMode,
  startMs: number,
): string {
  const text = withoutAnsi(lineText(line.bytes));
  if (timestamps === 'off') return text;
  if (timestamps === 'absolute') return `${new Date(line.timeMs).toISOString()}  ${text}`;
  const from = timestamps === 'relative' ? startMs : (previous?.timeMs ?? line.timeMs);
  return `${((line.timeMs - from) / 1000).toFixed(3)}  ${text}`;
}

const escape = 0x1b;
const mostChanges = 100_000;

/** Remembers in which style lines begin: a colour that is not reset goes on in the next line. */
export class LineStyles {
  /** Where the style at a line's beginning becomes another, in order. */
  #changes: { readonly line: number; readonly style: AnsiStyle }[] = [];
  #style: AnsiStyle = plainStyle;

  /** Takes a line into account, in order. */
  add(line: number, bytes: Uint8Array): void {
    if (!bytes.includes(escape)) return;
    const { style } = styledLine(lineText(bytes), this.#style);
    if (JSON.stringify(style) === JSON.stringify(this.#style)) return;
    this.#style = style;
    this.#changes.push({ line: line + 1, style });
    if (this.#changes.length > mostChanges) this.#changes = this.#changes.slice(mostChanges / 2);
  }

  at(line: number): AnsiStyle {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#changes[middle].line <= line) low = middle + 1;
      else high = middle;
    }
    return this.#changes[low - 1]?.style ?? plainStyle;
  }
}

/** The line before another one, where it is kept. */
export function lineBefore(history: History, number: number): HistoryLine | undefined {
  return history.lines(number - 1, number).at(0);
}
