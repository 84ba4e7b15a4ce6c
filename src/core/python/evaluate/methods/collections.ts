import type { PythonMachine } from '../machine';
import { asUnknown, mergeInto } from '../support';
import { PythonFailure } from '../failure';
import { itemOf } from '../indexing';
import { unknown } from '../machine';
import { derived, equality, ordered } from '../operators';
import { bool, builtin, dict, int, keyOf, list, none, numberOf, str, tuple } from '../plainValues';
import type { Call, DictValue, ListValue, SetValue, TupleValue, PythonValue } from '../values';

type Method<Kind> = (object: Kind, call: Call, machine: PythonMachine) => PythonValue | undefined;

/** `object.name` of a list, a tuple, a dictionary or a set. */
export function collectionMethod(
  machine: PythonMachine,
  object: ListValue | TupleValue | DictValue | SetValue,
  name: string,
): PythonValue | undefined {
  if (object.kind === 'tuple' && object.names?.includes(name)) return object.items[object.names.indexOf(name)];
  if (object.kind === 'tuple' && name === '_fields' && object.names) return tuple(object.names.map(str));
  const work = workOf(object, name);
  if (work === undefined) return undefined;
  return builtin(name, (call) => work(call, machine) ?? unknown(`What ${name} gives is not followed.`, call.at));
}

function workOf(
  object: ListValue | TupleValue | DictValue | SetValue,
  name: string,
): ((call: Call, machine: PythonMachine) => PythonValue | undefined) | undefined {
  if (object.kind === 'dict') return applied(dictMethods.get(name), object);
  if (object.kind === 'set') return applied(setMethods.get(name), object);
  const shared = applied(sequenceMethods.get(name), object);
  return object.kind === 'list' ? (applied(listMethods.get(name), object) ?? shared) : shared;
}

function applied<Kind>(
  method: Method<Kind> | undefined,
  object: Kind,
): ((call: Call, machine: PythonMachine) => PythonValue | undefined) | undefined {
  return method && ((call, machine) => method(object, call, machine));
}

/** A method that changes its object and gives nothing. */
const changing =
  <Kind>(change: (object: Kind, call: Call, machine: PythonMachine) => unknown): Method<Kind> =>
  (object, call, machine) => {
    change(object, call, machine);
    return none;
  };

const sequenceMethods: ReadonlyMap<string, Method<ListValue | TupleValue>> = new Map<
  string,
  Method<ListValue | TupleValue>
>([
  [
    'index',
    ({ items }, { positional: [wanted], at }) => {
      const place = items.findIndex((item) => isEqual(item, wanted, at));
      if (place < 0) throw new PythonFailure('ValueError', 'The value is not in the list.', at);
      return int(place);
    },
  ],
  ['count', ({ items }, { positional: [wanted], at }) => int(items.filter((item) => isEqual(item, wanted, at)).length)],
  // A shape is a tuple of numbers here, of dimensions to programs.
  ['as_list', ({ items }) => list(items)],
  ['numpy', (object) => object],
  ['tolist', (object) => object],
]);

function isEqual(left: PythonValue, right: PythonValue, at: Call['at']): boolean {
  const equal = equality(left, right, at);
  return equal.kind === 'bool' && equal.value;
}

const listMethods: ReadonlyMap<string, Method<ListValue>> = new Map<string, Method<ListValue>>([
  ['append', changing(({ items }, { positional: [item] }) => items.push(item ?? none))],
  ['appendleft', changing(({ items }, { positional: [item] }) => items.unshift(item ?? none))],
  [
    'extend',
    changing(({ items }, { positional: [more], at }, machine) =>
      items.push(...(machine.iterate(more, at) ?? [{ ...asUnknown(more, at), isNamed: true, isMany: true }])),
    ),
  ],
  [
    'insert',
    changing(({ items }, { positional: [place, item] }) => items.splice(numberOf(place) ?? items.length, 0, item)),
  ],
  [
    'pop',
    (object, { positional: [place], at }) => {
      const { items } = object;
      const item = itemOf(object, place ?? int(-1), at);
      const front = numberOf(place) ?? -1;
      items.splice(front < 0 ? items.length + front : front, 1);
      return item;
    },
  ],
  ['popleft', ({ items }) => items.shift()],
  [
    'remove',
    ({ items }, { positional: [wanted], at }) => {
      const place = items.findIndex((item) => isEqual(item, wanted, at));
      if (place >= 0) items.splice(place, 1);
      return none;
    },
  ],
  ['reverse', changing(({ items }) => items.reverse())],
  ['clear', changing(({ items }) => items.splice(0))],
  ['copy', ({ items }) => list(items)],
  [
    'sort',
    ({ items }, call, machine) => {
      const made = sorted(machine, items, call);
      if (made !== undefined) items.splice(0, items.length, ...made);
      return none;
    },
  ],
]);

