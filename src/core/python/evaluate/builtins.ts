import { ancestry, findInClass } from './classes';
import type { PythonMachine } from './machine';
import { asUnknown } from './support';
import { PythonFailure } from './failure';
import { inFormat, textOfValue, written } from './format';
import { rangeItems } from './indexing';
import { unknown } from './machine';
import { pairs, sorted } from './methods/collections';
import { derived, kindName, ordered } from './operators';
import {
  bool,
  builtin,
  dict,
  float,
  int,
  keyOf,
  list,
  none,
  numberOf,
  str,
  stringOf,
  tuple,
  type Call,
  type PythonValue,
} from './values';

/** Items of a `range` beyond which it is not followed. */
const mostItems = 200_000;

type Work = (call: Call, machine: PythonMachine) => PythonValue | undefined;

/** What Python has without an import. */
export function builtinNames(machine: PythonMachine): ReadonlyMap<string, PythonValue> {
  const names = new Map<string, PythonValue>();
  for (const [name, work] of works) {
    names.set(
      name,
      builtin(name, (call) => work(call, machine) ?? unknown(`What ${name} gives is not followed.`, call.at)),
    );
  }
  for (const name of failures)
    names.set(
      name,
      builtin(name, ({ positional: [message] }) => failure(name, message)),
    );
  names.set('dict', {
    ...(names.get('dict') as Extract<PythonValue, { kind: 'builtin' }>),
    members: fromKeys(machine),
  });
  names.set('object', { kind: 'foreign', path: 'builtins.object' });
  for (const [name, wraps] of [
    ['property', 'property'],
    ['staticmethod', 'static'],
    ['classmethod', 'class'],
  ] as const) {
    names.set(
      name,
      builtin(name, ({ positional: [callee] }) => ({ kind: 'property', wraps, callee: callee ?? none })),
    );
  }
  names.set('NotImplemented', none);
  return names;
}

const failures = (
  'Exception BaseException ValueError TypeError KeyError IndexError ImportError ModuleNotFoundError RuntimeError ' +
  'AssertionError NotImplementedError AttributeError FileNotFoundError OSError StopIteration ZeroDivisionError ' +
  'SystemExit KeyboardInterrupt NameError LookupError ArithmeticError IOError PermissionError Warning UserWarning'
).split(' ');

/** An exception is a value with its class's name. */
function failure(name: string, message: PythonValue | undefined): PythonValue {
  return { kind: 'builtin', name, call: () => none, members: new Map([['args', tuple(message ? [message] : [])]]) };
}

function fromKeys(machine: PythonMachine): ReadonlyMap<string, PythonValue> {
  const make = ({ positional: [keys, value], at }: Call): PythonValue => {
    const items = keys === undefined ? undefined : machine.iterate(keys, at);
    return items === undefined
      ? unknown('Its keys are not known.', at)
      : dict(items.map((key) => [key, value ?? none]));
  };
  return new Map([['fromkeys', builtin('fromkeys', make)]]);
}

/** Work on the items of the first argument. */
const ofItems =
  (work: (items: readonly PythonValue[], call: Call, machine: PythonMachine) => PythonValue | undefined): Work =>
  (call, machine) => {
    const [given] = call.positional;
    if (given === undefined) return work([], call, machine);
    const items = machine.iterate(given, call.at);
    return items === undefined ? asUnknown(given, call.at) : work(items, call, machine);
  };

/** Work on numbers, unknown where one of them is. */
const ofNumbers =
  (work: (numbers: readonly number[], isFloat: boolean) => PythonValue | undefined): Work =>
  ({ positional, at }) => {
    const open = positional.find((value) => value.kind === 'unknown');
    if (open?.kind === 'unknown') return derived(open, at);
    const numbers = positional.map(numberOf);
    if (numbers.some((number) => number === undefined)) return undefined;
    return work(
      numbers as number[],
      positional.some((value) => value.kind === 'number' && value.isFloat),
    );
  };

const extreme =
  (sign: 1 | -1): Work =>
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

