import { unknown, type PythonMachine } from '../evaluate/machine';
import { builtin, list, none, numberOf, str, stringOf, tuple } from '../evaluate/plainValues';
import { asUnknown } from '../evaluate/support';
import type { Call, InstanceValue, PythonValue } from '../evaluate/values';
import type { LibraryWork } from './libraryWork';

/** `copy`, `collections` and `itertools`, by dotted path. */
export const collectionWorks: ReadonlyMap<string, LibraryWork> = new Map<string, LibraryWork>([
  ['copy.copy', ({ positional: [given] }, machine) => given && copied(machine, given, 0)],
  ['copy.deepcopy', ({ positional: [given] }, machine) => given && copied(machine, given, 20)],
  ['collections.namedtuple', namedTuple],
  [
    'collections.defaultdict',
    ({ positional: [missing, start] }) => ({
      kind: 'dict',
      entries: new Map(start?.kind === 'dict' ? start.entries : []),
      ...(missing && { missing }),
    }),
  ],
  ['itertools.chain', chain],
  [
    'itertools.chain.from_iterable',
    (call, machine) => {
      const items = machine.iterate(call.positional[0], call.at);
      return items === undefined
        ? asUnknown(call.positional[0], call.at)
        : chain({ ...call, positional: items }, machine);
    },
  ],
  ['itertools.product', products],
  [
    'itertools.repeat',
    ({ positional: [item, times] }) => {
      const count = numberOf(times);
      return count === undefined || count > 10_000
        ? undefined
        : list(Array<PythonValue>(Math.max(0, count)).fill(item));
    },
  ],
]);

function copied(machine: PythonMachine, value: PythonValue, depth: number): PythonValue {
  machine.step(1);
  const inner = (each: PythonValue): PythonValue => (depth > 0 ? copied(machine, each, depth - 1) : each);
  switch (value.kind) {
    case 'list':
      return list(value.items.map(inner));
    case 'tuple':
      return { ...value, items: value.items.map(inner) };
    case 'dict':
      return {
        ...value,
        entries: new Map([...value.entries].map(([key, [name, each]]) => [key, [name, inner(each)] as const])),
      };
    case 'set':
      return { kind: 'set', entries: new Map(value.entries) };
    case 'instance': {
      const made: InstanceValue = { ...value, attributes: new Map() };
      for (const [name, each] of value.attributes) made.attributes.set(name, inner(each));
      return made;
    }
    default:
      return value;
  }
}

function namedTuple({ positional: [, names], named, at }: Call, machine: PythonMachine): PythonValue | undefined {
  const text = stringOf(names);
  const items = text === undefined ? machine.iterate(names ?? none, at) : text.split(/[\s,]+/).map(str);
  const fields = items?.map((item) => stringOf(item) ?? '');
  if (fields === undefined) return undefined;
  const defaults = machine.iterate(named.get('defaults') ?? tuple([]), at) ?? [];
  return builtin('namedtuple', (call) => ({
    kind: 'tuple',
    names: fields,
    items: fields.map(
      (field, place) =>
        call.positional.at(place) ??
        call.named.get(field) ??
        defaults.at(place - fields.length) ??
        unknown(`${field} is not given.`, call.at),
    ),
  }));
}

function chain({ positional, at }: Call, machine: PythonMachine): PythonValue {
  const all: PythonValue[] = [];
  for (const each of positional) {
    const items = machine.iterate(each, at);
    if (items === undefined) return asUnknown(each, at);
    all.push(...items);
  }
  return list(all);
}

function products({ positional, at }: Call, machine: PythonMachine): PythonValue | undefined {
  let rows: readonly (readonly PythonValue[])[] = [[]];
  for (const each of positional) {
    const items = machine.iterate(each, at);
    if (items === undefined) return asUnknown(each, at);
    if (rows.length * items.length > 10_000) return undefined;
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return list(rows.map((row) => tuple(row)));
}
