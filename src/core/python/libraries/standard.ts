import type { PythonMachine } from '../evaluate/machine';
import { asUnknown } from '../evaluate/support';
import { fieldsOf } from '../evaluate/classes';
import { unknown } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import {
  builtin,
  bool,
  dict,
  float,
  host,
  int,
  list,
  none,
  numberOf,
  str,
  stringOf,
  textEntries,
  tuple,
  type Call,
  type InstanceValue,
  type PythonValue,
} from '../evaluate/values';
import { arrayMembers } from './arrays';
import { literalOf } from './literals';
import { Namespace } from './namespace';
import { parserMembers } from './parsers';

type Work = (call: Call, machine: PythonMachine) => PythonValue | undefined;

/** What the standard library of Python has, as far as model sources use it, by its dotted path. */
export function standardMembers(machine: PythonMachine): ReadonlyMap<string, PythonValue> {
  const members = new Map<string, PythonValue>([
    ['math.pi', float(Math.PI)],
    ['math.e', float(Math.E)],
    ['math.inf', float(Infinity)],
    ['collections.OrderedDict', machine.builtins.get('dict') ?? none],
    ['collections.deque', machine.builtins.get('list') ?? none],
    ['functools.cached_property', machine.builtins.get('property') ?? none],
    ['abc.abstractproperty', machine.builtins.get('property') ?? none],
    ['os.environ', host(new Environment(machine.environment))],
    ['sys.argv', list([str('main.py')])],
    ['sys.exit', machine.builtins.get('exit') ?? none],
    ['sys.version_info', tuple([int(3), int(11), int(0)])],
    ['typing.TYPE_CHECKING', bool(false)],
    ...parserMembers(machine),
    ...arrayMembers(machine),
  ]);
  for (const [path, work] of works) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    members.set(
      path,
      builtin(name, (call) => work(call, machine) ?? unknown(`What ${path} gives is not followed.`, call.at)),
    );
  }
  return members;
}

/** `os.environ`: what the program reads without setting it is what it takes where nothing is set. */
class Environment {
  readonly typeName = 'environ';

  constructor(readonly variables: Map<string, PythonValue>) {}

  attribute(name: string): PythonValue | undefined {
    if (name === 'get' || name === 'setdefault') return builtin(name, (call) => variable(call, this.variables));
    return undefined;
  }

  item(index: PythonValue, at: Call['at']): PythonValue {
    const name = stringOf(index) ?? '';
    return this.variables.get(name) ?? unknown(`${name} is a variable of the system.`, at);
  }

  setItem(index: PythonValue, value: PythonValue): void {
    this.variables.set(stringOf(index) ?? '', value);
  }
}

function variable(
  { positional: [name, otherwise], at }: Call,
  variables: ReadonlyMap<string, PythonValue>,
): PythonValue {
  const text = stringOf(name) ?? '';
  return variables.get(text) ?? otherwise ?? unknown(`${text} is a variable of the system.`, at);
}

const ofNumber =
  (work: (number: number, second: number) => PythonValue | undefined): Work =>
  ({ positional: [given, second], at }) => {
    if (given?.kind === 'unknown') return derived(given, at);
    const number = numberOf(given);
    return number === undefined ? undefined : work(number, numberOf(second) ?? Number.NaN);
  };

const whole = (number: number): PythonValue | undefined => (Number.isFinite(number) ? int(number) : undefined);

const identity: Work = ({ positional: [given] }) => given;

/** A decorator that leaves what it decorates as it is, with or without arguments of its own. */
const transparent: Work = ({ positional: [given] }) =>
  given?.kind === 'function' || given?.kind === 'method' || given?.kind === 'class' || given?.kind === 'property'
    ? given
    : builtin('decorator', ({ positional: [decorated] }) => decorated);