const works: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['print', () => none],
  ['display', () => none],
  ['exit', leave],
  ['quit', leave],
  ['len', ({ positional: [given], at }, machine) => given && machine.length(given, at)],
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
  ['abs', ofNumbers(([number], isFloat) => ({ kind: 'number', value: Math.abs(number), isFloat }))],
  [
    'pow',
    ofNumbers(([base, exponent], isFloat) => ({
      kind: 'number',
      value: base ** exponent,
      isFloat: isFloat || exponent < 0,
    })),
  ],
  [
    'divmod',
    ofNumbers(([a, b], isFloat) => {
      if (b === 0) return undefined;
      const whole = Math.floor(a / b);
      return tuple([
        { kind: 'number', value: whole, isFloat },
        { kind: 'number', value: a - whole * b, isFloat },
      ]);
    }),
  ],
  [
    'round',
    ofNumbers(([number, digits]) => (digits === undefined ? int(roundedEven(number)) : float(rounded(number, digits)))),
  ],
  ['int', toInt],
  ['float', toFloat],
  ['bool', ({ positional: [given], at }, machine) => bool(given !== undefined && machine.truth(given, at))],
  [
    'str',
    ({ positional: [given], at }, machine) => {
      if (given === undefined) return str('');
      if (given.kind === 'instance') {
        const method = machine.attributeIfAny(given, '__str__', at) ?? machine.attributeIfAny(given, '__repr__', at);
        if (method !== undefined) return machine.call(method, { positional: [], named: new Map(), at });
      }
      return asValue(textOfValue(given, at));
    },
  ],
  ['repr', ({ positional: [given], at }) => (given === undefined ? undefined : asValue(written(given, at)))],
  [
    'format',
    ({ positional: [given, spec], at }) =>
      given === undefined ? undefined : asValue(inFormat(given, stringOf(spec) ?? '', at)),
  ],
  ['chr', ofNumbers(([code]) => (code >= 0 && code < 0x110000 ? str(String.fromCodePoint(code)) : undefined))],
  ['ord', ({ positional: [given] }) => (given?.kind === 'string' ? int(given.value.codePointAt(0) ?? 0) : undefined)],
  ['callable', ({ positional: [given] }) => bool(given !== undefined && isCallable(given))],
  ['id', ({ at }) => unknown('An identity is not followed.', at)],
  [
    'slice',
    ({ positional }) => {
      const [start, stop, step] = positional.length === 1 ? [none, positional[0], none] : positional;
      return { kind: 'slice', start: start ?? none, stop: stop ?? none, step: step ?? none };
    },
  ],
  ['isinstance', ({ positional: [given, type] }) => isInstance(given, type)],
  ['issubclass', ({ positional: [given, type] }) => isInstanceOfClass(given, type)],
  ['type', ({ positional: [given] }) => typeOf(given)],
  [
    'hasattr',
    ({ positional: [object, name], at }, machine) => {
      const text = stringOf(name);
      if (object === undefined || text === undefined || object.kind === 'unknown') return undefined;
      return bool(machine.attributeIfAny(object, text, at) !== undefined);
    },
  ],
  [
    'getattr',
    ({ positional: [object, name, otherwise], at }, machine) => {
      const text = stringOf(name);
      if (object === undefined || text === undefined) return name && asUnknown(name, at);
      return machine.attributeIfAny(object, text, at) ?? otherwise;
    },
  ],
  [
    'setattr',
    ({ positional: [object, name, value] }, machine) => {
      const text = stringOf(name);
      if (object !== undefined && text !== undefined && value !== undefined) machine.setAttribute(object, text, value);
      return none;
    },
  ],
]);

function leave({ at }: Call): PythonValue {
  throw new PythonFailure('SystemExit', 'The program ends here.', at);
}

function asValue(made: string | PythonValue): PythonValue {
  return typeof made === 'string' ? str(made) : made;
}

function roundedEven(number: number): number {
  const down = Math.floor(number);
  const rest = number - down;
  if (rest !== 0.5) return Math.round(number);
  return down % 2 === 0 ? down : down + 1;
}

function rounded(number: number, digits: number): number {
  return Number(number.toFixed(Math.min(100, Math.max(0, digits))));
}

