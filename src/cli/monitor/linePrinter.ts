import { withoutAnsi } from '../../core/serial/ansi';
import { hexRows, hexRowBytes, hexRowText } from '../../core/serial/hex';
import type { RawLine } from '../../core/serial/lines';
import { LineFramer, lineText } from '../../core/serial/lines';
import { absoluteTimeText, deltaTimeText, relativeTimeText } from '../../core/text/timestamps';

export type Timestamps = 'off' | 'absolute' | 'relative' | 'delta';

export interface PrinterOptions {
  readonly timestamps: Timestamps;
  readonly hex: boolean;
  /** Which of these lines are shown, in their order. */
  readonly passing: (texts: readonly string[]) => readonly boolean[];
  /** Colours of the board are passed on; else taken out. */
  readonly colors: boolean;
  /** Minutes east of Greenwich, for absolute times. */
  readonly offsetMinutes: number;
  readonly write: (text: string) => void;
}

/** Colours and weights; every other escape sequence could turn the terminal upside down. */
const sgr = /\u001b\[[0-9;:]*m/g;
const otherControls = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** Prints what a port sends: line by line, or in rows of hexadecimal. */
export class LinePrinter {
  readonly #options: PrinterOptions;
  readonly #framer = new LineFramer();
  #startMs?: number;
  #lastMs?: number;
  /** Text of the unfinished line that is on the screen already. */
  #shown = '';
  #hexRest: Uint8Array = new Uint8Array(0);
  #hexOffset = 0;

  constructor(options: PrinterOptions) {
    this.#options = options;
  }

  /** The lines that these bytes complete, as text; they are printed on the way. */
  push(bytes: Uint8Array, timeMs: number): readonly string[] {
    this.#startMs ??= timeMs;
    if (this.#options.hex) this.#pushHex(bytes, timeMs);
    return this.#lines(this.#framer.push(bytes), timeMs);
  }

  /** Shows the line that has begun: a prompt has no end. */
  showUnfinished(timeMs: number): void {
    if (this.#options.hex) {
      this.#printHex(this.#hexRest, timeMs);
      this.#hexRest = new Uint8Array(0);
      return;
    }
    const text = lineText(this.#framer.unfinished);
    if (text === '' || !this.#options.passing([withoutAnsi(text)])[0]) return;
    this.#options.write(this.#shown === '' ? this.#head(timeMs) + this.#cleaned(text) : this.#rest(text));
    this.#shown = text;
  }

  /** The stream broke: what was begun is a line. */
  interrupt(timeMs: number): readonly string[] {
    if (this.#options.hex) this.showUnfinished(timeMs);
    return this.#lines(this.#framer.flush(), timeMs);
  }

  /** Leaves an unfinished line, so that something else can be printed. */
  breakLine(): void {
    if (this.#shown === '') return;
    this.#options.write('\n');
    this.#shown = '';
  }

  #lines(lines: readonly RawLine[], timeMs: number): readonly string[] {
    const texts = lines.map(({ bytes }) => lineText(bytes));
    const plain = texts.map((text) => withoutAnsi(text));
    if (this.#options.hex) return plain;
    const passing = this.#options.passing(plain);
    texts.forEach((text, index) => this.#line(text, timeMs, passing[index] ?? true));
    return plain;
  }

  #line(text: string, timeMs: number, passes: boolean): void {
    if (this.#shown !== '') this.#options.write(`${this.#rest(text)}\n`);
    else if (passes) this.#options.write(`${this.#head(timeMs)}${this.#cleaned(text)}\n`);
    this.#shown = '';
  }

  /** What of a line is not on the screen yet. */
  #rest(text: string): string {
    return this.#cleaned(text.startsWith(this.#shown) ? text.slice(this.#shown.length) : text);
  }

  #head(timeMs: number): string {
    const { timestamps, offsetMinutes } = this.#options;
    const previous = this.#lastMs;
    this.#lastMs = timeMs;
    if (timestamps === 'absolute') return `${absoluteTimeText(timeMs, offsetMinutes)}  `;
    if (timestamps === 'relative') return `${relativeTimeText(timeMs, this.#startMs ?? timeMs)}  `;
    return timestamps === 'delta' ? `${deltaTimeText(timeMs, previous)}  ` : '';
  }

  #cleaned(text: string): string {
    if (!this.#options.colors) return withoutAnsi(text).replace(otherControls, '');
    const colors = [...text.matchAll(sgr)].map(([code]) => code);
    const parts = text.split(sgr).map((part) => withoutAnsi(part).replace(otherControls, ''));
    const joined = parts.map((part, index) => part + (colors[index] ?? '')).join('');
    return colors.length > 0 ? `${joined}\u001b[0m` : joined;
  }

  #pushHex(bytes: Uint8Array, timeMs: number): void {
    const all = Buffer.concat([this.#hexRest, bytes]);
    const whole = all.length - (all.length % hexRowBytes);
    this.#printHex(all.subarray(0, whole), timeMs);
    this.#hexRest = all.subarray(whole);
  }

  #printHex(bytes: Uint8Array, timeMs: number): void {
    for (const row of hexRows(bytes, this.#hexOffset)) {
      this.#options.write(`${this.#head(timeMs)}${hexRowText(row)}\n`);
    }
    this.#hexOffset += bytes.length;
  }
}
