import { formatted } from './format';
import { unknown } from './machine';
import { bool, float, int, keyOf, list, numberOf, sequenceOf, str, tuple } from './plainValues';
import { holdsTooMuch, mostItems } from './sizes';
import type { PythonPlace, UnknownValue, PythonValue } from './values';

/** What an operator gives for two values that are no objects of a library. */
export function operate(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
  for (const operand of [left, right]) {
    if (operand.kind === 'unknown') return derived(operand, at);
    if (operand.kind === 'none' && operand.open !== undefined) return derived(operand.open, at);
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return arithmetic(operator, { a, b, isFloat: eitherFloat(left, right) }, at);
  if (operator === '+') return joined(left, right) ?? impossible(operator, left, right, at);
  if (operator === '*') return repeated(left, b) ?? repeated(right, a) ?? impossible(operator, left, right, at);
  if (operator === '%' && left.kind === 'string') return formatted(left.value, right, at);
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict') {
    const open = left.open ?? right.open;
    return { kind: 'dict', entries: new Map([...left.entries, ...right.entries]), ...(open && { open }) };
  }
  if (left.kind === 'set' && right.kind === 'set') return ofSets(operator, left.entries, right.entries);
  return impossible(operator, left, right, at);
}

/** What comes of something that is not known: not known for the same reason. */
export function derived({ why, place, name, isNamed, boundIn }: UnknownValue, at: PythonPlace): UnknownValue {
  return {
    kind: 'unknown',
    why,
    place: place ?? at,
    ...(name !== undefined && { name }),
    ...(isNamed && { isNamed }),
    ...(boundIn && { boundIn }),
  };
}

function impossible(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): UnknownValue {
  return unknown(`What ${operator} gives for ${kindName(left)} and ${kindName(right)} is not followed.`, at);
}

export function kindName(value: PythonValue): string {
  if (value.kind === 'host') return value.object.typeName;
  if (value.kind === 'instance') return value.class.name;
  if (value.kind === 'foreign') return value.path;
  return value.kind;
}

function eitherFloat(left: PythonValue, right: PythonValue): boolean {
  return (left.kind === 'number' && left.isFloat) || (right.kind === 'number' && right.isFloat);
}

interface Operands {
  readonly a: number;
  readonly b: number;
  readonly isFloat: boolean;
}

function arithmetic(operator: string, { a, b, isFloat }: Operands, at: PythonPlace): PythonValue {
  const number = (value: number): PythonValue =>
    Number.isFinite(value) || isFloat
      ? { kind: 'number', value, isFloat }
      : unknown('The number is too large to be followed.', at);
  switch (operator) {
    case '+':
      return number(a + b);
    case '-':
      return number(a - b);
    case '*':
      return number(a * b);
    case '/':
      return b === 0 ? byZero(at) : float(a / b);
    case '//':
      return b === 0 ? byZero(at) : number(Math.floor(a / b));
    case '%':
      return b === 0 ? byZero(at) : number(a - Math.floor(a / b) * b);
    case '**':
      return b < 0 ? float(a ** b) : number(a ** b);
  }
  if (isFloat || Math.abs(a) > 2 ** 31 || Math.abs(b) > 2 ** 31) return unknown('Bits of it are not followed.', at);
  switch (operator) {
    case '&':
      return int(a & b);
    case '|':
      return int(a | b);
    case '^':
      return int(a ^ b);
    case '<<':
      return number(a * 2 ** b);
    case '>>':
      return int(Math.floor(a / 2 ** b));
  }
  return unknown(`${operator} is not followed.`, at);
}

function byZero(at: PythonPlace): UnknownValue {
  return unknown('This divides by zero.', at);
}

function joined(left: PythonValue, right: PythonValue): PythonValue | undefined {
  if (left.kind === 'string' && right.kind === 'string') return str(left.value + right.value);
  if (left.kind === 'list' && right.kind === 'list') return list([...left.items, ...right.items]);
  if (left.kind === 'tuple' && right.kind === 'tuple') return tuple([...left.items, ...right.items]);
  return undefined;
}

function repeated(value: PythonValue, times: number | undefined): PythonValue | undefined {
  if (times === undefined || !Number.isInteger(times)) return undefined;
  const size = value.kind === 'string' ? value.value.length : sequenceOf(value)?.length;
  // Nothing is nothing, however often.
  const count = size === 0 ? 0 : Math.max(0, times);
  if (size === undefined || size * count > mostItems) return undefined;
  if (value.kind === 'string') return str(value.value.repeat(count));
  const all = Array.from({ length: count }, () => sequenceOf(value) ?? []).flat();
  return value.kind === 'list' ? list(all) : tuple(all);
}

