import { ancestry, findInClass } from './classes';
import type { PythonMachine } from './machine';
import { enumMembers } from './support';
import { collectionMethod } from './methods/collections';
import { textMethod } from './methods/texts';
import { derived } from './operators';
import { builtin, dict, none, str } from './plainValues';
import type { ClassValue, InstanceValue, PythonPlace, SuperValue, PythonValue } from './values';

/** `object.name`; undefined where it cannot be had. */
export function attributeOf(
  machine: PythonMachine,
  object: PythonValue,
  name: string,
  at: PythonPlace,
): PythonValue | undefined {
  switch (object.kind) {
    case 'instance':
      return ofInstance(machine, object, name, at);
    case 'class':
      return ofClass(machine, object, name);
    case 'super':
      return ofSuper(machine, object, name);
    case 'module':
      if (name === '__name__') return str(object.name);
      return object.scope.names.get(name) ?? ofStars(machine, object, name);
    case 'foreign':
      return machine.library.member(`${object.path}.${name}`) ?? { kind: 'foreign', path: `${object.path}.${name}` };
    case 'host':
      return object.object.attribute?.(name, at);
    case 'builtin':
      return object.members?.get(name) ?? (name === '__name__' ? str(object.name) : undefined);
    case 'function':
      if (name === '__name__' || name === '__qualname__') return str(object.name);
      if (name === '__doc__') {
        return object.definition?.documentation === undefined ? none : str(object.definition.documentation);
      }
      return undefined;
    case 'method':
      return attributeOf(machine, object.callee, name, at);
    case 'string':
      return textMethod(machine, object, name);
    case 'list':
    case 'tuple':
    case 'dict':
    case 'set':
      return collectionMethod(machine, object, name);
    case 'number':
      if (name === 'value' || name === 'real') return object;
      return name === 'item' || name === 'numpy' ? builtin(name, () => object) : undefined;
    case 'unknown':
      return derived(object, at);
    case 'none':
      return object.open && derived(object.open, at);
    default:
      return undefined;
  }
}

function ofStars(
  machine: PythonMachine,
  { scope }: Extract<PythonValue, { kind: 'module' }>,
  name: string,
): PythonValue | undefined {
  for (const { path } of scope.stars) {
    const found = machine.library.member(`${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofInstance(
  machine: PythonMachine,
  object: InstanceValue,
  name: string,
  at: PythonPlace,
): PythonValue | undefined {
  const own = object.attributes.get(name);
  if (own !== undefined) return own;
  if (name === '__class__') return object.class;
  if (name === '__dict__') return dict([...object.attributes].map(([key, value]) => [str(key), value]));
  for (const each of ancestry(object.class)) {
    if (typeof each === 'string') {
      const inherited = machine.library.inherited(object, each, name);
      if (inherited !== undefined) return inherited;
      continue;
    }
    const found = each.attributes.get(name);
    if (found !== undefined) return bound(machine, found, { self: object, owner: object.class, at });
  }
  if (name.startsWith('__')) return undefined;
  const fallback = findInClass(object.class, '__getattr__');
  if (fallback === undefined) return undefined;
  return machine.call(fallback, { positional: [object, str(name)], named: new Map(), at });
}

function bound(
  machine: PythonMachine,
  found: PythonValue,
  { self, owner, at }: { readonly self: PythonValue; readonly owner: ClassValue; readonly at: PythonPlace },
): PythonValue {
  if (found.kind === 'function') return { kind: 'method', self, callee: found };
  if (found.kind !== 'property') return found;
  if (found.wraps === 'static') return found.callee;
  if (found.wraps === 'class') return { kind: 'method', self: owner, callee: found.callee };
  return machine.call(found.callee, { positional: [self], named: new Map(), at });
}

function ofClass(machine: PythonMachine, object: ClassValue, name: string): PythonValue | undefined {
  if (name === '__name__') return str(object.name);
  if (name === '__members__') {
    return dict(
      enumMembers(object).map((member) => [(member as InstanceValue).attributes.get('name') ?? none, member]),
    );
  }
  const found = findInClass(object, name);
  if (found?.kind === 'property') {
    if (found.wraps === 'static') return found.callee;
    return found.wraps === 'class' ? { kind: 'method', self: object, callee: found.callee } : undefined;
  }
  if (found !== undefined) return found;
  for (const each of ancestry(object)) {
    if (typeof each !== 'string') continue;
    const inherited = machine.library.member(`${each}.${name}`);
    if (inherited !== undefined) return inherited;
    // `Base.__init__(self, …)`
    return builtin(name, (call) => {
      const [self, ...positional] = call.positional;
      const method = self?.kind === 'instance' ? machine.library.inherited(self, each, name) : undefined;
      return method === undefined ? none : machine.call(method, { ...call, positional });
    });
  }
  return undefined;
}

function ofSuper(machine: PythonMachine, { owner, self }: SuperValue, name: string): PythonValue | undefined {
  const instance = self.kind === 'instance' ? self : undefined;
  const order = ancestry(instance?.class ?? owner);
  const start = order.indexOf(owner);
  for (const each of order.slice(start + 1)) {
    if (typeof each === 'string') {
      const inherited = instance && machine.library.inherited(instance, each, name);
      if (inherited !== undefined) return inherited;
      continue;
    }
    const found = each.attributes.get(name);
    if (found !== undefined && instance !== undefined) {
      return bound(machine, found, { self: instance, owner: instance.class, at: each.place });
    }
    if (name === '__init__' && each.fields !== undefined && instance !== undefined) {
      return builtin(name, (call) => {
        for (const [key, value] of call.named) instance.attributes.set(key, value);
        return none;
      });
    }
  }
  if (name === '__init__' || name === '__setattr__') return builtin(name, () => none);
  return undefined;
}

/** `object.name = value`. */
export function setAttributeOf(machine: PythonMachine, object: PythonValue, name: string, value: PythonValue): void {
  if (object.kind === 'class') object.attributes.set(name, value);
  if (object.kind === 'module') object.scope.names.set(name, value);
  if (object.kind === 'host') object.object.setAttribute?.(name, value);
  if (object.kind !== 'instance') return;
  object.attributes.set(name, value);
  machine.library.attributeSet(object, name, value);
}
