import { ancestry, findInClass } from '../classes';
import { kindName } from '../operators';
import { bool, none, str } from '../plainValues';
import type { PythonValue } from '../values';
import type { BuiltinWork } from './work';

/** Builtin functions that ask what a value is. */
export const typeBuiltins: ReadonlyMap<string, BuiltinWork> = new Map<string, BuiltinWork>([
  ['callable', ({ positional: [given] }) => bool(given !== undefined && isCallable(given))],
  ['isinstance', ({ positional: [given, type] }) => isInstance(given, type)],
  ['issubclass', ({ positional: [given, type] }) => isInstanceOfClass(given, type)],
  ['type', ({ positional: [given] }) => typeOf(given)],
]);

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
