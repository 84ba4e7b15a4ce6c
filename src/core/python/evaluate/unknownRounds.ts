import { unknown, type Context, type PythonMachine } from './machine';
import type { PythonPlace, PythonScope, PythonValue, UnknownValue } from './values';

/** Names that are looked at; a program has fewer. */
const mostNames = 2000;

const sizeOf = (value: PythonValue): number | undefined => {
  switch (value.kind) {
    case 'list':
      return value.items.length;
    case 'dict':
    case 'set':
      return value.entries.size;
    default:
      return undefined;
  }
};

interface Held {
  readonly value: PythonValue;
  readonly size: number;
  /** Puts something else under the name. */
  readonly replace: (value: PythonValue) => void;
}

/**
 * Follows a loop of which nobody knows how often it runs. What it only collects and counts is not known after it: lists
 * that grew hold any number of values. Where it makes layers, the rounds that were followed stand for it.
 */
export function inUnknownRounds<Result>(
  machine: PythonMachine,
  context: Context,
  at: PythonPlace,
  work: () => Result,
): Result {
  const before = heldIn(context.scope);
  const numbers = numbersIn(context.scope);
  machine.step(before.length);
  const made = machine.library.madeCount;
  const result = work();
  if (machine.library.madeCount !== made) return result;
  for (const held of before) {
    const size = sizeOf(held.value);
    if (size === undefined || size <= held.size) continue;
    const open = unknown('How often the loop runs is not known.', at);
    if (held.value.kind === 'list') openAtEnd(held.value.items, open);
    else if (held.value.kind === 'dict') held.value.open ??= open;
    else held.replace(open);
  }
  for (const [name, value] of numbers) {
    const now = context.scope.names.get(name);
    if (now?.kind !== 'number' || now.value === value) continue;
    context.scope.names.set(name, { ...unknown('How often the loop runs is not known.', at), name });
  }
  return result;
}

/** Lets a list end in any number of values. */
export function openAtEnd(items: PythonValue[], open: UnknownValue): void {
  const last = items.at(-1);
  if (last?.kind === 'unknown') items[items.length - 1] = { ...last, isMany: true };
  else items.push({ ...open, isMany: true });
}

/** Whether a value stands for any number of them. */
export function isMany(value: PythonValue): value is UnknownValue {
  return value.kind === 'unknown' && value.isMany === true;
}

function heldIn(scope: PythonScope): readonly Held[] {
  const found = new Map<PythonValue, Held>();
  const hold = (names: Map<string, PythonValue>): void => {
    for (const [name, value] of names) {
      if (found.size > mostNames) return;
      const size = sizeOf(value);
      if (size === undefined) continue;
      found.set(value, { value, size, replace: (other) => void names.set(name, other) });
    }
  };
  const scopes = [scope, scope.module];
  for (const { names } of scopes) hold(names);
  for (const { names } of scopes) {
    for (const value of names.values()) if (value.kind === 'instance') hold(value.attributes);
  }
  return [...found.values()];
}

function numbersIn({ names }: PythonScope): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [name, value] of names) if (value.kind === 'number') found.set(name, value.value);
  return found;
}
