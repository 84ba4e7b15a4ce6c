import { visitNumbers, type NumberVisitor } from './body';
import type { SourceArray } from './sourceArray';
import { characterValue, decodeStrings, hexValue } from './stringLiteral';
import * as u from './units';

/**
 * The bytes of an array as they lie in a device's memory, little-endian, as far as initialisers are written: zeros that
 * a longer declaration adds are left out. `units` is what was scanned; `most` limits how many elements are read.
 */
export function arrayBytes(units: Uint8Array, array: SourceArray, most = Infinity): Uint8Array {
  const elements = Math.min(array.elements, most);
  const { bytes: elementBytes = 1, isFloat } = array.type;
  const target = new Uint8Array(elements * elementBytes);
  if (array.form === 'strings') decodeStrings(units, array.body, target);
  else
    visitNumbers(
      units,
      array.body,
      elements,
      isFloat ? floats(units, target, elementBytes) : integers(units, target, elementBytes),
    );
  return target;
}

function integers(units: Uint8Array, target: Uint8Array, elementBytes: number): NumberVisitor {
  const view = new DataView(target.buffer);
  return (index, start, end, sign) => {
    let value = integerAt(units, start, end);
    if (sign === u.minus) value = -value;
    else if (sign === tilde) value = -1 - value;
    if (elementBytes === 1) target[index] = value;
    else if (elementBytes === 2) view.setUint16(index * 2, value, true);
    else if (elementBytes === 4) view.setUint32(index * 4, value, true);
    else view.setBigUint64(index * 8, bigAt(units, start, end, sign), true);
  };
}

const tilde = 126;

/** Exact up to 2^53: the types that need more are read by `bigAt`. Suffixes and separators are passed over. */
function integerAt(units: Uint8Array, start: number, end: number): number {
  if (units[start] === u.singleQuote) return characterValue(units, start, end);
  let base = 10;
  let at = start;
  if (units[at] === zero && end - at > 1) {
    const mark = units[at + 1] | 32;
    base = mark === lowerX ? 16 : mark === lowerB ? 2 : 8;
    at += base === 8 ? 1 : 2;
  }
  let value = 0;
  for (; at < end; at++) {
    const digit = hexValue(units[at]);
    if (digit >= 0 && digit < base) value = value * base + digit;
    else if (units[at] !== u.singleQuote) break;
  }
  return value;
}

const zero = 48;
const lowerB = 98;
const lowerX = 120;

function bigAt(units: Uint8Array, start: number, end: number, sign: number): bigint {
  if (units[start] === u.singleQuote) return BigInt(characterValue(units, start, end));
  const text = u.textOf(units, start, Math.min(end, start + 100)).replace(/'|[uUlL]+$/g, '');
  const plain = /^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text;
  const value = /^(?:0[xX][\da-fA-F]+|0[bB][01]+|0o[0-7]+|\d+)$/.test(plain) ? BigInt(plain) : 0n;
  return sign === u.minus ? -value : sign === tilde ? -1n - value : value;
}

function floats(units: Uint8Array, target: Uint8Array, elementBytes: number): NumberVisitor {
  const view = new DataView(target.buffer);
  return (index, start, end, sign) => {
    const text = u.textOf(units, start, Math.min(end, start + 100)).replace(/'|[fFlL]+$/g, '');
    const value = Number(text) * (sign === u.minus ? -1 : 1);
    if (elementBytes === 4) view.setFloat32(index * 4, value, true);
    else view.setFloat64(index * 8, value, true);
  };
}
