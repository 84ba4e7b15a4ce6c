import type { Argument, Clause, Comprehension, PyExpression } from '../syntax/tree';
import { makeFunction } from './calls';
import { EnoughYielded } from './failure';
import { inFormat, textOfValue, written } from './format';
import { unknown, type Context, type PythonMachine } from './machine';
import { assign } from './assign';
import { asUnknown, mergeInto, placeOf, truthOf } from './support';
import { compare, derived, equality, negated } from './operators';
import {
  bool,
  dict,
  PythonScope,
  ellipsis,
  keyOf,
  none,
  numberOf,
  str,
  textEntries,
  tuple,
  type Call,
  type DictValue,
  type PythonPlace,
  type UnknownValue,
  type PythonValue,
} from './values';

/** Values of a generator beyond which it is not followed. */
const mostYielded = 2000;

/** The value of an expression; what cannot be known is an unknown value that says why. */
export function evaluateExpression(machine: PythonMachine, expression: PyExpression, context: Context): PythonValue {
  machine.step(1);
  const value = new ExpressionWork(machine, context).value(expression);
  if (value.kind !== 'unknown' || value.isNamed) return value;
  if (expression.kind !== 'name' && expression.kind !== 'member' && expression.kind !== 'index') return value;
  const text = context.unit.text.slice(expression.from, expression.to);
  return machine.given(text, placeOf(expression, context)) ?? { ...value, name: text.slice(0, 100) };
}

class ExpressionWork {
  constructor(
    readonly machine: PythonMachine,
    readonly context: Context,
  ) {}

