import type { PyExpression, FunctionDefinition, Parameters } from '../syntax/tree';
import { findInClass, foreignBase } from './classes';
import type { Context, PythonMachine } from './machine';
import { placeOf } from './support';
import { EnoughYielded } from './failure';
import { unknown } from './machine';
import { derived } from './operators';
import { dict, none, str, tuple } from './plainValues';
import {
  type Call,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type PythonValue,
  PythonScope,
} from './values';

interface Defined {
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: FunctionDefinition['body'] | PyExpression;
  readonly from: number;
  readonly to: number;
}

/** A function of the source; its defaults are evaluated here and now. */
export function makeFunction(
  machine: PythonMachine,
  defined: Defined | FunctionDefinition,
  context: Context,
): FunctionValue {
  const initials = new Map<string, PythonValue>();
  for (const { name, initial } of defined.parameters) {
    if (initial !== undefined) initials.set(name, machine.evaluate(initial, context));
  }
  return {
    kind: 'function',
    name: defined.name,
    parameters: defined.parameters,
    initials,
    body: defined.body,
    scope: context.scope,
    unit: context.unit,
    place: placeOf(defined, context),
    ...('decorators' in defined && { definition: defined }),
  };
}

export function callFunction(machine: PythonMachine, callee: FunctionValue, call: Call): PythonValue {
  machine.called.add(callee);
  const scope = new PythonScope(callee.scope, 'function');
  bind(callee, call, scope);
  if (callee.owner !== undefined) {
    const first = callee.parameters.at(0);
    const self = first && scope.names.get(first.name);
    if (self !== undefined) scope.method = { owner: callee.owner, self };
  }
  return givenBack(
    machine.within({ at: call.at, name: callee.name }, () => run(machine, callee, scope)),
    scope,
  );
}

/** What a call returns has the names of its caller again. */
function givenBack(value: PythonValue, scope: PythonScope): PythonValue {
  if (value.kind === 'tuple' && value.items.some((item) => item.kind === 'unknown')) {
    return { ...value, items: value.items.map((item) => (item.kind === 'unknown' ? givenBack(item, scope) : item)) };
  }
  if (value.kind !== 'unknown' || value.boundIn !== scope) return value;
  return { ...value, isNamed: undefined, boundIn: undefined };
}

function run(machine: PythonMachine, callee: FunctionValue, scope: PythonScope): PythonValue {
  const context = { scope, unit: callee.unit };
  const { body } = callee;
  if (!Array.isArray(body)) return machine.evaluate(body as PyExpression, context);
  if (callee.definition?.isGenerator !== true) {
    const flow = machine.execute(body as FunctionDefinition['body'], context);
    return flow?.kind === 'return' ? flow.value : none;
  }
  scope.yielded = [];
  try {
    machine.execute(body as FunctionDefinition['body'], context);
  } catch (error) {
    if (!(error instanceof EnoughYielded)) throw error;
  }
  return { kind: 'list', items: scope.yielded };
}

/** Gives parameters their values. What was not known outside keeps the name that it had there. */
function bind({ name: called, parameters, initials }: FunctionValue, call: Call, scope: PythonScope): void {
  const positional = [...call.positional];
  const named = new Map(call.named);
  const set = (name: string, value: PythonValue): void => {
    const isOpen = value.kind === 'unknown' && value.name !== undefined && !value.isNamed;
    scope.names.set(name, isOpen ? { ...value, isNamed: true, boundIn: scope } : value);
  };
  for (const { name, kind } of parameters) {
    if (kind === 'rest')
      set(
        name,
        tuple([...positional.splice(0), ...(call.open ? [{ ...call.open, isNamed: true, isMany: true }] : [])]),
      );
    else if (kind === 'keywords') {
      const rest = dict([...named].map(([key, value]) => [str(key), value]));
      if (call.open !== undefined) rest.open = call.open;
      set(name, rest);
    } else {
      const given = kind === 'plain' && positional.length > 0 ? positional.shift() : named.get(name);
      named.delete(name);
      const value = given ?? (call.open === undefined ? initials.get(name) : derived(call.open, call.at));
      set(name, value ?? unknown(`${called} is called without ${name}.`, call.at));
    }
  }
}

/** Makes an instance of a class of the source, as its own call does. */
export function instantiate(machine: PythonMachine, made: ClassValue, call: Call): PythonValue {
  machine.called.add(made);
  const instance: InstanceValue = { kind: 'instance', class: made, attributes: new Map() };
  const members = enumMember(made, call);
  if (members !== undefined) return members;
  const base = foreignBase(made);
  if (base !== undefined) machine.library.created(instance, base, call.at);
  const start = findInClass(made, '__init__');
  if (start !== undefined) {
    machine.call({ kind: 'method', self: instance, callee: start }, call);
    return instance;
  }
  if (made.fields !== undefined) {
    setFields(machine, instance, call);
    return instance;
  }
  const inherited = base === undefined ? undefined : machine.library.inherited(instance, base, '__init__');
  if (inherited !== undefined) machine.call(inherited, call);
  return instance;
}

/** `Color(1)` of an enumeration gives the member with that value. */
function enumMember(made: ClassValue, { positional }: Call): PythonValue | undefined {
  const [wanted] = positional;
  if (positional.length !== 1) return undefined;
  for (const member of made.attributes.values()) {
    if (member.kind !== 'instance' || member.class !== made) continue;
    const value = member.attributes.get('value');
    if (value?.kind === wanted.kind && 'value' in value && 'value' in wanted && value.value === wanted.value)
      return member;
  }
  return undefined;
}

/** The constructor of a data class. */
function setFields(machine: PythonMachine, instance: InstanceValue, call: Call): void {
  const positional = [...call.positional];
  for (const { name, initial, factory } of instance.class.fields ?? []) {
    const made = positional.shift() ?? call.named.get(name);
    const standard =
      factory === undefined ? initial : machine.call(factory, { positional: [], named: new Map(), at: call.at });
    const value = made ?? (call.open === undefined ? standard : derived(call.open, call.at));
    instance.attributes.set(name, value ?? unknown(`${instance.class.name} is made without ${name}.`, call.at));
  }
  const after = findInClass(instance.class, '__post_init__');
  if (after === undefined) return;
  machine.call({ kind: 'method', self: instance, callee: after }, { positional: [], named: new Map(), at: call.at });
}
