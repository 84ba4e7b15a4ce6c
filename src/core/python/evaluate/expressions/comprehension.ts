import type { Clause, Comprehension, PyExpression } from '../../syntax/tree';
import { assign } from '../assign';
import { EnoughYielded } from '../failure';
import { unknown, type Context, type PythonMachine } from '../machine';
import { derived } from '../operators';
import { dict, keyOf, none } from '../plainValues';
import { asUnknown, placeOf } from '../support';
import { isMany, openAtEnd } from '../unknownRounds';
import { PythonScope, type PythonPlace, type PythonValue, type UnknownValue } from '../values';
import type { ExpressionWork } from './work';

/** Values of a generator beyond which it is not followed. */
const mostYielded = 2000;

export function comprehension(
  work: ExpressionWork,
  { makes, key, element, clauses }: Comprehension,
  at: PythonPlace,
): PythonValue {
  const inner: Context = { unit: work.context.unit, scope: new PythonScope(work.context.scope, 'comprehension') };
  const items: (readonly [PythonValue, PythonValue])[] = [];
  let many: UnknownValue | undefined;
  const hear = (item: UnknownValue): void => void (many ??= item);
  const open = work.machine.looping((isLong) =>
    rounds(work.machine, clauses, { outer: work.context, inner, hear }, () => {
      if (isLong()) return unknown('This has more rounds than are followed.', at);
      const name = key === undefined ? none : work.machine.evaluate(key, inner);
      items.push([name, work.machine.evaluate(element, inner)]);
      return undefined;
    }),
  );
  if (open !== undefined) return derived(open, at);
  if (many !== undefined) return ofMany(makes, items, { ...many, isMany: true });
  if (makes === 'dict') return dict(items);
  const values = items.map(([, value]) => value);
  if (makes === 'set') return { kind: 'set', entries: new Map(values.map((value) => [keyOf(value), value])) };
  return { kind: 'list', items: values };
}

interface Rounds {
  readonly outer: Context;
  readonly inner: Context;
  /** Hears of items that stand for any number of them. */
  readonly hear: (item: UnknownValue) => void;
}

/** What comes of any number of values. */
function ofMany(
  makes: Comprehension['makes'],
  items: readonly (readonly [PythonValue, PythonValue])[],
  open: UnknownValue,
): PythonValue {
  if (makes === 'dict') return { ...dict(items), open };
  if (makes === 'set') return { ...open, isMany: false };
  const values = items.map(([, value]) => value);
  openAtEnd(values, open);
  return { kind: 'list', items: values };
}

/** Goes through what the clauses give, the first outermost; of the first the source is evaluated outside. */
function rounds(
  machine: PythonMachine,
  [clause, ...rest]: readonly Clause[],
  { outer, inner, hear }: Rounds,
  make: () => UnknownValue | undefined,
): UnknownValue | undefined {
  const { target, source, conditions } = clause;
  const at = placeOf(source, outer);
  const from = machine.evaluate(source, outer);
  const items = machine.iterate(from, at);
  if (items === undefined) return asUnknown(from, at);
  for (const item of items) {
    machine.step(1);
    if (isMany(item)) hear(item);
    assign(machine, target, item, inner);
    const holds = conditions.every((condition) =>
      machine.truth(machine.evaluate(condition, inner), placeOf(condition, inner)),
    );
    if (!holds) continue;
    const open = rest.length === 0 ? make() : rounds(machine, rest, { outer: inner, inner, hear }, make);
    if (open !== undefined) return open;
  }
  return undefined;
}

export function yielded(
  work: ExpressionWork,
  { value, isFrom }: Extract<PyExpression, { kind: 'yield' }>,
  at: PythonPlace,
): PythonValue {
  let scope: PythonScope | undefined = work.context.scope;
  while (scope !== undefined && scope.yielded === undefined) scope = scope.outer;
  const given = value === undefined ? none : work.of(value);
  const items = isFrom ? (work.machine.iterate(given, at) ?? [asUnknown(given, at)]) : [given];
  scope?.yielded?.push(...items);
  if ((scope?.yielded?.length ?? 0) > mostYielded) throw new EnoughYielded();
  return none;
}
