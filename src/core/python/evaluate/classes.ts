import type { ClassDefinition } from '../syntax/tree';
import type { Context, PythonMachine } from './machine';
import { placeOf } from './support';
import { str } from './plainValues';
import { PythonScope, type ClassValue, type DataField, type InstanceValue, type PythonValue } from './values';

/** Classes in the order in which a name is looked for, what derives first; libraries' by their paths. */
export function ancestry(made: ClassValue): readonly (ClassValue | string)[] {
  const order: (ClassValue | string)[] = [];
  const visit = (each: PythonValue, depth: number): void => {
    const entry = each.kind === 'class' ? each : each.kind === 'foreign' ? each.path : undefined;
    if (entry === undefined || depth > 20 || order.length > 50) return;
    // A base that several classes share comes after the last of them.
    const before = order.indexOf(entry);
    if (before >= 0) order.splice(before, 1);
    order.push(entry);
    if (each.kind === 'class') for (const base of each.bases) visit(base, depth + 1);
  };
  visit(made, 0);
  return order;
}

/** What a class or the classes of the source that it derives from have under a name. */
export function findInClass(made: ClassValue, name: string): PythonValue | undefined {
  for (const each of ancestry(made)) {
    const found = typeof each === 'string' ? undefined : each.attributes.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first class of a library that a class derives from. */
export function foreignBase(made: ClassValue): string | undefined {
  return ancestry(made).find((each): each is string => typeof each === 'string');
}

/** The class that a definition makes. */
export function makeClass(machine: PythonMachine, definition: ClassDefinition, context: Context): ClassValue {
  const bases = definition.bases
    .filter(({ name, unpacked }) => name === undefined && unpacked === undefined)
    .map(({ value }) => machine.evaluate(value, context));
  const scope = new PythonScope(context.scope, 'class');
  const inner: Context = { scope, unit: context.unit };
  machine.execute(definition.body, inner);
  const made: ClassValue = {
    kind: 'class',
    name: definition.name,
    bases,
    attributes: scope.names,
    definition,
    place: placeOf(definition, context),
  };
  for (const value of scope.names.values()) own(value, made);
  const inherited = bases.flatMap((base) => (base.kind === 'class' ? (base.fields ?? []) : []));
  if (inherited.length > 0 || isNamedTuple(bases)) made.fields = [...inherited, ...fieldsOf(made, inherited)];
  if (isEnumeration(bases)) makeMembers(made);
  return made;
}

function own(value: PythonValue, made: ClassValue): void {
  if (value.kind === 'function' && value.scope === undefined) return;
  if (value.kind === 'function') value.owner ??= made;
  if (value.kind === 'property') own(value.callee, made);
}

function isNamedTuple(bases: readonly PythonValue[]): boolean {
  return bases.some((base) => base.kind === 'foreign' && /(?:^|\.)(?:NamedTuple|BaseModel)$/.test(base.path));
}

function isEnumeration(bases: readonly PythonValue[]): boolean {
  return bases.some(
    (base) =>
      (base.kind === 'foreign' && /(?:^|\.)(?:Str|Int)?Enum$/.test(base.path)) ||
      (base.kind === 'class' && isEnumeration(base.bases)),
  );
}

function makeMembers(made: ClassValue): void {
  for (const [name, value] of made.attributes) {
    if (name.startsWith('_') || value.kind === 'function' || value.kind === 'property') continue;
    const member: InstanceValue = {
      kind: 'instance',
      class: made,
      attributes: new Map<string, PythonValue>([
        ['value', value],
        ['name', str(name)],
      ]),
    };
    made.attributes.set(name, member);
  }
}

/** `name: type = value` of a class body, as fields of a data class. */
export function fieldsOf(made: ClassValue, inherited: readonly DataField[] = []): readonly DataField[] {
  const fields = new Map(inherited.map((field) => [field.name, field]));
  for (const statement of made.definition.body) {
    if (statement.kind !== 'assign' || statement.annotation === undefined) continue;
    const [target] = statement.targets;
    if (target.kind !== 'name' || /^(?:typing\.)?ClassVar/.test(statement.annotation)) continue;
    fields.set(target.name, fieldOf(target.name, made.attributes.get(target.name)));
  }
  return [...fields.values()];
}

function fieldOf(name: string, value: PythonValue | undefined): DataField {
  if (value?.kind !== 'builtin' || value.name !== 'field') return { name, ...(value && { initial: value }) };
  const [initial, factory] = ['default', 'default_factory'].map((key) => value.members?.get(key));
  return { name, ...(initial && { initial }), ...(factory && { factory }) };
}
