import { PythonFailure } from '../../python/evaluate/failure';
import type { PythonMachine } from '../../python/evaluate/machine';
import { host } from '../../python/evaluate/plainValues';
import type {
  Call,
  ClassValue,
  FunctionValue,
  PythonPlace,
  PythonScope,
  PythonValue,
  UnknownValue,
} from '../../python/evaluate/values';
import type { PyParameter } from '../../python/syntax/tree';
import type { Session } from './session';
import { HyperParameters } from './tuner';

export type Callee = FunctionValue | ClassValue;

interface Tried {
  readonly callee: Callee;
  /** What gets the arguments: the function, or the initialiser of the class. */
  readonly called: FunctionValue | undefined;
  /** Its first parameter is the instance or the class that it is called of. */
  readonly isBound: boolean;
}

/**
 * What a function or a class that nobody calls is called with: what was given, what another program passes, or what
 * stands for a value.
 */
export function templateArguments(
  session: Session,
  { callee, called, isBound }: Tried,
  passed: (name: string) => PythonValue | undefined,
): ReadonlyMap<string, PythonValue> {
  const { machine } = session;
  const named = new Map<string, PythonValue>();
  for (const parameter of called?.parameters.slice(callee.kind === 'class' || isBound ? 1 : 0) ?? []) {
    const { name, kind, from, to } = parameter;
    if (kind === 'rest' || kind === 'keywords') continue;
    const place: PythonPlace = { unit: called?.unit ?? callee.place.unit, from, to };
    const given = machine.given(`${callee.name}.${name}`, place) ?? machine.given(name, place);
    const value = given ?? passed(name) ?? standIn(session, parameter, { callee, called, place });
    if (value !== undefined) named.set(name, value);
  }
  return named;
}

interface Where {
  readonly callee: Callee;
  readonly called: FunctionValue | undefined;
  readonly place: PythonPlace;
}

function standIn(session: Session, parameter: PyParameter, { callee, called, place }: Where): PythonValue | undefined {
  const { name, initial, annotation } = parameter;
  if (isTuned(callee, name)) return host(new HyperParameters(session));
  const isNone = initial?.kind === 'constant' && initial.value === 'None';
  if (initial !== undefined && !isNone) return undefined;
  const settings = called && settingsOf(called.scope, annotation);
  const made = settings && defaultSettings(session, settings, { name, place });
  if (made !== undefined) return made;
  const why = `Nobody passes ${name} to ${callee.name}.`;
  const open: UnknownValue = { kind: 'unknown', why, place, name, isNamed: true, isItself: true };
  return isNone ? { kind: 'none', open } : open;
}

/** Whether a tuner calls the function with what it searches in. */
function isTuned({ place }: Callee, name: string): boolean {
  const text = place.unit.text.slice(place.from, place.to);
  return [...text.matchAll(/\b(\w+)\.(?:Int|Choice|Float|Boolean|Fixed)\(/g)].some(([, owner]) => owner === name);
}

/** The class of settings of the program that a parameter says it is of. */
function settingsOf(scope: PythonScope, annotation: string | undefined): ClassValue | undefined {
  const said =
    /^["']?(\w+)["']?(?:\s*\|\s*None)?$/.exec(annotation ?? '') ?? /^Optional\[(\w+)\]$/.exec(annotation ?? '');
  const found = said === null ? undefined : scope.get(said[1]);
  return found?.kind === 'class' && found.fields !== undefined ? found : undefined;
}

/** Settings may refuse their own defaults. */
function madeOf(machine: PythonMachine, settings: ClassValue, call: Call): PythonValue | undefined {
  try {
    return machine.call(settings, call);
  } catch (error) {
    if (error instanceof PythonFailure) return undefined;
    throw error;
  }
}

/** An object of settings with its defaults; what has none is open under its own name. */
function defaultSettings(
  { machine, assumed }: Session,
  settings: ClassValue,
  { name, place }: { readonly name: string; readonly place: PythonPlace },
): PythonValue | undefined {
  const named = new Map<string, PythonValue>();
  for (const field of settings.fields ?? []) {
    const path = `${name}.${field.name}`;
    const given = machine.given(path, place);
    if (given !== undefined) named.set(field.name, given);
    else if (field.initial === undefined && field.factory === undefined) {
      const why = `${settings.name} has no default for ${field.name}.`;
      named.set(field.name, { kind: 'unknown', why, place, name: path, isNamed: true, isItself: true });
    }
  }
  const made = madeOf(machine, settings, { positional: [], named, at: place });
  if (made !== undefined) assumed.push({ text: `${name} has the defaults of ${settings.name}.`, at: place });
  return made;
}
