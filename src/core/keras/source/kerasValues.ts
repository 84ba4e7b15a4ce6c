import { holdsTooMuch } from '../../python/evaluate/sizes';
import type { HostObject, UnknownValue, PythonValue } from '../../python/evaluate/values';
import type { KerasValue } from '../kerasModel';
import type { Described } from './graph';

/** A value of Python as a configuration has it; what is not known is noted in `open`. */
export function kerasValueOf(value: PythonValue, open: UnknownValue[], depth = 0): KerasValue | undefined {
  if (depth > 20 || (depth === 0 && holdsTooMuch(value))) return undefined;
  const inner = (each: PythonValue): KerasValue | undefined => kerasValueOf(each, open, depth + 1);
  switch (value.kind) {
    case 'none':
      return null;
    case 'ellipsis':
      return '...';
    case 'bool':
    case 'number':
    case 'string':
      return value.value;
    case 'list':
    case 'tuple':
      return value.items.map(inner);
    case 'set':
      return [...value.entries.values()].map(inner);
    case 'dict': {
      if (value.open !== undefined) open.push(value.open);
      const entries = [...value.entries.values()].map(
        ([key, each]) => [key.kind === 'string' ? key.value : '', inner(each)] as const,
      );
      return new Map(entries);
    }
    case 'slice':
      return new Map([
        ['start', inner(value.start)],
        ['stop', inner(value.stop)],
        ['step', inner(value.step)],
      ]);
    case 'foreign':
      return value.path.slice(value.path.lastIndexOf('.') + 1);
    case 'unknown':
      open.push(value);
      return undefined;
    case 'host':
      return isDescribed(value.object) ? value.object.described() : undefined;
    default:
      return undefined;
  }
}

function isDescribed(object: HostObject): object is Described {
  return 'described' in object;
}