function toInt({ positional: [given, base], at }: Call): PythonValue | undefined {
  if (given === undefined) return int(0);
  if (given.kind === 'unknown') return derived(given, at);
  const number = numberOf(given);
  if (number !== undefined) return Number.isFinite(number) ? int(Math.trunc(number)) : undefined;
  if (given.kind !== 'string') return undefined;
  const text = given.value.trim().replace(/_/g, '');
  const radix = numberOf(base) ?? 10;
  const parsed = radix === 10 ? Number(/^[+-]?\d+$/.test(text) ? text : Number.NaN) : Number.parseInt(text, radix);
  if (Number.isNaN(parsed)) throw new PythonFailure('ValueError', 'The text is no whole number.', at);
  return int(parsed);
}

function toFloat({ positional: [given], at }: Call): PythonValue | undefined {
  if (given === undefined) return float(0);
  if (given.kind === 'unknown') return derived(given, at);
  const number = numberOf(given);
  if (number !== undefined) return float(number);
  const parsed = given.kind === 'string' ? Number(given.value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : float(parsed);
}

function isCallable(value: PythonValue): boolean {
  if (value.kind === 'host') return value.object.isCallable === true;
  if (value.kind === 'instance') return findInClass(value.class, '__call__') !== undefined;
  return ['function', 'method', 'builtin', 'class', 'foreign'].includes(value.kind);
}

/** Names of builtin types and the kinds of values that are theirs. */
const types: ReadonlyMap<string, (value: PythonValue) => boolean> = new Map<string, (value: PythonValue) => boolean>([
  ['int', (value) => (value.kind === 'number' && !value.isFloat) || value.kind === 'bool'],
  ['float', (value) => value.kind === 'number' && value.isFloat],
  ['bool', ({ kind }) => kind === 'bool'],
  ['str', ({ kind }) => kind === 'string'],
  ['list', ({ kind }) => kind === 'list'],
  ['tuple', ({ kind }) => kind === 'tuple'],
  ['dict', ({ kind }) => kind === 'dict'],
  ['set', ({ kind }) => kind === 'set'],
]);

function isInstance(given: PythonValue | undefined, type: PythonValue | undefined): PythonValue | undefined {
  if (given === undefined || type === undefined || given.kind === 'unknown') return given;
  if (type.kind === 'tuple') {
    const results = type.items.map((each) => isInstance(given, each));
    if (results.some((each) => each?.kind === 'bool' && each.value)) return bool(true);
    return results.find((each) => each?.kind !== 'bool') ?? bool(false);
  }
  if (type.kind === 'builtin') return bool(types.get(type.name)?.(given) ?? false);
  if (type.kind === 'class') return bool(given.kind === 'instance' && ancestry(given.class).includes(type));
  if (type.kind !== 'foreign') return undefined;
  const name = type.path.split('.').at(-1) ?? '';
  if (given.kind === 'host') return bool(given.object.isInstance?.(name) ?? given.object.typeName === name);
  if (given.kind === 'instance') {
    return bool(ancestry(given.class).some((each) => typeof each === 'string' && each.endsWith(name)));
  }
  if (/^(?:Sequence|Iterable|Collection)$/.test(name)) return bool(given.kind === 'list' || given.kind === 'tuple');
  if (/^(?:Mapping|MutableMapping)$/.test(name)) return bool(given.kind === 'dict');
  if (/^(?:integer|Integral|int\d*)$/.test(name)) return bool(given.kind === 'number' && !given.isFloat);
  if (name === 'Callable') return bool(isCallable(given));
  return bool(false);
}

function isInstanceOfClass(given: PythonValue | undefined, type: PythonValue | undefined): PythonValue | undefined {
  if (given?.kind !== 'class' || type === undefined) return undefined;
  const name = type.kind === 'foreign' ? type.path : type;
  return type.kind === 'class' || type.kind === 'foreign' ? bool(ancestry(given).includes(name as never)) : undefined;
}

function typeOf(given: PythonValue | undefined): PythonValue | undefined {
  if (given === undefined || given.kind === 'unknown') return given;
  if (given.kind === 'instance') return given.class;
  const name = [...types].find(([, holds]) => holds(given))?.[0];
  const members = new Map([['__name__', str(name ?? kindName(given))]]);
  return { kind: 'builtin', name: name ?? kindName(given), call: () => none, members };
}
