import { PythonFailure } from '../failure';
import { rangeItems } from '../indexing';
import { pairs, sorted } from '../methods/collections';
import { derived, ordered } from '../operators';
import { bool, dict, int, keyOf, list, none, numberOf, str, tuple } from '../plainValues';
import { mostItems } from '../sizes';
import { asUnknown } from '../support';
import type { PythonValue } from '../values';
import { ofItems, ofNumbers, type BuiltinWork } from './work';

const extreme =
  (sign: 1 | -1): BuiltinWork =>
  (call, machine) => {
    const { positional, named, at } = call;
    const items = positional.length === 1 ? machine.iterate(positional[0], at) : positional;
    if (items === undefined) return asUnknown(positional[0], at);
    if (items.length === 0) return named.get('default');
    const open = items.find((item) => item.kind === 'unknown');
    if (open?.kind === 'unknown') return derived(open, at);
    const key = named.get('key');
    const by = (item: PythonValue): PythonValue =>
      key === undefined ? item : machine.call(key, { positional: [item], named: new Map(), at });
    return items.reduce((best, item) => ((ordered(by(item), by(best)) ?? 0) * sign > 0 ? item : best));
  };

/** Builtin functions that make and go through lists, tuples, sets and dictionaries. */
export const sequenceBuiltins: ReadonlyMap<string, BuiltinWork> = new Map<string, BuiltinWork>([
  [
    'range',
    ofNumbers((numbers) => {
      const [start, stop, step] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
      if (step === 0 || Math.abs((stop - start) / step) > mostItems) return undefined;
      return list(rangeItems(start, stop, step));
    }),
  ],
  [
    'enumerate',
    ofItems((items, { positional, named }) => {
      const start = numberOf(positional.at(1) ?? named.get('start')) ?? 0;
      return list(items.map((item, place) => tuple([int(start + place), item])));
    }),
  ],
  [
    'zip',
    ({ positional, at }, machine) => {
      const lists = positional.map((each) => machine.iterate(each, at));
      const missing = lists.findIndex((each) => each === undefined);
      if (missing >= 0) return asUnknown(positional[missing], at);
      const length = lists.length === 0 ? 0 : Math.min(...lists.map((each) => each?.length ?? 0));
      return list(Array.from({ length }, (_, place) => tuple(lists.map((each) => each?.[place] ?? none))));
    },
  ],
  ['reversed', ofItems((items) => list([...items].reverse()))],
  [
    'sorted',
    ofItems((items, call, machine) => {
      const made = sorted(machine, items, call);
      if (made !== undefined) return list(made);
      const open = items.find((item) => item.kind === 'unknown');
      return open?.kind === 'unknown' ? derived(open, call.at) : undefined;
    }),
  ],
  ['list', ofItems((items) => list(items))],
  ['tuple', ofItems((items) => tuple(items))],
  ['iter', ofItems((items) => list(items))],
  ['set', ofItems((items) => ({ kind: 'set', entries: new Map(items.map((item) => [keyOf(item), item])) }))],
  ['frozenset', ofItems((items) => ({ kind: 'set', entries: new Map(items.map((item) => [keyOf(item), item])) }))],
  [
    'dict',
    ({ positional: [given], named, open, at }, machine) => {
      const start = given === undefined ? dict() : given.kind === 'dict' ? given : pairs(machine, given, at);
      if (start.kind !== 'dict') return start;
      const made = dict(start.entries.values());
      const missing = start.open ?? open;
      if (missing !== undefined) made.open = missing;
      for (const [name, value] of named) made.entries.set(keyOf(str(name)), [str(name), value]);
      return made;
    },
  ],
  [
    'map',
    ({ positional: [callee, ...given], at }, machine) => {
      const lists = given.map((each) => machine.iterate(each, at));
      const missing = lists.findIndex((each) => each === undefined);
      if (missing >= 0) return asUnknown(given[missing], at);
      const length = lists.length === 0 ? 0 : Math.min(...lists.map((each) => each?.length ?? 0));
      const rounds = Array.from({ length }, (_, place) => lists.map((each) => each?.[place] ?? none));
      return list(rounds.map((positional) => machine.call(callee, { positional, named: new Map(), at })));
    },
  ],
  [
    'filter',
    ({ positional: [callee, given], at }, machine) => {
      const items = given === undefined ? undefined : machine.iterate(given, at);
      if (items === undefined) return asUnknown(given, at);
      return list(
        items.filter((item) =>
          machine.truth(
            callee.kind === 'none' ? item : machine.call(callee, { positional: [item], named: new Map(), at }),
            at,
          ),
        ),
      );
    },
  ],
  [
    'next',
    ({ positional: [given, otherwise], at }, machine) => {
      if (given?.kind === 'list' && given.items.length > 0) return given.items.shift();
      if (otherwise !== undefined && given?.kind === 'list') return otherwise;
      if (given?.kind === 'list') throw new PythonFailure('StopIteration', 'There is no next value.', at);
      const method = given && machine.attributeIfAny(given, '__next__', at);
      return method && machine.call(method, { positional: [], named: new Map(), at });
    },
  ],
  ['min', extreme(-1)],
  ['max', extreme(1)],
  [
    'sum',
    ofItems((items, { positional: [, start], at }, machine) =>
      items.reduce((sum, item) => machine.binary('+', sum, item, at), start ?? int(0)),
    ),
  ],
  ['any', ofItems((items, { at }, machine) => bool(items.some((item) => machine.truth(item, at))))],
  ['all', ofItems((items, { at }, machine) => bool(items.every((item) => machine.truth(item, at))))],
]);
