import type { ScannedBody } from './body';
import type { Stretch } from './sourceArray';
import * as u from './units';

/** What a backslash and a letter stand for. Source: C++23, [lex.ccon]. */
const escapes = new Map(
  Array.from('abefnrtv', (letter, index) => [letter.charCodeAt(0), '\x07\b\x1b\f\n\r\t\v'.charCodeAt(index)]),
);

/**
 * The string literals one behind the other from the quote at `open`, as one array. Its elements are counted with the
 * zero that ends them.
 */
export function scanStrings(units: Uint8Array, open: number): ScannedBody {
  let end = open;
  let elements = 1;
  for (let at = open; units[at] === u.doubleQuote; at = blankEnd(units, end)) {
    end = u.literalEnd(units, at);
    if (end - at < 2 || units[end - 1] !== u.doubleQuote) {
      const flaw = { kind: 'cut', start: end } as const;
      return { body: { start: open, end }, form: 'strings', elements, flaw };
    }
    elements = readLiteral(units, { start: at + 1, end: end - 1 }, elements);
  }
  return { body: { start: open, end }, form: 'strings', elements };
}

/** The bytes that the literals of a body stand for, into `target`, which has place for all but may be shorter. */
export function decodeStrings(units: Uint8Array, { start, end }: Stretch, target: Uint8Array): void {
  let filled = 0;
  for (let at = start; at < end && units[at] === u.doubleQuote;) {
    const close = Math.min(u.literalEnd(units, at), end);
    filled = readLiteral(units, { start: at + 1, end: close - 1 }, filled, target);
    at = blankEnd(units, close);
  }
}

/** Reads what stands between two quotes. Returns `filled` and its characters. */
function readLiteral(units: Uint8Array, { start, end }: Stretch, filled: number, target?: Uint8Array): number {
  let count = filled;
  for (let at = start; at < end;) {
    let value = units[at];
    let next = at + 1;
    if (value === u.backslash) {
      next = escapeEnd(units, at + 1, end);
      value = escapeValue(units, at + 1, next);
    }
    at = next;
    if (value < 0) continue;
    if (target !== undefined && count < target.length) target[count] = value;
    count++;
  }
  return count;
}

/** End of the escape whose letter is at `at`. */
function escapeEnd(units: Uint8Array, at: number, limit: number): number {
  let end = at + 1;
  if (units[at] === lowerX) while (end < limit && hexValue(units[end]) >= 0) end++;
  else if (isOctal(units[at])) while (end < limit && end < at + 3 && isOctal(units[end])) end++;
  else if (units[at] === u.carriageReturn && units[end] === u.newline) end++;
  return Math.min(end, limit);
}

/** Value of the escape whose letter is at `at`; -1 for the end of a line, which is left out. */
function escapeValue(units: Uint8Array, at: number, end: number): number {
  const letter = units[at];
  if (letter === u.newline || letter === u.carriageReturn) return -1;
  let value = 0;
  if (letter === lowerX) for (let digit = at + 1; digit < end; digit++) value = (value << 4) | hexValue(units[digit]);
  else if (isOctal(letter)) for (let digit = at; digit < end; digit++) value = (value << 3) | (units[digit] - 48);
  else value = escapes.get(letter) ?? letter;
  return value & 0xff;
}

const lowerX = 120;

function isOctal(unit: number): boolean {
  return unit >= 48 && unit <= 55;
}

/** Value of a hexadecimal digit; -1 for what is none. */
export function hexValue(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The value of the character literal whose quote is at `at`. */
export function characterValue(units: Uint8Array, at: number, end: number): number {
  return units[at + 1] === u.backslash ? escapeValue(units, at + 2, escapeEnd(units, at + 2, end - 1)) : units[at + 1];
}

function blankEnd(units: Uint8Array, at: number): number {
  let end = at;
  while (end < units.length) {
    if (u.unitClass[units[end]] === u.space) end++;
    else if (units[end] === u.slash && u.commentEnd(units, end) > end) end = u.commentEnd(units, end);
    else break;
  }
  return end;
}
