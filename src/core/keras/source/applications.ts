import type { Call, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour } from '../kerasModel';
import type { GraphSession } from './graph';

/** Builds a network of `keras.applications`. */
export type Application = (session: GraphSession, flavour: KerasFlavour, call: Call) => PythonValue;

const applications: ReadonlyMap<string, Application> = new Map();

export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