  #of(expression: PyExpression): PythonValue {
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
        return this.#format(expression, at);
      case 'list':
        return { kind: 'list', items: this.#items(expression.items, at) };
      case 'tuple':
        return tuple(this.#items(expression.items, at));
      case 'set':
        return { kind: 'set', entries: new Map(this.#items(expression.items, at).map((item) => [keyOf(item), item])) };
      case 'dict':
        return this.#dict(expression, at);
      case 'member':
        return machine.attribute(this.#of(expression.object), expression.name, at);
      case 'index':
        return machine.item(this.#of(expression.object), this.#of(expression.index), at);
      case 'slice': {
        const [start, stop, step] = [expression.start, expression.stop, expression.step].map((limit) =>
          limit === undefined ? none : this.#of(limit),
        );
        return { kind: 'slice', start, stop, step };
      }
      case 'call':
        return this.#call(expression, at);
      case 'unary':
        return this.#unary(expression.operator, this.#of(expression.operand), at);
      case 'binary':
        return machine.binary(expression.operator, this.#of(expression.left), this.#of(expression.right), at);
      case 'logic':
        return this.#logic(expression, at);
      case 'compare':
        return this.#compare(expression, at);
      case 'choice':
        return machine.truth(this.#of(expression.test), placeOf(expression.test, context))
          ? this.#of(expression.then)
          : this.#of(expression.otherwise);
      case 'lambda':
        return makeFunction(machine, { name: '<lambda>', ...expression }, context);
      case 'comprehension':
        return this.#comprehension(expression, at);
      case 'star':
        return this.#of(expression.operand);
      case 'named': {
        const value = this.#of(expression.value);
        context.scope.set(expression.name, value);
        return value;
      }
      case 'yield':
        return this.#yield(expression, at);
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
    const builtin = machine.builtins.get(name);
    if (builtin !== undefined) return builtin;
    machine.undefinedNames.add(name);
    return unknown(`${name} is not defined in what was read.`, at);
  }

  #items(expressions: readonly PyExpression[], at: PythonPlace): PythonValue[] {
    const items: PythonValue[] = [];
    for (const expression of expressions) {
      const value = this.#of(expression);
      if (expression.kind !== 'star') items.push(value);
      else items.push(...(this.machine.iterate(value, at) ?? [manyUnknown(value, at)]));
    }
    return items;
  }

  #dict({ entries }: Extract<PyExpression, { kind: 'dict' }>, at: PythonPlace): DictValue {
    const made = dict();
    for (const { key, value } of entries) {
      if (key === undefined) mergeInto(made, this.#of(value), at);
      else {
        const name = this.#of(key);
        if (name.kind === 'unknown') made.open ??= name;
        else made.entries.set(keyOf(name), [name, this.#of(value)]);
      }
    }
    return made;
  }

  #format({ parts }: Extract<PyExpression, { kind: 'format' }>, at: PythonPlace): PythonValue {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else {
        const value = this.#of(part.value);
        const spec = this.#formatSpec(part.spec);
        if (typeof spec !== 'string') return spec;
        const made =
          part.conversion === '!r' || part.label !== undefined
            ? written(value, at)
            : part.conversion === '' || spec !== ''
              ? inFormat(value, spec, at)
              : textOfValue(value, at);
        if (typeof made !== 'string') return made;
        text += (part.label ?? '') + made;
      }
    }
    return str(text);
  }

  /** Names in the braces of a format's own format. */
  #formatSpec(spec: string): string | UnknownValue {
    let open: UnknownValue | undefined;
    const filled = spec.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = this.context.scope.get(name);
      const text = value === undefined ? undefined : textOfValue(value, { unit: this.context.unit, from: 0, to: 0 });
      if (typeof text === 'string') return text;
      open ??= text ?? unknown(`${name} is not defined in what was read.`);
      return '';
    });
    return open ?? filled;
  }

  #call({ callee, arguments: given }: Extract<PyExpression, { kind: 'call' }>, at: PythonPlace): PythonValue {
    const { machine, context } = this;
    if (callee.kind === 'name' && context.scope.get(callee.name) === undefined) {
      if (callee.name === 'super') return this.#super(given, at);
      if (callee.name === 'locals' || callee.name === 'vars') {
        if (given.length === 0) return dict([...context.scope.names].map(([name, value]) => [str(name), value]));
      }
      if (callee.name === 'globals') {
        return dict([...context.scope.module.names].map(([name, value]) => [str(name), value]));
      }
    }
    const called = this.#of(callee);
    return machine.call(called, { ...this.#arguments(given), at });
  }

  #super(given: readonly Argument[], at: PythonPlace): PythonValue {
    let scope: PythonScope | undefined = this.context.scope;
    while (scope !== undefined && scope.method === undefined) scope = scope.outer;
    if (scope?.method === undefined) return unknown('There is no class around this.', at);
    const named = given.length > 0 ? this.#of(given[0].value) : undefined;
    return { kind: 'super', ...scope.method, ...(named?.kind === 'class' && { owner: named }) };
  }

  #arguments(given: readonly Argument[]): Omit<Call, 'at'> {
    const positional: PythonValue[] = [];
    const named = new Map<string, PythonValue>();
    let open: UnknownValue | undefined;
    for (const { unpacked, name, value } of given) {
      const at = placeOf(value, this.context);
      const made = this.#of(value);
      if (unpacked === '*') {
        const items = this.machine.iterate(made, at);
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

  #logic({ operator, left, right }: Extract<PyExpression, { kind: 'logic' }>, at: PythonPlace): PythonValue {
    const first = this.#of(left);
    const known = first.kind === 'unknown' ? undefined : this.machine.truth(first, placeOf(left, this.context));
    if (known !== undefined) return known === (operator === 'and') ? this.#of(right) : first;
    const second = this.#of(right);
    const decided = second.kind === 'unknown' ? undefined : truthOf(second);
    // What does not hang on the unknown side is known all the same, as a condition.
    if (decided === (operator === 'or') && second.kind === 'bool') return second;
    const likely =
      operator === 'or' ? either(first, second, (a, b) => a || b) : either(first, second, (a, b) => a && b);
    const { why, place, name, isNamed } = first as UnknownValue;
    return {
      ...derived({ kind: 'unknown', why, place, name, isNamed }, at),
      ...(likely !== undefined && { likely }),
    };
  }

  #compare({ first, rest }: Extract<PyExpression, { kind: 'compare' }>, at: PythonPlace): PythonValue {
    let left = this.#of(first);
    let result: PythonValue = bool(true);
    for (const { operator, right } of rest) {
      const value = this.#of(right);
      const made = this.#compared(operator, left, value, at);
      if (made.kind !== 'bool' && made.kind !== 'unknown') return made;
      if (made.kind === 'bool' && !made.value) return made;
      if (made.kind === 'unknown') result = made;
      left = value;
    }
    return result;
  }

  #compared(operator: string, left: PythonValue, right: PythonValue, at: PythonPlace): PythonValue {
    if (operator === 'in' || operator === 'not in') {
      const found = this.#contains(left, right, at);
      return operator === 'in' ? found : negated(found);
    }
    for (const object of [left, right]) {
      if (object.kind !== 'host' || operator.startsWith('is')) continue;
      const made = object.object.binary?.(operator, object === left ? right : left, {
        isReflected: object !== left,
        at,
      });
      if (made !== undefined) return made;
    }
    if (left.kind === 'instance' && operator === '==') {
      const method = this.machine.attributeIfAny(left, '__eq__', at);
      if (method !== undefined) return this.machine.call(method, { positional: [right], named: new Map(), at });
    }
    return compare(operator, left, right, at);
  }

  #contains(item: PythonValue, container: PythonValue, at: PythonPlace): PythonValue {
    if (item.kind === 'unknown') return derived(item, at);
    if (container.kind === 'string') {
      return item.kind === 'string' ? bool(container.value.includes(item.value)) : bool(false);
    }
    if (container.kind === 'dict') {
      if (container.entries.has(keyOf(item))) return bool(true);
      return container.open === undefined ? bool(false) : derived(container.open, at);
    }
    if (container.kind === 'set') return bool(container.entries.has(keyOf(item)));
    const items = this.machine.iterate(container, at);
    if (items === undefined) {
      return container.kind === 'unknown' ? derived(container, at) : unknown('What it contains is not known.', at);
    }
    let open: PythonValue | undefined;
    for (const each of items) {
      const equal = equality(each, item, at);
      if (equal.kind === 'bool' && equal.value) return equal;
      if (equal.kind === 'unknown') open ??= equal;
    }
    return open ?? bool(false);
  }