/** `sorted(items, key=…, reverse=…)`; undefined where their order is not known. */
export function sorted(
  machine: PythonMachine,
  items: readonly PythonValue[],
  { named, at }: Call,
): readonly PythonValue[] | undefined {
  const key = named.get('key');
  const keyed = items.map((item) => ({
    item,
    by:
      key === undefined || key.kind === 'none' ? item : machine.call(key, { positional: [item], named: new Map(), at }),
  }));
  for (let each = 1; each < keyed.length; each += 1) {
    if (ordered(keyed[each - 1].by, keyed[each].by) === undefined) return undefined;
  }
  keyed.sort((left, right) => ordered(left.by, right.by) ?? 0);
  const reverse = named.get('reverse');
  const result = keyed.map(({ item }) => item);
  return reverse !== undefined && machine.truth(reverse, at) ? result.reverse() : result;
}

const dictMethods: ReadonlyMap<string, Method<DictValue>> = new Map<string, Method<DictValue>>([
  ['get', (object, { positional: [key, otherwise], at }) => lookedUp(object, key, otherwise ?? none, at)],
  [
    'pop',
    (object, { positional: [key, otherwise], at }) => {
      const value = lookedUp(object, key, otherwise, at);
      object.entries.delete(keyOf(key));
      return value;
    },
  ],
  [
    'setdefault',
    (object, { positional: [key, initial], at }) => {
      const found = object.entries.get(keyOf(key))?.[1];
      if (found !== undefined) return found;
      if (object.open !== undefined) return derived(object.open, at);
      object.entries.set(keyOf(key), [key, initial ?? none]);
      return initial ?? none;
    },
  ],
  [
    'update',
    (object, { positional: [more], named, at }, machine) => {
      if (more !== undefined) mergeInto(object, more.kind === 'list' ? pairs(machine, more, at) : more, at);
      for (const [name, value] of named) object.entries.set(keyOf(str(name)), [str(name), value]);
      return none;
    },
  ],
  ['keys', ({ entries, open }) => (open === undefined ? list([...entries.values()].map(([key]) => key)) : open)],
  [
    'values',
    ({ entries, open }) => (open === undefined ? list([...entries.values()].map(([, value]) => value)) : open),
  ],
  [
    'items',
    ({ entries, open }) => (open === undefined ? list([...entries.values()].map((entry) => tuple(entry))) : open),
  ],
  ['copy', ({ entries, open }) => ({ kind: 'dict', entries: new Map(entries), ...(open && { open }) })],
  [
    'clear',
    ({ entries }) => {
      entries.clear();
      return none;
    },
  ],
]);

function lookedUp(
  object: DictValue,
  key: PythonValue | undefined,
  otherwise: PythonValue | undefined,
  at: Call['at'],
): PythonValue {
  if (key === undefined) return none;
  if (key.kind === 'unknown') return derived(key, at);
  const found = object.entries.get(keyOf(key))?.[1];
  if (found !== undefined) return found;
  if (object.open !== undefined) return derived(object.open, at);
  if (otherwise === undefined) throw new PythonFailure('KeyError', 'The dictionary does not have this key.', at);
  return otherwise;
}

/** A dictionary of a list of pairs. */
export function pairs(machine: PythonMachine, given: PythonValue, at: Call['at']): PythonValue {
  const items = machine.iterate(given, at);
  if (items === undefined) return asUnknown(given, at);
  const entries: (readonly [PythonValue, PythonValue])[] = [];
  for (const item of items) {
    const pair = machine.iterate(item, at);
    if (pair?.length !== 2) return unknown('A pair is missing.', at);
    entries.push([pair[0], pair[1]]);
  }
  return dict(entries);
}

const setMethods: ReadonlyMap<string, Method<SetValue>> = new Map<string, Method<SetValue>>([
  ['add', changing(({ entries }, { positional: [item] }) => entries.set(keyOf(item), item))],
  ['discard', changing(({ entries }, { positional: [item] }) => entries.delete(keyOf(item)))],
  ['remove', changing(({ entries }, { positional: [item] }) => entries.delete(keyOf(item)))],
  ['copy', ({ entries }) => ({ kind: 'set', entries: new Map(entries) })],
  [
    'union',
    ({ entries }, { positional, at }, machine) => {
      const all = new Map(entries);
      for (const other of positional) for (const item of machine.iterate(other, at) ?? []) all.set(keyOf(item), item);
      return { kind: 'set', entries: all };
    },
  ],
  [
    'issubset',
    ({ entries }, { positional: [other], at }, machine) => {
      const keys = new Set((machine.iterate(other, at) ?? []).map(keyOf));
      return bool([...entries.keys()].every((key) => keys.has(key)));
    },
  ],
]);