const works: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['math.sqrt', ofNumber((number) => (number < 0 ? undefined : float(Math.sqrt(number))))],
  ['math.floor', ofNumber((number) => whole(Math.floor(number)))],
  ['math.ceil', ofNumber((number) => whole(Math.ceil(number)))],
  ['math.trunc', ofNumber((number) => whole(Math.trunc(number)))],
  ['math.exp', ofNumber((number) => float(Math.exp(number)))],
  [
    'math.log',
    ofNumber((number, base) => float(Number.isNaN(base) ? Math.log(number) : Math.log(number) / Math.log(base))),
  ],
  ['math.log2', ofNumber((number) => float(Math.log2(number)))],
  ['math.log10', ofNumber((number) => float(Math.log10(number)))],
  ['math.pow', ofNumber((number, power) => float(number ** power))],
  ['math.sin', ofNumber((number) => float(Math.sin(number)))],
  ['math.cos', ofNumber((number) => float(Math.cos(number)))],
  ['math.fabs', ofNumber((number) => float(Math.abs(number)))],
  ['math.gcd', ofNumber((first, second) => int(divisor(Math.abs(first), Math.abs(second))))],
  ['math.prod', product],
  ['os.getenv', (call, machine) => variable(call, machine.environment)],
  [
    'os.path.basename',
    ({ positional: [path] }) => (path?.kind === 'string' ? str(path.value.split('/').at(-1) ?? '') : undefined),
  ],
  ['functools.partial', partial],
  ['functools.wraps', () => builtin('decorator', ({ positional: [decorated] }) => decorated)],
  ['functools.lru_cache', transparent],
  ['functools.cache', transparent],
  ['functools.reduce', reduce],
  ['abc.abstractmethod', identity],
  ['typing.cast', ({ positional: [, given] }) => given],
  ['typing.NewType', () => builtin('type', ({ positional: [given] }) => given)],
  ['dataclasses.dataclass', dataclass],
  ['dataclasses.field', ({ named }) => ({ kind: 'builtin', name: 'field', call: () => none, members: named })],
  ['dataclasses.asdict', ({ positional: [given] }) => fieldValues(given)],
  [
    'dataclasses.replace',
    ({ positional: [given], named }) =>
      given?.kind === 'instance'
        ? { kind: 'instance', class: given.class, attributes: new Map([...given.attributes, ...named]) }
        : given,
  ],
  [
    'pydantic.Field',
    ({ positional: [initial], named }) => {
      const [standard, factory] = [initial ?? named.get('default'), named.get('default_factory')];
      const members = new Map<string, PythonValue>();
      if (standard !== undefined && standard.kind !== 'ellipsis') members.set('default', standard);
      if (factory !== undefined) members.set('default_factory', factory);
      return { kind: 'builtin', name: 'field', call: () => none, members };
    },
  ],
  ['copy.copy', ({ positional: [given] }) => given && copied(given, 0)],
  ['copy.deepcopy', ({ positional: [given] }) => given && copied(given, 20)],
  ['collections.namedtuple', namedTuple],
  [
    'collections.defaultdict',
    ({ positional: [missing, start] }) => ({
      kind: 'dict',
      entries: new Map(start?.kind === 'dict' ? start.entries : []),
      ...(missing && { missing }),
    }),
  ],
  ['types.SimpleNamespace', ({ named }) => host(new Namespace(named))],
  ['easydict.EasyDict', namespaceOf],
  ['box.Box', namespaceOf],
  ['ml_collections.ConfigDict', namespaceOf],
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
  ['operator.mul', ({ positional: [left, right], at }, machine) => machine.binary('*', left, right, at)],
  ['operator.add', ({ positional: [left, right], at }, machine) => machine.binary('+', left, right, at)],
  ['ast.literal_eval', ({ positional: [text], at }, machine) => literal(text, at, machine)],
  ['json.loads', ({ positional: [text], at }, machine) => literal(text, at, machine)],
  ['logging.getLogger', ({ at }) => unknown('A log is not followed.', at)],
]);

function divisor(first: number, second: number): number {
  return second === 0 ? first : divisor(second, first % second);
}

function product({ positional: [given], named, at }: Call, machine: PythonMachine): PythonValue | undefined {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  if (items === undefined) return given && asUnknown(given, at);
  return items.reduce((all, item) => machine.binary('*', all, item, at), named.get('start') ?? int(1));
}

function partial(
  { positional: [callee, ...first], named: before }: Call,
  machine: PythonMachine,
): PythonValue | undefined {
  if (callee === undefined) return undefined;
  const call = (call: Call): PythonValue =>
    machine.call(callee, {
      ...call,
      positional: [...first, ...call.positional],
      named: new Map([...before, ...call.named]),
    });
  return {
    kind: 'builtin',
    name: 'partial',
    call,
    members: new Map<string, PythonValue>([
      ['func', callee],
      ['args', tuple(first)],
    ]),
  };
}

function reduce({ positional: [callee, given, start], at }: Call, machine: PythonMachine): PythonValue | undefined {
  const items = given === undefined ? undefined : machine.iterate(given, at);
  if (items === undefined) return given && asUnknown(given, at);
  const all = start === undefined ? items : [start, ...items];
  if (all.length === 0) return undefined;
  return all
    .slice(1)
    .reduce((left, right) => machine.call(callee, { positional: [left, right], named: new Map(), at }), all[0]);
}

function dataclass({ positional: [made] }: Call): PythonValue | undefined {
  const mark = (given: PythonValue | undefined): PythonValue => {
    if (given?.kind !== 'class') return given ?? none;
    const inherited = given.bases.flatMap((base) => (base.kind === 'class' ? (base.fields ?? []) : []));
    given.fields = fieldsOf(given, inherited);
    return given;
  };
  return made === undefined ? builtin('dataclass', ({ positional: [given] }) => mark(given)) : mark(made);
}

function fieldValues(given: PythonValue | undefined): PythonValue | undefined {
  if (given?.kind !== 'instance') return given;
  return dict([...given.attributes].map(([name, value]) => [str(name), fieldValues(value) ?? none]));
}

function copied(value: PythonValue, depth: number): PythonValue {
  const inner = (each: PythonValue): PythonValue => (depth > 0 ? copied(each, depth - 1) : each);
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

function namespaceOf({ positional: [given], named }: Call): PythonValue {
  const before = given?.kind === 'dict' ? textEntries(given) : new Map<string, PythonValue>();
  return host(new Namespace([...before, ...named]));
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

function literal(text: PythonValue | undefined, at: Call['at'], machine: PythonMachine): PythonValue | undefined {
  if (text?.kind === 'unknown') return derived(text, at);
  const known = stringOf(text);
  return known === undefined ? undefined : literalOf(known, machine);
}
