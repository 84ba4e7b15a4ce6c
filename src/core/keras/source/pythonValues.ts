import { unknown } from '../../python/evaluate/machine';
import { bool, dict, int, none, str, tuple } from '../../python/evaluate/plainValues';
import type { PythonPlace, PythonValue } from '../../python/evaluate/values';
import { isList, isMap } from '../configValues';
import type { KerasValue } from '../kerasModel';

/** A value of a configuration as the program sees it. */
export function pythonValueOf(value: KerasValue | undefined, at: PythonPlace): PythonValue {
  if (value === undefined) return unknown('This part of the configuration is not known.', at);
  if (value === null) return none;
  if (typeof value === 'boolean') return bool(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) ? int(value) : { kind: 'number', value, isFloat: true };
  }
  if (typeof value === 'string') return str(value);
  if (isList(value)) return tuple(value.map((each) => pythonValueOf(each, at)));
  if (isMap(value)) return dict([...value].map(([name, each]) => [str(name), pythonValueOf(each, at)]));
  return unknown('This part of the configuration is not known.', at);
}
