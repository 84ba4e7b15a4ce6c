/**
 * A text as the scanner takes it: one byte a unit of UTF-16, so that offsets are the text's own. Units above 0xff,
 * which C allows in comments, strings and names alone, become 0x80.
 */
export function unitsOf(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    units[at] = unit < 0x100 ? unit : 0x80;
  }
  return units;
}

/** A stretch as text; bytes of UTF-8 beyond ASCII are not put together. */
export function textOf(units: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(units[at]);
  return text;
}

/** What a unit can begin. */
export const other = 0;
export const space = 1;
export const wordStart = 2;
export const digit = 3;

/** Class of each unit. */
export const unitClass = Uint8Array.from({ length: 256 }, (_none, unit) => {
  if (unit === 32 || (unit >= 9 && unit <= 13)) return space;
  if (unit >= 48 && unit <= 57) return digit;
  const isLetter = (unit | 32) >= 97 && (unit | 32) <= 122;
  return isLetter || unit === 95 || unit === 36 || unit >= 0x80 ? wordStart : other;
});

export const newline = 10;
export const carriageReturn = 13;
export const doubleQuote = 34;
export const hash = 35;
export const singleQuote = 39;
export const comma = 44;
export const minus = 45;
export const dot = 46;
export const slash = 47;
const star = 42;
export const semicolon = 59;
export const backslash = 92;
export const openBrace = 123;
export const closeBrace = 125;
export const openParen = 40;
export const closeParen = 41;
export const openBracket = 91;
export const closeBracket = 93;

/** End of the word or number that begins at `at`, digit separators and the dot of a fraction included. */
export function wordEnd(units: Uint8Array, at: number): number {
  let end = at + 1;
  for (; end < units.length; end++) {
    const kind = unitClass[units[end]];
    if (kind === wordStart || kind === digit) continue;
    if (unitClass[units[at]] !== digit && units[at] !== dot) break;
    if (units[end] === dot) continue;
    // A digit separator stands between two digits; an exponent may have a sign.
    const next = units[end + 1];
    if (units[end] === singleQuote && next !== undefined && unitClass[next] >= wordStart) continue;
    if (!isExponentSign(units, at, end)) break;
  }
  return end;
}

function isExponentSign(units: Uint8Array, from: number, at: number): boolean {
  if (units[at] !== minus && units[at] !== 43) return false;
  const isHex = units[from] === 48 && (units[from + 1] | 32) === 120;
  const before = units[at - 1] | 32;
  return isHex ? before === 112 : before === 101;
}

/** End of the comment that begins at `at`, or of the text; `at` itself where no comment begins. */
export function commentEnd(units: Uint8Array, at: number): number {
  if (units[at + 1] === slash) return lineEnd(units, at + 2);
  if (units[at + 1] !== star) return at;
  for (let end = at + 2; end + 1 < units.length; end++) {
    if (units[end] === star && units[end + 1] === slash) return end + 2;
  }
  return units.length;
}

/** Offset of the newline that ends the logical line: one behind a backslash does not. */
function lineEnd(units: Uint8Array, at: number): number {
  for (let end = at; end < units.length; end++) {
    if (units[end] !== newline) continue;
    const before = units[end - 1] === carriageReturn ? units[end - 2] : units[end - 1];
    if (before !== backslash) return end;
  }
  return units.length;
}

/**
 * Behind the closing quote of the literal that begins at `at`. A literal that its line does not close ends there, so
 * that an apostrophe in text that is no code does not swallow the file; then the unit before the end is no quote.
 */
export function literalEnd(units: Uint8Array, at: number): number {
  const quote = units[at];
  for (let end = at + 1; end < units.length; end++) {
    if (units[end] === quote) return end + 1;
    if (units[end] === newline) return end;
    if (units[end] === backslash) end += units[end + 1] === carriageReturn ? 2 : 1;
  }
  return units.length;
}
