import type {
  BoolValue,
  BuiltinValue,
  Call,
  DictValue,
  HostObject,
  HostValue,
  ListValue,
  NumberValue,
  PythonValue,
  StringValue,
  TupleValue,
} from './values';
import { holdsTooMuch } from './sizes';

export const none: PythonValue = { kind: 'none' };
export const ellipsis: PythonValue = { kind: 'ellipsis' };
const truths = { yes: { kind: 'bool', value: true }, no: { kind: 'bool', value: false } } as const;

export function bool(value: boolean): BoolValue {
  return value ? truths.yes : truths.no;
}
export function int(value: number): NumberValue {
  return { kind: 'number', value, isFloat: false };
}
export function float(value: number): NumberValue {
  return { kind: 'number', value, isFloat: true };
}
export function str(value: string): StringValue {
  return { kind: 'string', value };
}
export function list(items: readonly PythonValue[]): ListValue {
  return { kind: 'list', items: [...items] };
}
export function tuple(items: readonly PythonValue[]): TupleValue {
  return { kind: 'tuple', items };
}
export function host(object: HostObject): HostValue {
  return { kind: 'host', object };
}
export function builtin(name: string, call: (call: Call) => PythonValue): BuiltinValue {
  return { kind: 'builtin', name, call };
}
export function dict(entries: Iterable<readonly [PythonValue, PythonValue]> = []): DictValue {
  const made: DictValue = { kind: 'dict', entries: new Map() };
  for (const entry of entries) made.entries.set(keyOf(entry[0]), entry);
  return made;
}

/** What two equal values have in common as keys of a dictionary: a text, or the object that is one of a kind. */
export function keyOf(value: PythonValue): unknown {
  switch (value.kind) {
    case 'none':
    case 'ellipsis':
      return value.kind;
    case 'bool':
      return `n:${value.value ? 1 : 0}`;
    case 'number':
      return `n:${value.value}`;
    case 'string':
      return `s:${value.value}`;
    case 'foreign':
      return `f:${value.path}`;
    case 'tuple': {
      if (holdsTooMuch(value)) return value;
      const keys = value.items.map(keyOf);
      return keys.every((key) => typeof key === 'string')
        ? `(${keys.map((key) => `${key.length}:${key}`).join('')})`
        : value;
    }
    default:
      return value;
  }
}

/** The entries of a dictionary whose keys are texts. */
export function textEntries({ entries }: DictValue): ReadonlyMap<string, PythonValue> {
  const found = new Map<string, PythonValue>();
  for (const [key, value] of entries.values()) if (key.kind === 'string') found.set(key.value, value);
  return found;
}

/** A number, a truth among them; undefined where it is none or not known. */
export function numberOf(value: PythonValue | undefined): number | undefined {
  if (value?.kind === 'number') return value.value;
  return value?.kind === 'bool' ? (value.value ? 1 : 0) : undefined;
}

export function stringOf(value: PythonValue | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

export function sequenceOf(value: PythonValue | undefined): readonly PythonValue[] | undefined {
  return value?.kind === 'list' || value?.kind === 'tuple' ? value.items : undefined;
}
