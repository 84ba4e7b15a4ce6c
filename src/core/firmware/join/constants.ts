import { integerOf, numberOf } from '../source/integers';
import type { Expression, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import { expressionOfText } from '../syntax/expressions';
import type { Firmware, SourceFile } from '../firmware';
import { elementBytes, stdArray, typeBytes } from './elementSizes';
import { callersOf, functionsNamed } from './functionsByName';
import type { BoundParameter, BoundTemplate, Meaning, CodePlace, Variable } from './scopes';
import { lastName, meaningOf, meaningOfNamed, membersOf, objectClass } from './scopes';
import { givenToTemplate } from './templates';

/** The value of a constant expression, and the text that decides it. */
export interface Constant {
  readonly value: number;
  /** It is a floating-point number, whole or not: divided, it keeps its fraction. */
  readonly isReal?: boolean;
  /** The expression that holds the number, where it stands in a file: for an edit. */
  readonly origin?: Extent & { readonly file: SourceFile };
  /** The name that it was given. */
  readonly name?: string;
}

interface Evaluation {
  readonly firmware: Firmware;
  readonly place: CodePlace;
  readonly bindings?: ReadonlyMap<string, Expression>;
  readonly depth: number;
  /** Steps that are left to the whole search. */
  readonly budget: { steps: number };
}

const mostDepth = 40;

/** Steps of one search after which its value is not known. */
const mostSteps = 500;

/** What an expression is when it is compiled, an integer or a fraction; absent where it is not known. */
export function constantOf(firmware: Firmware, expression: Expression, place: CodePlace): Constant | undefined {
  return evaluate(expression, { firmware, place, depth: 0, budget: { steps: mostSteps } });
}

function evaluate(expression: Expression, evaluation: Evaluation): Constant | undefined {
  evaluation.budget.steps -= 1;
  if (evaluation.depth > mostDepth || evaluation.budget.steps < 0) return undefined;
  const inner = { ...evaluation, depth: evaluation.depth + 1 };
  const { start, end } = expression;
  const origin = { start, end, file: evaluation.place.file };
  switch (expression.kind) {
    case 'number':
      return literal(expression.text, origin);
    case 'name':
    case 'member':
      return namedConstant(expression, inner);
    case 'cast':
      return converted(expression.type, evaluate(expression.operand, inner));
    case 'unary': {
      const operand = evaluate(expression.operand, inner);
      const value = unary(expression.operator, operand?.value);
      return value === undefined ? undefined : { value, isReal: operand?.isReal, origin };
    }
    case 'binary': {
      const [left, right] = [evaluate(expression.left, inner), evaluate(expression.right, inner)];
      const result = binary(expression.operator, left, right);
      return result && { ...result, origin };
    }
    case 'sizeof':
      return sizeOf(expression, inner);
    case 'call':
      return macroCall(expression, inner);
    case 'list':
      return expression.items.length === 1 ? evaluate(expression.items[0], inner) : undefined;
    default:
      return undefined;
  }
}

function unary(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (operator === '-') return -value;
  if (operator === '~') return ~value;
  return operator === '+' ? value : undefined;
}

function literal(text: string, origin: Constant['origin']): Constant | undefined {
  const value = numberOf(text);
  return value === undefined ? undefined : { value, isReal: integerOf(text) === undefined, origin };
}

/** What a conversion to a type makes of a value. */
function converted(type: string, constant: Constant | undefined): Constant | undefined {
  if (constant === undefined) return undefined;
  if (/\b(?:float|double)\b/.test(type)) return { ...constant, isReal: true };
  const isInteger = /\b(?:u?int\w*|unsigned|char|long|short|byte|s?size_t)\b/.test(type);
  return constant.isReal === true && isInteger
    ? { ...constant, value: Math.trunc(constant.value), isReal: false }
    : constant;
}

function binary(
  operator: string,
  left: Constant | undefined,
  right: Constant | undefined,
): Pick<Constant, 'value' | 'isReal'> | undefined {
  if (left === undefined || right === undefined) return undefined;
  const isReal = left.isReal === true || right.isReal === true;
  const exact = operations.get(operator)?.(left.value, right.value);
  const value = operator === '/' && !isReal && exact !== undefined ? Math.trunc(exact) : exact;
  return value === undefined || !Number.isFinite(value) ? undefined : { value, isReal };
}

const operations: ReadonlyMap<string, (left: number, right: number) => number> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', (left, right) => left % right],
  ['<<', (left, right) => left * 2 ** right],
  ['>>', (left, right) => Math.floor(left / 2 ** right)],
  ['&', (left, right) => Number(BigInt(Math.trunc(left)) & BigInt(Math.trunc(right)))],
  ['|', (left, right) => Number(BigInt(Math.trunc(left)) | BigInt(Math.trunc(right)))],
]);

