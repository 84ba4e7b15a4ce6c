import { numberBuiltins } from './builtins/numbers';
import { sequenceBuiltins } from './builtins/sequences';
import { typeBuiltins } from './builtins/types';
import type { BuiltinWork } from './builtins/work';
import { PythonFailure } from './failure';
import { unknown, type PythonMachine } from './machine';
import { bool, builtin, dict, none, stringOf, tuple } from './plainValues';
import { asUnknown } from './support';
import type { Call, PythonValue } from './values';

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
  for (const [name, why] of outside)
    names.set(
      name,
      builtin(name, ({ at }) => unknown(why, at)),
    );
  names.set('NotImplemented', none);
  return names;
}

/** What is only there while the program runs. */
const outside = [
  ['input', 'What somebody types is not known.'],
  ['globals', 'The names of a module are not followed as a dictionary.'],
  ['locals', 'The names of a function are not followed as a dictionary.'],
  ['vars', 'The names of an object are not followed as a dictionary.'],
  ['eval', 'What a text gives as a program is not followed.'],
  ['exec', 'What a text does as a program is not followed.'],
  ['get_ipython', 'The notebook itself is not followed.'],
] as const;

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

const works: ReadonlyMap<string, BuiltinWork> = new Map<string, BuiltinWork>([
  ...sequenceBuiltins,
  ...numberBuiltins,
  ...typeBuiltins,
  ['print', () => none],
  ['display', () => none],
  ['exit', leave],
  ['quit', leave],
  ['len', ({ positional: [given], at }, machine) => given && machine.length(given, at)],
  ['bool', ({ positional: [given], at }, machine) => bool(given !== undefined && machine.truth(given, at))],
  ['id', ({ at }) => unknown('An identity is not followed.', at)],
  [
    'slice',
    ({ positional }) => {
      const [start, stop, step] = positional.length === 1 ? [none, positional[0], none] : positional;
      return { kind: 'slice', start: start ?? none, stop: stop ?? none, step: step ?? none };
    },
  ],
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
