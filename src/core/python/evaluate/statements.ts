import type { Block, ClassDefinition, PyExpression, FunctionDefinition, PyStatement } from '../syntax/tree';
import { makeFunction } from './calls';
import { makeClass } from './classes';
import { inUnknownRounds, isMany } from './unknownRounds';
import type { Context, Flow, PythonMachine } from './machine';
import { assign } from './assign';
import { asUnknown, placeOf } from './support';
import { PythonFailure } from './failure';
import { importFrom, importPath } from './imports';
import { unknown } from './machine';
import { equality } from './operators';
import { none, str } from './plainValues';
import type { PythonPlace, PythonValue } from './values';

/** Rounds of a loop beyond which it is left. */
const mostRounds = 2000;

export function executeBlock(machine: PythonMachine, block: Block, context: Context): Flow {
  for (const statement of block) {
    const flow = execute(machine, statement, context);
    if (flow !== undefined) return flow;
  }
  return undefined;
}

function execute(machine: PythonMachine, statement: PyStatement, context: Context): Flow {
  machine.step(1);
  const evaluate = (expression: PyExpression): PythonValue => machine.evaluate(expression, context);
  switch (statement.kind) {
    case 'expression':
      evaluate(statement.value);
      return undefined;
    case 'assign':
      executeAssignment(machine, statement, context);
      return undefined;
    case 'update': {
      const at = placeOf(statement, context);
      const before = evaluate(statement.target);
      assign(
        machine,
        statement.target,
        updated(machine, { before, by: evaluate(statement.value) }, statement.operator, at),
        context,
      );
      return undefined;
    }
    case 'import':
    case 'from':
      if (statement.kind === 'import') importPath(machine, statement, context);
      else importFrom(machine, statement, context);
      return undefined;
    case 'function':
      context.scope.set(statement.name, decorated(machine, statement, context));
      return undefined;
    case 'class':
      context.scope.set(statement.name, decorated(machine, statement, context));
      return undefined;
    case 'return':
      return { kind: 'return', value: statement.value === undefined ? none : evaluate(statement.value) };
    case 'if':
      return executeIf(machine, statement, context);
    case 'for':
      return executeFor(machine, statement, context);
    case 'while':
      return executeWhile(machine, statement, context);
    case 'try':
      return executeTry(machine, statement, context);
    case 'with':
      for (const { value, target } of statement.items) {
        const entered = enteredValue(machine, evaluate(value), placeOf(value, context));
        if (target !== undefined) assign(machine, target, entered, context);
      }
      return executeBlock(machine, statement.body, context);
    case 'raise':
      throw failureOf(statement.value && evaluate(statement.value), placeOf(statement, context));
    case 'assert':
      if (!machine.truth(evaluate(statement.test), placeOf(statement.test, context))) {
        throw new PythonFailure('AssertionError', 'The assertion does not hold.', placeOf(statement, context));
      }
      return undefined;
    case 'delete':
      for (const target of statement.targets) executeDelete(machine, target, context);
      return undefined;
    case 'scope':
      for (const name of statement.names) context.scope.declare(name, statement.isGlobal);
      return undefined;
    case 'match':
      return executeMatch(machine, statement, context);
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'pass':
      return undefined;
  }
}

type Of<Kind extends PyStatement['kind']> = Extract<PyStatement, { kind: Kind }>;

function executeAssignment(machine: PythonMachine, { targets, value }: Of<'assign'>, context: Context): void {
  if (value === undefined) return;
  const made = machine.evaluate(value, context);
  for (const target of targets) {
    const given =
      made.kind === 'unknown' && !made.isNamed && target.kind === 'name'
        ? machine.given(target.name, placeOf(target, context))
        : undefined;
    assign(machine, target, given ?? made, context);
  }
}

/** `+=` changes a list in its place. */
function updated(
  machine: PythonMachine,
  { before, by }: { readonly before: PythonValue; readonly by: PythonValue },
  operator: string,
  at: PythonPlace,
): PythonValue {
  if (operator === '+' && before.kind === 'list') {
    const items = machine.iterate(by, at) ?? [{ ...asUnknown(by, at), isNamed: true, isMany: true }];
    before.items.push(...items);
    return before;
  }
  return machine.binary(operator, before, by, at);
}

