import type { Macro } from '../source/macros';
import type { Expression, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import { expressionOfText } from '../syntax/expressions';
import type { AssignmentFact, VariableFact } from '../syntax/syntax';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import { callersOf, functionsNamed } from './functionsByName';
import { heldResolver } from './resolverTypes';
import type { BoundParameter, CodePlace, Variable } from './scopes';
import { lastName, meaningOfNamed, membersOf, objectClass } from './scopes';

/** Where a pointer or an object comes from. */
export type ValueOrigin =
  /** A declared object: an array, a resolver, an interpreter. `isAdjusted`: something is added to its address. */
  | { readonly kind: 'variable'; readonly variable: Variable; readonly isAdjusted: boolean }
  /** Memory that is asked for while the program runs. */
  | { readonly kind: 'heap'; readonly expression: Expression; readonly place: CodePlace; readonly isAdjusted: boolean }
  /** `new Type(...)` of something else than bytes. */
  | { readonly kind: 'made'; readonly expression: Expression & { readonly kind: 'new' }; readonly place: CodePlace }
  | { readonly kind: 'unknown'; readonly undeclared?: PlacedName };

/** A name where it stands; of a value that is not known, one that no file declares. */
export interface PlacedName extends Extent {
  readonly name: string;
  readonly file: SourceFile;
}

const unknown: readonly ValueOrigin[] = [{ kind: 'unknown' }];

/** Steps of one search after which what is left is not known. */
const mostSteps = 2_000;

interface Search {
  readonly firmware: Firmware;
  readonly seen: Set<unknown>;
  steps: number;
}

/** All places where the value of an expression comes from; `unknown` among them where not all are seen. */
export function originsOf(firmware: Firmware, expression: Expression, place: CodePlace): readonly ValueOrigin[] {
  const found = trace(expression, place, { firmware, seen: new Set(), steps: 0 });
  const kept = new Map<unknown, ValueOrigin>();
  for (const origin of found) kept.set(originKey(origin), origin);
  return kept.size === 0 ? unknown : [...kept.values()];
}

/** The same for what is the same origin. */
export function originKey(origin: ValueOrigin): unknown {
  if (origin.kind === 'variable') return origin.variable.variable;
  if (origin.kind === 'unknown') return `unknown ${origin.undeclared?.name ?? ''}`;
  return `${origin.place.file.path} ${origin.expression.start}`;
}

function trace(expression: Expression, place: CodePlace, search: Search): readonly ValueOrigin[] {
  search.steps += 1;
  if (search.steps > mostSteps) return unknown;
  switch (expression.kind) {
    case 'name':
    case 'member':
      return traceName(expression, place, search);
    case 'call':
      return traceCall(expression, place, search);
    case 'cast':
    case 'unary':
      return trace(expression.operand, place, search);
    case 'index':
      return adjusted(trace(expression.object, place, search), !isZero(expression.index));
    case 'binary':
      return adjusted(traceSides(expression.left, expression.right, place, search), true);
    case 'choice':
      return [...trace(expression.then, place, search), ...trace(expression.otherwise, place, search)];
    case 'newArray':
      return [{ kind: 'heap', expression, place, isAdjusted: false }];
    case 'new':
      return [{ kind: 'made', expression, place }];
    case 'list':
      return expression.items.length === 1 ? trace(expression.items[0], place, search) : unknown;
    case 'number':
      return isZero(expression) ? [] : unknown;
    default:
      return unknown;
  }
}

/** A sum of a pointer and a number is about the pointer. */
function traceSides(left: Expression, right: Expression, place: CodePlace, search: Search): readonly ValueOrigin[] {
  const found = [left, right].flatMap((side) => trace(side, place, search)).filter(({ kind }) => kind !== 'unknown');
  return found.length > 0 ? found : unknown;
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && /^0[uUlL]*$/.test(expression.text);
}

function adjusted(origins: readonly ValueOrigin[], isAdjusted: boolean): readonly ValueOrigin[] {
  if (!isAdjusted) return origins;
  return origins.map((origin) =>
    origin.kind === 'variable' || origin.kind === 'heap' ? { ...origin, isAdjusted: true } : origin,
  );
}

function traceName(expression: Expression, place: CodePlace, search: Search): readonly ValueOrigin[] {
  const name = lastName(expression) ?? '';
  if (/^(?:nullptr|NULL)$/.test(name)) return [];
  const { firmware } = search;
  const macros = expression.kind === 'name' ? place.file.branches.macros.get(name) : undefined;
  if (macros !== undefined) return traceMacros(macros, place, search);
  const meaning = meaningOfNamed(firmware, expression, place);
  if (meaning.parameter !== undefined) return traceParameter(meaning.parameter, search);
  if (meaning.variables.length === 0) {
    const { start, end } = expression;
    return expression.kind === 'name'
      ? [{ kind: 'unknown', undeclared: { name, file: place.file, start, end } }]
      : unknown;
  }
  return meaning.variables.flatMap((variable) => traceVariable(variable, search));
}

/** All that a macro without parameters may stand for. */
function traceMacros(macros: readonly Macro[], place: CodePlace, search: Search): readonly ValueOrigin[] {
  return macros.flatMap(({ body, parameters }) => {
    const expression = parameters === undefined ? expressionOfText(body, 0) : undefined;
    return expression === undefined ? unknown : trace(expression, place, search);
  });
}

function traceVariable(variable: Variable, search: Search): readonly ValueOrigin[] {
  const { variable: fact } = variable;
  if (isObject(fact) || heldResolver(variable) !== undefined)
    return [{ kind: 'variable', variable, isAdjusted: false }];
  if (search.seen.has(fact)) return [];
  search.seen.add(fact);
  const sources = sourcesOf(variable, search.firmware);
  // Where nothing is ever written into it, it is filled in a way that is not understood.
  if (sources.length === 0) return unknown;
  return sources.flatMap(({ value, place }) => trace(value, place, search));
}

/** Whether a variable is itself the memory that it names, and not a pointer to it. */
function isObject({ dimensions, indirections, isReference, typeName, storage }: VariableFact): boolean {
  if (isReference) return false;
  if (dimensions.length > 0) return indirections === 0;
  if (indirections > 0) return false;
  if (storage === 'extern' && typeName === 'auto') return false;
  return !/^(?:auto|unique_ptr|shared_ptr|u?intptr_t|u?int\d+_t|int|size_t|TfLiteStatus|optional)$/.test(typeName);
}

interface Source {
  readonly value: Expression;
  readonly place: CodePlace;
}

/** Everything that is written into a variable. */
export function sourcesOf(variable: Variable, firmware: Firmware): readonly Source[] {
  const { name, initializer, given } = variable.variable;
  const first = initializer ?? given?.[0];
  // What is local to a function is written there; a short name stands in most files of a project.
  const files = variable.variable.inFunction === undefined ? firmware.naming(name) : [variable.file];
  const written = files.flatMap((file) =>
    file.syntax.assignments
      .filter(({ target, start }) => lastName(target) === name && activityAt(file, start) !== 'no')
      .filter((assignment) => means(assignment, file, variable, firmware))
      .map(({ value, inFunction }): Source => ({ value, place: { file, inFunction } })),
  );
  const reset = files.flatMap((file) =>
    file.syntax.calls
      .filter(({ call }) => calledName(call) === 'reset' && call.callee.kind === 'member')
      .filter(({ call: { callee } }) => callee.kind === 'member' && lastName(callee.object) === name)
      .flatMap(({ call, inFunction }) =>
        call.arguments.slice(0, 1).map((value): Source => ({ value, place: { file, inFunction } })),
      ),
  );
  return [...(first === undefined ? [] : [{ value: first, place: variable }]), ...written, ...reset];
}

/** A constructor's initializer names a member, though a parameter may have the same name. */
function means(
  { target, given, inFunction }: AssignmentFact,
  file: SourceFile,
  { variable }: Variable,
  firmware: Firmware,
): boolean {
  const className = inFunction === undefined ? undefined : file.syntax.functions[inFunction].className;
  const isMember = given !== undefined && target.kind === 'name' && className !== undefined;
  const variables = isMember
    ? membersOf(firmware, target.name, file, className)
    : meaningOfNamed(firmware, target, { file, inFunction }).variables;
  return variables.some((each) => each.variable === variable);
}

function traceParameter(parameter: BoundParameter, search: Search): readonly ValueOrigin[] {
  const { function: fact, position } = parameter;
  const given = fact.parameters[position];
  if (search.seen.has(given)) return [];
  search.seen.add(given);
  const callers = callersOf(search.firmware, parameter);
  if (callers.length === 0) return unknown;
  return callers.flatMap(({ arguments: passed, place }) =>
    passed[position] === undefined ? unknown : trace(passed[position], place, search),
  );
}

/** Functions that give memory; the position of what they give it from is not needed. */
const allocators =
  /^(?:malloc|calloc|heap_caps_(?:malloc|calloc|aligned_alloc|aligned_calloc|malloc_prefer)|ps_(?:malloc|calloc)|aligned_alloc|memalign|posix_memalign|pvPortMalloc|k_(?:malloc|aligned_alloc)|extmem_malloc|make_unique)$/;

function traceCall(
  expression: Expression & { kind: 'call' },
  place: CodePlace,
  search: Search,
): readonly ValueOrigin[] {
  const name = calledName(expression) ?? '';
  const { callee, arguments: given } = expression;
  if (allocators.test(name)) return [{ kind: 'heap', expression, place, isAdjusted: false }];
  if (name === 'GetModel' && given.length > 0) return trace(given[0], place, search);
  const owner = objectClass(search.firmware, callee, place);
  const isOwn = owner !== undefined && methodsOf(search.firmware, name, owner, place).length > 0;
  if (/^(?:get|data|value|begin|front)$/.test(name) && callee.kind === 'member' && !isOwn) {
    return trace(callee.object, place, search);
  }
  if (/^(?:move|ref|addressof|forward|uintptr_t|intptr_t)$/.test(name) && given.length === 1) {
    return trace(given[0], place, search);
  }
  if (name === 'align' && given.length === 4) return adjusted(trace(given[2], place, search), true);
  if (/align/i.test(name) && given.length > 0) return adjusted(trace(given[0], place, search), true);
  return traceReturned(name, isOwn ? owner : undefined, place, search);
}

function methodsOf(
  firmware: Firmware,
  name: string,
  owner: string,
  { file }: CodePlace,
): ReturnType<typeof functionsNamed> {
  return functionsNamed(firmware, name, file).filter(({ function: { className } }) => className === owner);
}

function traceReturned(
  name: string,
  owner: string | undefined,
  place: CodePlace,
  search: Search,
): readonly ValueOrigin[] {
  const functions =
    owner === undefined
      ? functionsNamed(search.firmware, name, place.file)
      : methodsOf(search.firmware, name, owner, place);
  if (functions.length === 0) return unknown;
  return functions.flatMap(({ file, index, function: fact }) => {
    if (search.seen.has(fact)) return [];
    search.seen.add(fact);
    const returned = file.syntax.returns.filter(({ inFunction }) => inFunction === index);
    if (returned.length === 0) return unknown;
    return returned.flatMap(({ value }) => trace(value, { file, inFunction: index }, search));
  });
}
