import type { Expression, Expressions, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { VariableFact } from '../syntax/syntax';
import { writtenType } from '../syntax/types';
import type { SourceFile } from '../firmware';

/** Where an interpreter lives. */
type InterpreterHome = 'static' | 'stack' | 'member' | 'heap' | 'placed';

/** A `MicroInterpreter` that is made, with what it is given. */
export interface InterpreterFact extends Extent {
  readonly home: InterpreterHome;
  /** Its own declaration, where it is a variable. */
  readonly variable?: VariableFact;
  /** Name of the member that holds it, where a constructor makes it. */
  readonly name?: string;
  readonly isRecording: boolean;
  /** Model, resolver, arena and its size, then what versions of TFLM differ in. */
  readonly given: Expressions;
  readonly inFunction?: number;
}

const className = /^(?:Recording)?MicroInterpreter$/;
const fewestArguments = 3;

/** Names of variables and members that hold an interpreter which is made elsewhere than where they are declared. */
export function interpreterNames(file: SourceFile): readonly string[] {
  return file.syntax.variables
    .filter(
      ({ type, typeName, indirections }) =>
        indirections === 0 && (className.test(typeName) || /optional\s*<.*MicroInterpreter/.test(type)),
    )
    .map(({ name }) => name);
}

/** Interpreters of a file, however they are made; `names` as `interpreterNames` of all files gives them. */
export function interpretersIn(file: SourceFile, names: ReadonlySet<string>): readonly InterpreterFact[] {
  const all = [...declared(file), ...made(file), ...initialized(file, names), ...called(file, names)];
  return all.filter(({ given }) => given.length >= fewestArguments);
}

function declared({ syntax }: SourceFile): readonly InterpreterFact[] {
  return syntax.variables.flatMap((variable) => {
    const { typeName, given, indirections, initializer, inFunction, nameExtent } = variable;
    if (!className.test(typeName) || indirections > 0) return [];
    const copied = initializer?.kind === 'call' && className.test(calledName(initializer) ?? '');
    const passed = given ?? (copied ? initializer.arguments : undefined);
    if (passed === undefined) return [];
    return [
      {
        ...nameExtent,
        home: homeOf(variable),
        variable,
        isRecording: isRecording(typeName),
        given: passed,
        inFunction,
      },
    ];
  });
}

function homeOf({ inFunction, storage, className: owner }: VariableFact): InterpreterHome {
  if (owner !== undefined && inFunction === undefined) return storage === 'static' ? 'static' : 'member';
  return inFunction === undefined || storage === 'static' ? 'static' : 'stack';
}

function made({ syntax }: SourceFile): readonly InterpreterFact[] {
  return syntax.made.flatMap(({ made: { type, placed, arguments: given, start, end }, inFunction }) => {
    const name = writtenType(type).typeName;
    if (!className.test(name)) return [];
    const home = placed.length > 0 && !isNothrow(placed[0]) ? 'placed' : 'heap';
    return [{ start, end, home, isRecording: isRecording(name), given, inFunction }];
  });
}

function isNothrow(expression: Expression): boolean {
  return expression.kind === 'name' && expression.name === 'nothrow';
}

/** `: interpreter_(model, resolver, arena, size)` of a constructor. */
function initialized({ syntax }: SourceFile, names: ReadonlySet<string>): readonly InterpreterFact[] {
  return syntax.assignments.flatMap(({ target, given, inFunction, start, end }) => {
    if (given === undefined || target.kind !== 'name' || !names.has(target.name)) return [];
    return [{ start, end, home: 'member', name: target.name, isRecording: false, given, inFunction }];
  });
}

function called({ syntax }: SourceFile, names: ReadonlySet<string>): readonly InterpreterFact[] {
  const copies = new Set(syntax.variables.map(({ initializer }) => initializer?.start));
  return syntax.calls.flatMap(({ call, inFunction }) => {
    const { start, end, type, arguments: given } = call;
    const name = calledName(call) ?? '';
    const madeType = type === undefined ? '' : writtenType(type).typeName;
    const isMade = /^make_(?:unique|shared)$/.test(name) && className.test(madeType);
    const isEmplaced = name === 'emplace' && call.callee.kind === 'member' && names.has(receiverOf(call.callee));
    const isCopied = className.test(name) && call.callee.kind === 'name' && !copies.has(start);
    if (!isMade && !isEmplaced && !isCopied) return [];
    const home: InterpreterHome = isMade ? 'heap' : 'static';
    return [{ start, end, home, isRecording: isRecording(`${name} ${madeType}`), given, inFunction }];
  });
}

function receiverOf({ object }: Expression & { readonly kind: 'member' }): string {
  return object.kind === 'name' || object.kind === 'member' ? object.name : '';
}

function isRecording(name: string): boolean {
  return name.includes('Recording');
}