function namedConstant(expression: Expression, evaluation: Evaluation): Constant | undefined {
  const name = lastName(expression);
  if (name === undefined) return undefined;
  const bound = evaluation.bindings?.get(name);
  if (bound !== undefined) return evaluate(bound, { ...evaluation, bindings: undefined });
  const macros = evaluation.place.file.branches.macros.get(name);
  if (macros !== undefined && expression.kind === 'name') {
    return agreed(
      macros.map((macro) => macroValue(macro, evaluation)),
      name,
    );
  }
  const { firmware, place } = evaluation;
  const { variables, parameter, template }: Meaning = meaningOfNamed(firmware, expression, place);
  if (parameter !== undefined) return passedConstant(parameter, evaluation);
  if (template !== undefined) return templateConstant(template, evaluation);
  return agreed(
    variables.map((each) => variableConstant(each, evaluation)),
    name,
  );
}

function variableConstant(each: Variable, evaluation: Evaluation): Constant | undefined {
  const { name, type, initializer, given, dimensions, indirections, isConstant } = each.variable;
  if (dimensions.length > 0 || indirections > 0) return undefined;
  const first = initializer ?? (given?.length === 1 ? given[0] : undefined);
  const inner = { ...evaluation, bindings: undefined };
  if (isConstant && first !== undefined) return converted(type, evaluate(first, { ...inner, place: each }));
  const written = assignmentsTo(evaluation.firmware, name);
  const values = written.map(({ value, place }) => evaluate(value, { ...inner, place }));
  return agreed(first === undefined ? values : [evaluate(first, { ...inner, place: each }), ...values], name);
}

/** What every caller passes. */
function passedConstant(parameter: BoundParameter, evaluation: Evaluation): Constant | undefined {
  const name = parameter.function.parameters[parameter.position].name;
  const values = callersOf(evaluation.firmware, parameter).map(({ arguments: passed, place }) => {
    const value = passed.at(parameter.position);
    return value === undefined ? undefined : evaluate(value, { ...evaluation, bindings: undefined, place });
  });
  return agreed(values, name);
}

/** What the template is given wherever it is used. */
function templateConstant(template: BoundTemplate, evaluation: Evaluation): Constant | undefined {
  const values = givenToTemplate(evaluation.firmware, template).map(({ value, place }) =>
    value === undefined ? undefined : evaluate(value, { ...evaluation, bindings: undefined, place }),
  );
  return agreed(values, template.parameter.name);
}

function assignmentsTo(
  firmware: Firmware,
  name: string,
): readonly { readonly value: Expression; readonly place: CodePlace }[] {
  return firmware
    .naming(name)
    .flatMap((file) =>
      file.syntax.assignments
        .filter(({ target }) => lastName(target) === name)
        .map(({ value, inFunction }) => ({ value, place: { file, inFunction } })),
    );
}

/** The one value of all meanings; absent where they differ or one is not known. */
function agreed(values: readonly (Constant | undefined)[], name: string): Constant | undefined {
  const [first] = values;
  if (first === undefined || values.some((each) => each?.value !== first.value)) return undefined;
  const isOne = values.every((each) => each?.origin?.start === first.origin?.start);
  return { ...first, name: first.name ?? name, origin: isOne ? first.origin : undefined };
}

function macroValue(
  { body, place }: { readonly body: string; readonly place?: { readonly file: string; readonly start: number } },
  evaluation: Evaluation,
): Constant | undefined {
  const expression = expressionOfText(body, place?.start ?? 0);
  const file = place === undefined ? undefined : evaluation.firmware.file(place.file);
  if (expression === undefined) return undefined;
  const constant = evaluate(expression, evaluation);
  if (constant === undefined) return undefined;
  // A body is read with the names of where it is used, and stands where it is defined.
  if (constant.name !== undefined) return constant;
  return { ...constant, origin: file && { file, start: expression.start, end: expression.end } };
}

function macroCall(expression: Expression & { kind: 'call' }, evaluation: Evaluation): Constant | undefined {
  const name = calledName(expression);
  if (name === undefined) return undefined;
  if (expression.callee.kind === 'name' && typeBytes.has(name) && expression.arguments.length === 1) {
    return evaluate(expression.arguments[0], evaluation);
  }
  const [macro, other] = evaluation.place.file.branches.macros.get(name) ?? [];
  if (macro === undefined) return countCall(expression, evaluation) ?? returnedConstant(expression, evaluation);
  if (macro.parameters === undefined || other !== undefined) return undefined;
  const bindings = new Map(macro.parameters.map((parameter, index) => [parameter, expression.arguments[index]]));
  const body = expressionOfText(macro.body, macro.place?.start ?? 0);
  const value = body && evaluate(body, { ...evaluation, bindings })?.value;
  return value === undefined
    ? undefined
    : { value, origin: { file: evaluation.place.file, start: expression.start, end: expression.end } };
}