function decorated(
  machine: PythonMachine,
  definition: FunctionDefinition | ClassDefinition,
  context: Context,
): PythonValue {
  let made: PythonValue =
    definition.kind === 'function'
      ? makeFunction(machine, definition, context)
      : makeClass(machine, definition, context);
  for (const decorator of [...definition.decorators].reverse()) {
    const at = placeOf(decorator, context);
    const wrapper = machine.evaluate(decorator, context);
    const wrapped = machine.call(wrapper, { positional: [made], named: new Map(), at });
    // A decorator that is not known is taken for one that leaves what it decorates as it is.
    if (wrapped.kind !== 'unknown') made = wrapped;
  }
  return made;
}

function executeIf(machine: PythonMachine, { branches, otherwise }: Of<'if'>, context: Context): Flow {
  for (const { test, body } of branches) {
    const value = machine.evaluate(test, context);
    if (machine.truth(value, placeOf(test, context), !leavesBadly(body))) return executeBlock(machine, body, context);
  }
  return executeBlock(machine, otherwise, context);
}

/** Whether a block ends with an error, the program's end or the next round, which nobody means to reach. */
function leavesBadly(body: Block): boolean {
  const last = body.at(-1);
  // What skips a piece of data that is not as it should be, and what refuses it.
  if (last?.kind === 'raise' || last?.kind === 'continue') return true;
  if (last?.kind !== 'expression' || last.value.kind !== 'call') return false;
  const { callee } = last.value;
  return (callee.kind === 'name' || callee.kind === 'member') && /^_?exit$|^quit$/.test(callee.name);
}

function executeFor(machine: PythonMachine, statement: Of<'for'>, context: Context): Flow {
  return machine.looping((isLong) => forRounds(machine, statement, context, isLong));
}

function forRounds(
  machine: PythonMachine,
  { target, source, body, otherwise }: Of<'for'>,
  context: Context,
  isLong: () => boolean,
): Flow {
  const at = placeOf(source, context);
  const from = machine.evaluate(source, context);
  const items = machine.iterate(from, at);
  const most = mostRoundsOf(machine, at);
  let rounds = 0;
  const round = (item: PythonValue): Flow => {
    machine.step(1);
    assign(machine, target, item, context);
    return executeBlock(machine, body, context);
  };
  // How often it runs is not known: one round is shown, and another is tried to see what hangs on it.
  const open: PythonValue = { ...asUnknown(from, at) };
  const shown = (item: PythonValue): PythonValue[] => (machine.decide(at, false, 'rounds') ? [item, item] : [item]);
  const isOpen = items?.some(isMany) ?? true;
  const followed = items?.flatMap((item) => (isMany(item) ? shown(item) : [item])) ?? shown(open);
  const follow = (): Flow => {
    for (const item of followed) {
      rounds += 1;
      if (rounds > most || isLong()) {
        leaveLoop(machine, [...body, { kind: 'assign', targets: [target], from: at.from, to: at.to }], context, at);
        return undefined;
      }
      const flow = round(item);
      if (flow?.kind === 'return') return flow;
      if (flow?.kind === 'break') return undefined;
    }
    return executeBlock(machine, otherwise, context);
  };
  return isOpen ? inUnknownRounds(machine, context, at, follow) : follow();
}

function executeWhile(machine: PythonMachine, statement: Of<'while'>, context: Context): Flow {
  return machine.looping((isLong) => whileRounds(machine, statement, context, { isLong, isOpen: false }));
}

interface WhileRounds {
  readonly isLong: () => boolean;
  /** How often it runs is known not to be known. */
  readonly isOpen: boolean;
}

function whileRounds(
  machine: PythonMachine,
  statement: Of<'while'>,
  context: Context,
  { isLong, isOpen }: WhileRounds,
): Flow {
  const { test, body, otherwise } = statement;
  const at = placeOf(test, context);
  const most = mostRoundsOf(machine, at);
  for (let rounds = 0; ; rounds += 1) {
    machine.step(1);
    const value = machine.evaluate(test, context);
    if (value.kind === 'unknown' && !isOpen) {
      const open = { isLong, isOpen: true };
      return inUnknownRounds(machine, context, at, () => whileRounds(machine, statement, context, open));
    }
    if (value.kind === 'unknown' && rounds >= (machine.decide(at, false, 'rounds') ? 2 : 1)) return undefined;
    if (value.kind !== 'unknown' && !machine.truth(value, at)) return executeBlock(machine, otherwise, context);
    if (rounds >= most || isLong()) {
      leaveLoop(machine, body, context, at);
      return undefined;
    }
    const flow = executeBlock(machine, body, context);
    if (flow?.kind === 'return') return flow;
    if (flow?.kind === 'break') return undefined;
  }
}