function ofSets(
  operator: string,
  left: ReadonlyMap<unknown, PythonValue>,
  right: ReadonlyMap<unknown, PythonValue>,
): PythonValue {
  const keep: (key: unknown) => boolean =
    operator === '&' ? (key) => right.has(key) : operator === '-' ? (key) => !right.has(key) : () => true;
  const entries = new Map([...left].filter(([key]) => keep(key)));
  if (operator === '|') for (const [key, value] of right) entries.set(key, value);
  return { kind: 'set', entries };
}

/** What a comparison gives; unknown where a part of it is. */
export function compare(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
  if (operator === 'is' || operator === 'is not') {
    const same = identity(left, right, at);
    return operator === 'is' ? same : negated(same);
  }
  if (operator === '==' || operator === '!=') {
    const equal = equality(left, right, at);
    return operator === '==' ? equal : negated(equal);
  }
  const order = ordered(left, right);
  if (order === undefined) {
    for (const each of [left, right]) if (each.kind === 'unknown') return unlikely(each, undefined, at);
    return unknown('The order of these values is not followed.', at);
  }
  const results = { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 };
  return operator in results
    ? bool(results[operator as keyof typeof results])
    : unknown(`${operator} is not followed.`, at);
}

function unlikely(value: UnknownValue, likely: boolean | undefined, at: PythonPlace): UnknownValue {
  return { ...derived(value, at), ...(likely !== undefined && { likely }) };
}

/** `not` of a condition. */
export function negated(value: PythonValue): PythonValue {
  if (value.kind === 'bool') return bool(!value.value);
  if (value.kind !== 'unknown' || value.likely === undefined) return value;
  return { ...value, likely: !value.likely };
}

function identity(left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
  // Something is there where a value is given, whatever it is.
  if (left.kind === 'unknown') return unlikely(left, right.kind === 'none' ? false : undefined, at);
  if (right.kind === 'unknown') return unlikely(right, undefined, at);
  const plain = ['none', 'bool', 'number', 'string', 'ellipsis', 'foreign', 'tuple'];
  if (plain.includes(left.kind) || plain.includes(right.kind)) return bool(keyOf(left) === keyOf(right));
  if (left.kind === 'host' && right.kind === 'host') return bool(left.object === right.object);
  return bool(left === right);
}

/** Whether two values are equal, as far as it is known. */
export function equality(left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
  // The smaller one ends the comparison.
  if (holdsTooMuch(left) && holdsTooMuch(right)) return unknown('This is larger than what is followed here.', at);
  return equalityWithin(left, right, at);
}

function equalityWithin(left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
  if (left.kind === 'unknown') return unlikely(left, undefined, at);
  if (right.kind === 'unknown') return unlikely(right, undefined, at);
  const [a, b] = [sequenceOf(left), sequenceOf(right)];
  if (a !== undefined && b !== undefined) {
    if (left.kind !== right.kind || a.length !== b.length) return bool(false);
    let open: PythonValue | undefined;
    for (let each = 0; each < a.length; each += 1) {
      const equal = equalityWithin(a[each], b[each], at);
      if (equal.kind === 'bool' && !equal.value) return equal;
      if (equal.kind !== 'bool') open ??= equal;
    }
    return open ?? bool(true);
  }
  if (left.kind === 'host' && right.kind === 'host') return bool(left.object === right.object);
  if (left.kind === 'dict' && right.kind === 'dict') {
    if (left.entries.size !== right.entries.size) return bool(false);
    return [...left.entries].every(([key, [, value]]) => {
      const other = right.entries.get(key);
      const equal = other && equalityWithin(value, other[1], at);
      return equal?.kind === 'bool' && equal.value;
    })
      ? bool(true)
      : bool(false);
  }
  return bool(keyOf(left) === keyOf(right));
}

/** Below, above or 0; undefined where that is not known. */
export function ordered(left: PythonValue, right: PythonValue): number | undefined {
  return holdsTooMuch(left) && holdsTooMuch(right) ? undefined : orderWithin(left, right);
}

function orderWithin(left: PythonValue, right: PythonValue): number | undefined {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (left.kind === 'string' && right.kind === 'string') {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  const [first, second] = [sequenceOf(left), sequenceOf(right)];
  if (first === undefined || second === undefined) return undefined;
  for (let each = 0; each < Math.min(first.length, second.length); each += 1) {
    const order = orderWithin(first[each], second[each]);
    if (order !== 0) return order;
  }
  return first.length - second.length;
}
