import type { PyExpression } from '../syntax/tree';
import { makeFunction } from './calls';
import { called } from './expressions/called';
import { comprehension, yielded } from './expressions/comprehension';
import { comparison, logic } from './expressions/conditions';
import { formatted } from './expressions/formatted';
import type { ExpressionWork } from './expressions/work';
import { unknown, type Context, type PythonMachine } from './machine';
import { derived, negated } from './operators';
import { bool, dict, ellipsis, keyOf, none, numberOf, str, tuple } from './plainValues';
import { indexText, named, partOf } from './openNames';
import { asUnknown, mergeInto, placeOf, truthOf } from './support';
import type { DictValue, PythonPlace, PythonValue, UnknownValue } from './values';

/** The value of an expression; what cannot be known is an unknown value that says why. */
export function evaluateExpression(machine: PythonMachine, expression: PyExpression, context: Context): PythonValue {
  machine.step(1);
  const value = new OneExpression(machine, context).value(expression);
  return value.kind === 'unknown' ? named(machine, value, { expression, context }) : value;
}

class OneExpression implements ExpressionWork {
  constructor(
    readonly machine: PythonMachine,
    readonly context: Context,
  ) {}

  of(expression: PyExpression): PythonValue {
    return this.machine.evaluate(expression, this.context);
  }

  value(expression: PyExpression): PythonValue {
    const { machine, context } = this;
    const at = placeOf(expression, context);
    switch (expression.kind) {
      case 'name':
        return this.#name(expression.name, at);
      case 'number':
        return { kind: 'number', value: expression.value, isFloat: expression.isFloat };
      case 'string':
        return str(expression.text);
      case 'constant':
        if (expression.value === 'None') return none;
        return expression.value === 'Ellipsis' ? ellipsis : bool(expression.value === 'True');
      case 'format':
        return formatted(this, expression, at);
      case 'list':
        return { kind: 'list', items: this.#items(expression.items, at) };
      case 'tuple':
        return tuple(this.#items(expression.items, at));
      case 'set':
        return { kind: 'set', entries: new Map(this.#items(expression.items, at).map((item) => [keyOf(item), item])) };
      case 'dict':
        return this.#dict(expression, at);
      case 'member': {
        const object = this.of(expression.object);
        return partOf(object, `.${expression.name}`, machine.attribute(object, expression.name, at));
      }
      case 'index': {
        const object = this.of(expression.object);
        const index = this.of(expression.index);
        return partOf(object, indexText(object, index), machine.item(object, index, at));
      }
      case 'slice': {
        const [start, stop, step] = [expression.start, expression.stop, expression.step].map((limit) =>
          limit === undefined ? none : this.of(limit),
        );
        return { kind: 'slice', start, stop, step };
      }
      case 'call':
        return called(this, expression, at);
      case 'unary':
        return this.#unary(expression.operator, this.of(expression.operand), at);
      case 'binary':
        return machine.binary(expression.operator, this.of(expression.left), this.of(expression.right), at);
      case 'logic':
        return logic(this, expression, at);
      case 'compare':
        return comparison(this, expression, at);
      case 'choice':
        return machine.truth(this.of(expression.test), placeOf(expression.test, context))
          ? this.of(expression.then)
          : this.of(expression.otherwise);
      case 'lambda':
        return makeFunction(machine, { name: '<lambda>', ...expression }, context);
      case 'comprehension':
        return comprehension(this, expression, at);
      case 'star':
        return this.of(expression.operand);
      case 'named': {
        const value = this.of(expression.value);
        context.scope.set(expression.name, value);
        return value;
      }
      case 'yield':
        return yielded(this, expression, at);
      case 'other':
        return unknown('This expression is not finished or not understood.', at);
    }
  }

  #name(name: string, at: PythonPlace): PythonValue {
    const { machine, context } = this;
    const own = context.scope.get(name);
    if (own !== undefined) return own;
    for (const star of [...context.scope.module.stars].reverse()) {
      const found = machine.library.member(`${star.path}.${name}`);
      if (found !== undefined) return found;
    }
    const builtin = machine.builtins.get(name) ?? machine.library.member(`builtins.${name}`);
    if (builtin !== undefined) return builtin;
    machine.undefinedNames.add(name);
    return unknown(`${name} is not defined in what was read.`, at);
  }

  #items(expressions: readonly PyExpression[], at: PythonPlace): PythonValue[] {
    const items: PythonValue[] = [];
    for (const expression of expressions) {
      const value = this.of(expression);
      if (expression.kind !== 'star') items.push(value);
      else items.push(...(this.machine.iterate(value, at) ?? [manyUnknown(value, at)]));
    }
    return items;
  }

  #dict({ entries }: Extract<PyExpression, { kind: 'dict' }>, at: PythonPlace): DictValue {
    const made = dict();
    for (const { key, value } of entries) {
      if (key === undefined) mergeInto(made, this.of(value), at);
      else {
        const name = this.of(key);
        if (name.kind === 'unknown') made.open ??= name;
        else made.entries.set(keyOf(name), [name, this.of(value)]);
      }
    }
    return made;
  }

  #unary(operator: string, operand: PythonValue, at: PythonPlace): PythonValue {
    if (operator === 'not') {
      const known = truthOf(operand);
      if (known !== undefined) return bool(!known);
      return operand.kind === 'unknown' ? negated(operand) : bool(!this.machine.truth(operand, at));
    }
    if (operand.kind === 'host')
      return operand.object.unary?.(operator, at) ?? unknown(`${operator} is not followed.`, at);
    if (operand.kind === 'unknown') return derived(operand, at);
    const number = numberOf(operand);
    if (number === undefined) return unknown(`${operator} is not followed.`, at);
    const isFloat = operand.kind === 'number' && operand.isFloat;
    const result = operator === '-' ? -number : operator === '+' ? number : -number - 1;
    return { kind: 'number', value: result === 0 ? 0 : result, isFloat };
  }
}

function manyUnknown(value: PythonValue, at: PythonPlace): UnknownValue {
  return { ...asUnknown(value, at), isNamed: true, isMany: true };
}
