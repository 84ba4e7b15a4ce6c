/** A colour of the terminal: one of its 16 by number (0 to 15), or exact. */
export type AnsiColor = number | `#${string}`;

export interface AnsiStyle {
  readonly foreground?: AnsiColor;
  readonly background?: AnsiColor;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly strike?: boolean;
}

export interface StyledSpan {
  readonly text: string;
  readonly style: AnsiStyle;
}

interface StyledLine {
  readonly spans: readonly StyledSpan[];
  /** Style in which the next line goes on. */
  readonly style: AnsiStyle;
}

export const plainStyle: AnsiStyle = {};

/**
 * ECMA-48: CSI sequences, OSC strings up to BEL or ST, and two-character escapes. An unfinished one at the end is taken
 * too.
 */

const escapes = /\u001b(?:\[([0-9;:?<=>!]*)[ -/]*([@-~])?|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~]?)/g;

const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line's text in pieces of one style. Escape sequences go; other control characters become their pictures (`␀`). */
export function styledLine(text: string, style: AnsiStyle = plainStyle): StyledLine {
  const spans: StyledSpan[] = [];
  let current = style;
  let start = 0;
  for (const match of text.matchAll(escapes)) {
    addSpan(spans, text.slice(start, match.index), current);
    if (match[2] === 'm') current = afterSgr(current, match[1]);
    start = match.index + match[0].length;
  }
  addSpan(spans, text.slice(start), current);
  return { spans, style: current };
}

/** The text alone, as parsers and searches see it. */
export function withoutAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(escapes, '') : text;
}

function addSpan(spans: StyledSpan[], text: string, style: AnsiStyle): void {
  if (text === '') return;
  spans.push({ text: text.replace(controls, pictureOf), style });
}

/** Unicode's pictures of control characters begin at U+2400; DEL has its own. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

/** Attributes that one parameter sets or resets (ECMA-48 section 8.3.117). */
const attributes: Readonly<Record<number, AnsiStyle>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  22: { bold: undefined, dim: undefined },
  23: { italic: undefined },
  24: { underline: undefined },
  27: { inverse: undefined },
  29: { strike: undefined },
  39: { foreground: undefined },
  49: { background: undefined },
};

function afterSgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index];
    if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes, index + 1);
      if (color !== undefined) next = { ...next, [code === 38 ? 'foreground' : 'background']: color };
      index += used;
    } else {
      next = afterCode(next, code);
    }
  }
  return definedStyle(next);
}

function afterCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return plainStyle;
  if (code in attributes) return { ...style, ...attributes[code] };
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  return style;
}

/** `5;n` of the 256 colours, or `2;r;g;b`. */
function extendedColor(codes: readonly number[], at: number): { readonly color?: AnsiColor; readonly used: number } {
  if (codes[at] === 5) return { color: paletteColor(codes[at + 1]), used: 2 };
  if (codes[at] !== 2) return { used: codes.length };
  const parts = codes.slice(at + 1, at + 4);
  return { color: parts.length === 3 && parts.every(isByte) ? hexColor(parts) : undefined, used: 4 };
}

/** xterm's 256 colours: 16 of the theme, a cube of 6 x 6 x 6, and 24 greys. */
function paletteColor(index: number): AnsiColor | undefined {
  if (!isByte(index)) return undefined;
  if (index < 16) return index;
  if (index >= 232) return hexColor(Array.from({ length: 3 }, () => 8 + 10 * (index - 232)));
  const cube = index - 16;
  return hexColor(
    [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((step) => (step === 0 ? 0 : 55 + 40 * step)),
  );
}

function isByte(value: number | undefined): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
}

function hexColor(parts: readonly number[]): AnsiColor {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function definedStyle(style: AnsiStyle): AnsiStyle {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
}
