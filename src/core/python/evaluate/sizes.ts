import type { PythonValue } from './values';

/** Values of a list, and letters of a text, beyond which a value is not followed: loops may double one each round. */
export const mostItems = 200_000;

/** Whether a value is larger than what is followed. */
export function isTooLarge(value: PythonValue): boolean {
  switch (value.kind) {
    case 'string':
      return value.value.length > mostItems;
    case 'list':
    case 'tuple':
      return value.items.length > mostItems;
    case 'dict':
    case 'set':
      return value.entries.size > mostItems;
    default:
      return false;
  }
}

/**
 * Whether a value holds more than is followed with all that is in it, counted as often as it is in it: a list of
 * the same list twice, and so on, is as large as no memory is.
 */
export function holdsTooMuch(value: PythonValue): boolean {
  const waiting = [...itemsIn(value)];
  let count = 1;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count += 1;
    const inner = itemsIn(next);
    if (count + waiting.length + inner.length > mostItems) return true;
    for (const each of inner) waiting.push(each);
  }
  return false;
}

function itemsIn(value: PythonValue): readonly PythonValue[] {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items;
  if (value.kind === 'dict') return [...value.entries.values()].map(([, each]) => each);
  return [];
}
