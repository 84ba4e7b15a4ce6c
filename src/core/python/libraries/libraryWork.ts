import type { PythonMachine } from '../evaluate/machine';
import type { Call, PythonValue } from '../evaluate/values';

/** What a function of a library gives; undefined where that is not followed. */
export type LibraryWork = (call: Call, machine: PythonMachine) => PythonValue | undefined;
