import { derived } from './operators';
import { PythonFailure } from './failure';
import { unknown } from './machine';
import { int, keyOf, list, numberOf, str, tuple } from './plainValues';
import type { PythonPlace, SliceValue, PythonValue } from './values';

/** `object[index]` of what is no object of a library. */
export function itemOf(object: PythonValue, index: PythonValue, at: PythonPlace): PythonValue {
  if (object.kind === 'unknown') return derived(object, at);
  if (object.kind === 'none' && object.open !== undefined) return derived(object.open, at);
  if (object.kind === 'dict') return entryOf(object, index, at);
  if (index.kind === 'unknown') return derived(index, at);
  if (object.kind !== 'list' && object.kind !== 'tuple' && object.kind !== 'string') {
    return object.kind === 'foreign' || object.kind === 'class' || object.kind === 'builtin'
      ? object
      : unknown('What stands at this index is not followed.', at);
  }
  const length = object.kind === 'string' ? object.value.length : object.items.length;
  if (index.kind === 'slice') {
    const places = slicePlaces(index, length);
    if (places === undefined) return unknown('The limits of this slice are not known.', at);
    if (object.kind === 'string') return str(places.map((place) => object.value[place]).join(''));
    const items = places.map((place) => object.items[place]);
    return object.kind === 'list' ? list(items) : tuple(items);
  }
  const place = numberOf(index);
  if (place === undefined || !Number.isInteger(place)) return unknown('This index is not followed.', at);
  const front = place < 0 ? place + length : place;
  if (front < 0 || front >= length) throw new PythonFailure('IndexError', 'The index is out of range.', at);
  return object.kind === 'string' ? str(object.value[front]) : object.items[front];
}

function entryOf(object: Extract<PythonValue, { kind: 'dict' }>, index: PythonValue, at: PythonPlace): PythonValue {
  if (index.kind === 'unknown') return derived(index, at);
  const found = object.entries.get(keyOf(index));
  if (found !== undefined) return found[1];
  if (object.open !== undefined) return derived(object.open, at);
  throw new PythonFailure('KeyError', 'The dictionary does not have this key.', at);
}

/** Which items a slice takes of so many; undefined where its limits are not known. */
export function slicePlaces({ start, stop, step }: SliceValue, length: number): readonly number[] | undefined {
  const [from, to, by] = [start, stop, step].map((limit) => (limit.kind === 'none' ? 'none' : numberOf(limit)));
  if (from === undefined || to === undefined || by === undefined || by === 0) return undefined;
  const stride = by === 'none' ? 1 : by;
  const [least, most] = stride > 0 ? [0, length] : [-1, length - 1];
  const clamp = (value: number): number => Math.min(most, Math.max(least, value < 0 ? value + length : value));
  const first = from === 'none' ? (stride > 0 ? 0 : length - 1) : clamp(from);
  const end = to === 'none' ? (stride > 0 ? length : -1) : clamp(to);
  const places: number[] = [];
  for (let at = first; stride > 0 ? at < end : at > end; at += stride) places.push(at);
  return places;
}

/** Numbers from a `range`. */
export function rangeItems(start: number, stop: number, step: number): readonly PythonValue[] {
  const items: PythonValue[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) items.push(int(at));
  return items;
}