/** A loop that was left for its length is left much earlier on another way, to see what hangs on its rounds. */
function mostRoundsOf(machine: PythonMachine, at: PythonPlace): number {
  return machine.chosen(at) === true ? 3 : mostRounds;
}

/** A loop of too many rounds is left, and what it assigns is not known after it. */
function leaveLoop(machine: PythonMachine, body: Block, context: Context, at: PythonPlace): void {
  machine.decide(at, false, 'cut');
  const open = unknown('The loop has more rounds than are followed.', at);
  const visit = (statements: Block): void => {
    for (const statement of statements) {
      if (statement.kind === 'assign') {
        for (const target of statement.targets) assign(machine, target, open, context);
      } else if (statement.kind === 'update') assign(machine, statement.target, open, context);
      else if (statement.kind === 'if') {
        for (const { body: inner } of statement.branches) visit(inner);
        visit(statement.otherwise);
      } else if ('body' in statement && statement.kind !== 'function' && statement.kind !== 'class')
        visit(statement.body);
    }
  };
  visit(body);
}

function executeTry(machine: PythonMachine, { body, handlers, otherwise, last }: Of<'try'>, context: Context): Flow {
  let flow: Flow;
  try {
    flow = machine.trying(() => executeBlock(machine, body, context));
    flow ??= executeBlock(machine, otherwise, context);
  } catch (error) {
    if (!(error instanceof PythonFailure)) throw error;
    const handler = handlers.find(({ type }) => type === undefined || handles(type, error));
    if (handler === undefined) {
      executeBlock(machine, last, context);
      throw error;
    }
    if (handler.name !== undefined) context.scope.set(handler.name, error.value ?? str(error.message));
    flow = executeBlock(machine, handler.body, context);
  }
  return executeBlock(machine, last, context) ?? flow;
}

const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ['ImportError', ['ModuleNotFoundError']],
  ['LookupError', ['KeyError', 'IndexError']],
  ['OSError', ['FileNotFoundError']],
  ['ArithmeticError', ['ZeroDivisionError']],
]);

function handles(type: PyExpression, { type: raised }: PythonFailure): boolean {
  if (type.kind === 'tuple') return type.items.some((each) => handlesOne(each, raised));
  return handlesOne(type, raised);
}

function handlesOne(type: PyExpression, raised: string): boolean {
  if (type.kind !== 'name' && type.kind !== 'member') return false;
  if (type.name === raised || type.name === 'BaseException') return true;
  if (type.name === 'Exception') return raised !== 'SystemExit';
  return kinds.get(type.name)?.includes(raised) ?? false;
}

function failureOf(value: PythonValue | undefined, at: PythonPlace): PythonFailure {
  if (value?.kind === 'instance') return new PythonFailure(value.class.name, 'An error is raised.', at, value);
  if (value?.kind === 'class') return new PythonFailure(value.name, 'An error is raised.', at, value);
  const name = value?.kind === 'builtin' ? value.name : undefined;
  return new PythonFailure(name ?? 'Exception', 'An error is raised.', at, value);
}

function enteredValue(machine: PythonMachine, value: PythonValue, at: PythonPlace): PythonValue {
  if (value.kind === 'host') return value.object.enter?.() ?? value;
  if (value.kind !== 'instance') return value;
  const enter = machine.attributeIfAny(value, '__enter__', at);
  return enter === undefined ? value : machine.call(enter, { positional: [], named: new Map(), at });
}

function executeDelete(machine: PythonMachine, target: PyExpression, context: Context): void {
  if (target.kind === 'name') context.scope.delete(target.name);
  if (target.kind !== 'index') return;
  const [object, index] = [target.object, target.index].map((each) => machine.evaluate(each, context));
  machine.deleteItem(object, index);
}

function executeMatch(machine: PythonMachine, { subject, cases }: Of<'match'>, context: Context): Flow {
  const value = machine.evaluate(subject, context);
  for (const { pattern, name, guard, body } of cases) {
    const at = placeOf(guard ?? subject, context);
    if (name !== undefined) context.scope.set(name, value);
    const fits =
      pattern === 'anything' ||
      (pattern === 'unclear'
        ? machine.decide(at, false)
        : pattern.some((each) =>
            machine.truth(equality(value, machine.evaluate(each, context), at), placeOf(each, context)),
          ));
    if (!fits || (guard !== undefined && !machine.truth(machine.evaluate(guard, context), at))) continue;
    return executeBlock(machine, body, context);
  }
  return undefined;
}