  #comprehension({ makes, key, element, clauses }: Comprehension, at: PythonPlace): PythonValue {
    const inner: Context = { unit: this.context.unit, scope: new PythonScope(this.context.scope, 'comprehension') };
    const items: (readonly [PythonValue, PythonValue])[] = [];
    const open = this.machine.looping((isLong) =>
      this.#rounds(clauses, 0, inner, () => {
        if (isLong()) return unknown('This has more rounds than are followed.', at);
        const name = key === undefined ? none : this.machine.evaluate(key, inner);
        items.push([name, this.machine.evaluate(element, inner)]);
        return undefined;
      }),
    );
    if (open !== undefined) return derived(open, at);
    if (makes === 'dict') return dict(items);
    const values = items.map(([, value]) => value);
    if (makes === 'set') return { kind: 'set', entries: new Map(values.map((value) => [keyOf(value), value])) };
    return { kind: 'list', items: values };
  }

  #rounds(
    clauses: readonly Clause[],
    depth: number,
    inner: Context,
    make: () => UnknownValue | undefined,
  ): UnknownValue | undefined {
    if (depth === clauses.length) return make();
    const { target, source, conditions } = clauses[depth];
    const at = placeOf(source, this.context);
    const from = this.machine.evaluate(source, depth === 0 ? this.context : inner);
    const items = this.machine.iterate(from, at);
    if (items === undefined) return asUnknown(from, at);
    for (const item of items) {
      this.machine.step(1);
      assign(this.machine, target, item, inner);
      const holds = conditions.every((condition) =>
        this.machine.truth(this.machine.evaluate(condition, inner), placeOf(condition, inner)),
      );
      const open = holds ? this.#rounds(clauses, depth + 1, inner, make) : undefined;
      if (open !== undefined) return open;
    }
    return undefined;
  }

  #yield({ value, isFrom }: Extract<PyExpression, { kind: 'yield' }>, at: PythonPlace): PythonValue {
    let scope: PythonScope | undefined = this.context.scope;
    while (scope !== undefined && scope.yielded === undefined) scope = scope.outer;
    const given = value === undefined ? none : this.#of(value);
    const items = isFrom ? (this.machine.iterate(given, at) ?? [asUnknown(given, at)]) : [given];
    scope?.yielded?.push(...items);
    if ((scope?.yielded?.length ?? 0) > mostYielded) throw new EnoughYielded();
    return none;
  }
}

function either(
  left: PythonValue,
  right: PythonValue,
  join: (left: boolean, right: boolean) => boolean,
): boolean | undefined {
  const [a, b] = [left, right].map((value) => (value.kind === 'unknown' ? value.likely : truthOf(value)));
  return a === undefined || b === undefined ? undefined : join(a, b);
}

function manyUnknown(value: PythonValue, at: PythonPlace): UnknownValue {
  return { ...asUnknown(value, at), isNamed: true, isMany: true };
}
