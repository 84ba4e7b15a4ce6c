import type { PyExpression } from '../syntax/tree';
import { PythonFailure } from './failure';
import type { Context, PythonMachine } from './machine';
import { asUnknown, placeOf } from './support';
import type { PythonValue } from './values';

/** Binds a target, which may be a pattern of names, to a value. */
export function assign(machine: PythonMachine, target: PyExpression, value: PythonValue, context: Context): void {
  const at = placeOf(target, context);
  switch (target.kind) {
    case 'name':
      context.scope.set(target.name, value);
      return;
    case 'member':
      machine.setAttribute(machine.evaluate(target.object, context), target.name, value);
      return;
    case 'index':
      machine.setItem(machine.evaluate(target.object, context), machine.evaluate(target.index, context), value, at);
      return;
    case 'star':
      assign(machine, target.operand, value, context);
      return;
    case 'list':
    case 'tuple':
      unpack(machine, target.items, value, context);
      return;
    default:
  }
}

function unpack(machine: PythonMachine, targets: readonly PyExpression[], value: PythonValue, context: Context): void {
  const at = targets.length > 0 ? placeOf(targets[0], context) : { unit: context.unit, from: 0, to: 0 };
  const items = machine.iterate(value, at);
  const star = targets.findIndex(({ kind }) => kind === 'star');
  if (items === undefined) {
    for (const target of targets) assign(machine, target, asUnknown(value, at), context);
    return;
  }
  if (star < 0 ? items.length !== targets.length : items.length < targets.length - 1) {
    throw new PythonFailure('ValueError', 'There are not as many values as names.', at);
  }
  targets.forEach((target, place) => {
    if (star < 0 || place < star) assign(machine, target, items[place], context);
    else if (place > star) assign(machine, target, items[items.length - targets.length + place], context);
    else {
      const rest = items.slice(star, items.length - (targets.length - 1 - star));
      assign(machine, target, { kind: 'list', items: rest }, context);
    }
  });
}