/** Bytes of an element of an array. */
function elementOf({ object }: Expression & { kind: 'index' }, evaluation: Evaluation): number | undefined {
  const name = lastName(object);
  const [each, other] = name === undefined ? [] : variablesAt(object, name, evaluation);
  return each === undefined || other !== undefined ? undefined : elementBytes(each.variable.type);
}

/** What is written is a number of elements: only of bytes is it the size. */
function sized(count: Constant, bytes: number): Constant {
  return { ...count, value: count.value * bytes, ...(bytes === 1 ? {} : { origin: undefined }) };
}

function elementCount(count: Expression, place: CodePlace, evaluation: Evaluation): Constant | undefined {
  return evaluate(count, { ...evaluation, bindings: undefined, place });
}

/** What a function of the firmware gives: the same number wherever it returns. */
function returnedConstant(call: Expression & { kind: 'call' }, evaluation: Evaluation): Constant | undefined {
  const { firmware, place } = evaluation;
  const name = calledName(call) ?? '';
  const owner = objectClass(firmware, call.callee, place);
  const functions = functionsNamed(firmware, name, place.file).filter(
    ({ function: { className } }) => owner === undefined || className === owner,
  );
  const values = functions.flatMap(({ file, index }) =>
    file.syntax.returns
      .filter(({ inFunction }) => inFunction === index)
      .map(({ value }) => evaluate(value, { ...evaluation, bindings: undefined, place: { file, inFunction: index } })),
  );
  return agreed(values, name);
}

/** `arena.size()` and `std::size(arena)` of an array, or of a vector. */
function countCall(call: Expression & { kind: 'call' }, evaluation: Evaluation): Constant | undefined {
  const { callee, arguments: given } = call;
  if (calledName(call) !== 'size' || given.length !== (callee.kind === 'member' ? 0 : 1)) return undefined;
  const object = callee.kind === 'member' ? callee.object : given[0];
  const name = lastName(object);
  if (name === undefined) return undefined;
  return agreed(
    variablesAt(object, name, evaluation).map((each) => {
      const { dimensions, indirections } = each.variable;
      const own = stdArray(each.variable)?.count ?? vectorCount(each);
      const count = own ?? (dimensions.length === 1 ? dimensions[0] : undefined);
      return count === undefined || indirections > 0 ? undefined : elementCount(count, each, evaluation);
    }),
    name,
  );
}

/** `std::vector<uint8_t> arena(bytes);` that nothing makes longer. */
function vectorCount({ file, variable: { name, typeName, given } }: Variable): Expression | undefined {
  const isResized = ['resize', 'push_back', 'assign'].some((method) => file.text.includes(`${name}.${method}`));
  return typeName === 'vector' && !isResized ? given?.at(0) : undefined;
}

function variablesAt(expression: Expression, name: string, { firmware, place }: Evaluation): readonly Variable[] {
  const { variables } = meaningOfNamed(firmware, expression, place);
  return variables.length > 0 ? variables : membersOf(firmware, name, place.file);
}

/** Bytes of a declared array; absent where they are not known. */
export function variableBytes(firmware: Firmware, { variable }: Variable, place: CodePlace): number | undefined {
  const { start, end } = variable.nameExtent;
  const operand: Expression = { kind: 'name', name: variable.name, path: variable.name, start, end };
  return constantOf(firmware, { kind: 'sizeof', type: variable.name, operand, start, end }, place)?.value;
}

function sizeOf(expression: Expression & { kind: 'sizeof' }, evaluation: Evaluation): Constant | undefined {
  const { start, end, type, operand } = expression;
  const origin = { file: evaluation.place.file, start, end };
  const bytes = elementBytes(type);
  if (bytes !== undefined) return { value: bytes, origin };
  const element = operand?.kind === 'index' ? elementOf(operand, evaluation) : undefined;
  if (element !== undefined) return { value: element, origin };
  const name = operand === undefined ? type : lastName(operand);
  if (name === undefined) return undefined;
  const { variables } = meaningOf(evaluation.firmware, name, evaluation.place);
  const members = variables.length > 0 ? variables : membersOf(evaluation.firmware, name, evaluation.place.file);
  return agreed(
    members.map((each) => {
      const { variable } = each;
      const array = stdArray(variable);
      if (array !== undefined) {
        const bytes = elementBytes(array.element);
        const count = bytes === undefined ? undefined : elementCount(array.count, each, evaluation);
        return count === undefined || bytes === undefined ? undefined : sized(count, bytes);
      }
      const element = elementBytes(variable.type);
      const [size] = variable.dimensions;
      if (variable.indirections > 0 || element === undefined) return undefined;
      if (variable.dimensions.length === 0) return { value: element, origin };
      if (variable.dimensions.length > 1 || size === undefined) return undefined;
      const count = evaluate(size, { ...evaluation, bindings: undefined, place: each });
      return count && sized(count, element);
    }),
    name,
  );
}
