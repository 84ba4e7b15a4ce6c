import type { PyExpression } from '../../syntax/tree';
import { unknown } from '../machine';
import { compare, derived, equality, negated } from '../operators';
import { bool, keyOf } from '../plainValues';
import { placeOf, truthOf } from '../support';
import type { PythonPlace, PythonValue, UnknownValue } from '../values';
import type { ExpressionWork } from './work';

export function logic(
  work: ExpressionWork,
  { operator, left, right }: Extract<PyExpression, { kind: 'logic' }>,
  at: PythonPlace,
): PythonValue {
  const first = work.of(left);
  const known = first.kind === 'unknown' ? undefined : work.machine.truth(first, placeOf(left, work.context));
  if (known !== undefined) return known === (operator === 'and') ? work.of(right) : first;
  const second = work.of(right);
  const decided = second.kind === 'unknown' ? undefined : truthOf(second);
  // What does not hang on the unknown side is known all the same, as a condition.
  if (decided === (operator === 'or') && second.kind === 'bool') return second;
  const likely = operator === 'or' ? either(first, second, (a, b) => a || b) : either(first, second, (a, b) => a && b);
  const { why, place, name, isNamed, boundIn } = first as UnknownValue;
  return {
    ...derived({ kind: 'unknown', why, place, name, isNamed, boundIn }, at),
    ...(likely !== undefined && { likely }),
  };
}

function either(
  left: PythonValue,
  right: PythonValue,
  join: (left: boolean, right: boolean) => boolean,
): boolean | undefined {
  const [a, b] = [left, right].map((value) => (value.kind === 'unknown' ? value.likely : truthOf(value)));
  return a === undefined || b === undefined ? undefined : join(a, b);
}

export function comparison(
  work: ExpressionWork,
  { first, rest }: Extract<PyExpression, { kind: 'compare' }>,
  at: PythonPlace,
): PythonValue {
  let left = work.of(first);
  let result: PythonValue = bool(true);
  for (const { operator, right } of rest) {
    const value = work.of(right);
    const made = compared(work, operator, [left, value], at);
    if (made.kind !== 'bool' && made.kind !== 'unknown') return made;
    if (made.kind === 'bool' && !made.value) return made;
    if (made.kind === 'unknown') result = made;
    left = value;
  }
  return result;
}

function compared(
  work: ExpressionWork,
  operator: string,
  [left, right]: readonly [PythonValue, PythonValue],
  at: PythonPlace,
): PythonValue {
  if (operator === 'in' || operator === 'not in') {
    const found = contains(work, left, right, at);
    return operator === 'in' ? found : negated(found);
  }
  for (const object of [left, right]) {
    if (object.kind !== 'host' || operator.startsWith('is')) continue;
    const made = object.object.binary?.(operator, object === left ? right : left, {
      isReflected: object !== left,
      at,
    });
    if (made !== undefined) return made;
  }
  if (left.kind === 'instance' && operator === '==') {
    const method = work.machine.attributeIfAny(left, '__eq__', at);
    if (method !== undefined) return work.machine.call(method, { positional: [right], named: new Map(), at });
  }
  return compare(operator, left, right, at);
}

function contains(work: ExpressionWork, item: PythonValue, container: PythonValue, at: PythonPlace): PythonValue {
  if (item.kind === 'unknown') return derived(item, at);
  if (container.kind === 'string') {
    return item.kind === 'string' ? bool(container.value.includes(item.value)) : bool(false);
  }
  if (container.kind === 'dict') {
    if (container.entries.has(keyOf(item))) return bool(true);
    return container.open === undefined ? bool(false) : derived(container.open, at);
  }
  if (container.kind === 'set') return bool(container.entries.has(keyOf(item)));
  const items = work.machine.iterate(container, at);
  if (items === undefined) {
    return container.kind === 'unknown' ? derived(container, at) : unknown('What it contains is not known.', at);
  }
  let open: PythonValue | undefined;
  for (const each of items) {
    const equal = equality(each, item, at);
    if (equal.kind === 'bool' && equal.value) return equal;
    if (equal.kind === 'unknown') open ??= equal;
  }
  return open ?? bool(false);
}
