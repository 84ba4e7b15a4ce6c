import type { Argument, PyExpression } from '../../syntax/tree';
import { unknown } from '../machine';
import { dict, str, textEntries } from '../plainValues';
import { asUnknown, placeOf } from '../support';
import type { PythonScope } from '../values';
import { type Call, type PythonPlace, type PythonValue, type UnknownValue } from '../values';
import type { ExpressionWork } from './work';

export function called(
  work: ExpressionWork,
  { callee, arguments: given }: Extract<PyExpression, { kind: 'call' }>,
  at: PythonPlace,
): PythonValue {
  const { machine, context } = work;
  if (callee.kind === 'name' && context.scope.get(callee.name) === undefined) {
    if (callee.name === 'super') return superOf(work, given, at);
    if (callee.name === 'locals' || callee.name === 'vars') {
      if (given.length === 0) return dict([...context.scope.names].map(([name, value]) => [str(name), value]));
    }
    if (callee.name === 'globals') {
      return dict([...context.scope.module.names].map(([name, value]) => [str(name), value]));
    }
  }
  const called = work.of(callee);
  return machine.call(called, { ...argumentsOf(work, given), at });
}

function superOf(work: ExpressionWork, given: readonly Argument[], at: PythonPlace): PythonValue {
  let scope: PythonScope | undefined = work.context.scope;
  while (scope !== undefined && scope.method === undefined) scope = scope.outer;
  if (scope?.method === undefined) return unknown('There is no class around this.', at);
  const named = given.length > 0 ? work.of(given[0].value) : undefined;
  return { kind: 'super', ...scope.method, ...(named?.kind === 'class' && { owner: named }) };
}

function argumentsOf(work: ExpressionWork, given: readonly Argument[]): Omit<Call, 'at'> {
  const positional: PythonValue[] = [];
  const named = new Map<string, PythonValue>();
  let open: UnknownValue | undefined;
  for (const { unpacked, name, value } of given) {
    const at = placeOf(value, work.context);
    const made = work.of(value);
    if (unpacked === '*') {
      const items = work.machine.iterate(made, at);
      if (items === undefined) open ??= asUnknown(made, at);
      else positional.push(...items);
    } else if (unpacked === '**') {
      if (made.kind !== 'dict') open ??= asUnknown(made, at);
      else {
        open ??= made.open;
        for (const [key, each] of textEntries(made)) named.set(key, each);
      }
    } else if (name !== undefined) named.set(name, made);
    else if (value.kind !== 'other') positional.push(made);
  }
  return { positional, named, ...(open && { open }) };
}
