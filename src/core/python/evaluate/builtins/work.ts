import type { PythonMachine } from '../machine';
import { derived } from '../operators';
import { numberOf } from '../plainValues';
import { asUnknown } from '../support';
import type { Call, PythonValue } from '../values';

/** What a builtin function gives; undefined where that is not followed. */
export type BuiltinWork = (call: Call, machine: PythonMachine) => PythonValue | undefined;

/** Work on the items of the first argument. */
export const ofItems =
  (work: (items: readonly PythonValue[], call: Call, machine: PythonMachine) => PythonValue | undefined): BuiltinWork =>
  (call, machine) => {
    const [given] = call.positional;
    if (given === undefined) return work([], call, machine);
    const items = machine.iterate(given, call.at);
    return items === undefined ? asUnknown(given, call.at) : work(items, call, machine);
  };

/** Work on numbers, unknown where one of them is. */
export const ofNumbers =
  (work: (numbers: readonly number[], isFloat: boolean) => PythonValue | undefined): BuiltinWork =>
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
