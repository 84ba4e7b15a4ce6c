import { unknown, type PythonMachine } from '../evaluate/machine';
import { derived } from '../evaluate/operators';
import {
  bool,
  builtin,
  float,
  host,
  int,
  list,
  none,
  str,
  stringOf,
  textEntries,
  tuple,
} from '../evaluate/plainValues';
import { asUnknown } from '../evaluate/support';
import type { Call, PythonValue } from '../evaluate/values';
import { arrayMembers } from './arrays';
import { collectionWorks } from './collections';
import { dataClassWorks } from './dataClasses';
import type { LibraryWork } from './libraryWork';
import { literalOf } from './literals';
import { pathWorks } from './filePaths';
import { mathWorks } from './math';
import { Namespace } from './namespace';
import { parserMembers } from './parsers';
import { textFileMembers } from './textFiles';

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
    ['sys.path', machine.searchPath],
    ['sys.exit', machine.builtins.get('exit') ?? none],
    ['sys.version_info', tuple([int(3), int(11), int(0)])],
    ['typing.TYPE_CHECKING', bool(false)],
    ...parserMembers(machine),
    ...arrayMembers(machine),
    ...textFileMembers(machine),
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

const identity: LibraryWork = ({ positional: [given] }) => given;

/** A decorator that leaves what it decorates as it is, with or without arguments of its own. */
const transparent: LibraryWork = ({ positional: [given] }) =>
  given?.kind === 'function' || given?.kind === 'method' || given?.kind === 'class' || given?.kind === 'property'
    ? given
    : builtin('decorator', ({ positional: [decorated] }) => decorated);

const works: ReadonlyMap<string, LibraryWork> = new Map<string, LibraryWork>([
  ...mathWorks,
  ...dataClassWorks,
  ...collectionWorks,
  ['os.getenv', (call, machine) => variable(call, machine.environment)],
  ...pathWorks,
  ['functools.partial', partial],
  ['functools.wraps', () => builtin('decorator', ({ positional: [decorated] }) => decorated)],
  ['functools.lru_cache', transparent],
  ['functools.cache', transparent],
  ['functools.reduce', reduce],
  ['abc.abstractmethod', identity],
  ['typing.cast', ({ positional: [, given] }) => given],
  ['typing.NewType', () => builtin('type', ({ positional: [given] }) => given)],
  ['types.SimpleNamespace', ({ named }) => host(new Namespace(named))],
  ['easydict.EasyDict', namespaceOf],
  ['box.Box', namespaceOf],
  ['ml_collections.ConfigDict', namespaceOf],
  ['operator.mul', ({ positional: [left, right], at }, machine) => machine.binary('*', left, right, at)],
  ['operator.add', ({ positional: [left, right], at }, machine) => machine.binary('+', left, right, at)],
  ['ast.literal_eval', ({ positional: [text], at }, machine) => literal(text, at, machine)],
  ['json.loads', ({ positional: [text], at }, machine) => literal(text, at, machine)],
  ['logging.getLogger', ({ at }) => unknown('A log is not followed.', at)],
]);

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

function namespaceOf({ positional: [given], named }: Call): PythonValue {
  const before = given?.kind === 'dict' ? textEntries(given) : new Map<string, PythonValue>();
  return host(new Namespace([...before, ...named]));
}

function literal(text: PythonValue | undefined, at: Call['at'], machine: PythonMachine): PythonValue | undefined {
  if (text?.kind === 'unknown') return derived(text, at);
  const known = stringOf(text);
  return known === undefined ? undefined : literalOf(known, machine);
}
