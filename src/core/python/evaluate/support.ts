import type { Context } from './machine';
import { unknown } from './machine';
import { derived } from './operators';
import { keyOf } from './plainValues';
import type { DictValue, PythonPlace, UnknownValue, PythonValue } from './values';

export function placeOf({ from, to }: { readonly from: number; readonly to: number }, { unit }: Context): PythonPlace {
  return { unit, from, to };
}

/** What stands for something that is not followed, for the reason that it gives itself where it has one. */
export function asUnknown(value: PythonValue, at: PythonPlace): UnknownValue {
  if (value.kind === 'none' && value.open !== undefined) return derived(value.open, at);
  return value.kind === 'unknown' ? derived(value, at) : unknown('What it gives is not known.', at);
}

/** `dict.update` with a dictionary, `**` in a literal. */
export function mergeInto(into: DictValue, from: PythonValue, at: PythonPlace): void {
  if (from.kind !== 'dict') into.open ??= asUnknown(from, at);
  else {
    for (const [key, entry] of from.entries) into.entries.set(key, entry);
    into.open ??= from.open;
  }
}

/** `object[index] = value` of what is no instance. */
export function setItem(object: PythonValue, index: PythonValue, value: PythonValue): void {
  if (object.kind === 'host') object.object.setItem?.(index, value);
  if (object.kind === 'dict') {
    if (index.kind === 'unknown') object.open ??= index;
    else object.entries.set(keyOf(index), [index, value]);
  }
  if (object.kind !== 'list' || index.kind !== 'number') return;
  const place = index.value < 0 ? index.value + object.items.length : index.value;
  if (place >= 0 && place < object.items.length) object.items[place] = value;
}

/** The members of an enumeration, in order. */
export function enumMembers(value: Extract<PythonValue, { kind: 'class' }>): readonly PythonValue[] {
  return [...value.attributes.values()].filter((each) => each.kind === 'instance' && each.class === value);
}

export function placeKey({ unit, from, to }: PythonPlace): string {
  return `${unit.file}:${unit.cell ?? ''}:${from}:${to}`;
}

/** Whether a value counts as true; undefined where that has to be asked of it, or is not known. */
export function truthOf(value: PythonValue): boolean | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'none':
      return false;
    case 'number':
      return value.value !== 0;
    case 'string':
      return value.value !== '';
    case 'list':
    case 'tuple':
      return value.items.length > 0;
    case 'dict':
      return value.open === undefined ? value.entries.size > 0 : true;
    case 'set':
      return value.entries.size > 0;
    case 'instance':
    case 'unknown':
      return undefined;
    case 'host': {
      const length = value.object.length?.();
      return length?.kind === 'number' ? length.value > 0 : true;
    }
    default:
      return true;
  }
}
