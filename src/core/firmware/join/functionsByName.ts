import type { Expressions } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import { writtenType } from '../syntax/types';
import type { FunctionFact } from '../syntax/syntax';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import type { BoundParameter, CodePlace } from './scopes';
import { meaningOf, nearest } from './scopes';

interface NamedFunction {
  readonly file: SourceFile;
  readonly index: number;
  readonly function: FunctionFact;
}

/** Functions of a name that a call in a file may mean: those that lie nearest. */
export function functionsNamed(firmware: Firmware, name: string, from: SourceFile): readonly NamedFunction[] {
  return name === '' ? [] : nearest(allNamed(firmware, name), from);
}

/** Functions by name of each firmware that was asked. */
const kept = new WeakMap<Firmware, Map<string, readonly NamedFunction[]>>();

function allNamed(firmware: Firmware, name: string): readonly NamedFunction[] {
  const known = kept.get(firmware) ?? new Map<string, readonly NamedFunction[]>();
  kept.set(firmware, known);
  const found =
    known.get(name) ??
    firmware
      .naming(name)
      .filter(({ text }) => mayDefine(text, name))
      .flatMap((file) =>
        file.syntax.functions.flatMap((each, index) =>
          each.name === name && activityAt(file, each.start) !== 'no' ? [{ file, index, function: each }] : [],
        ),
      );
  known.set(name, found);
  return found;
}

/** Characters from a name to the brace of its body. */
const longestHead = 4000;

/** Whether a text looks as if it had a function of this name with its body: only then it is parsed for it. */
function mayDefine(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const from = at + name.length;
    const rest = /^\s*\([^;{}]*/.exec(text.slice(from, from + longestHead));
    if (rest !== null && (text[from + rest[0].length] === '{' || rest[0].includes('/'))) return true;
  }
  return false;
}

/** Calls of the function of a parameter, constructions of its class among them. */
export function callersOf(firmware: Firmware, { file: home, function: called }: BoundParameter): readonly Caller[] {
  const isMeant = (file: SourceFile): boolean =>
    functionsNamed(firmware, called.name, file).some((each) => each.function === called);
  const isConstructor = called.name === called.className;
  const isOverloaded = home.syntax.functions.filter(({ name }) => name === called.name).length > 1;
  const files = firmware.naming(called.name).filter((file) => file === home || isMeant(file));
  return files
    .flatMap((file) => [...callsIn(file, called.name), ...(isConstructor ? constructionsIn(file, called.name) : [])])
    .concat(isConstructor ? memberConstructions(firmware, files, called.name) : [])
    .filter((call) => !isOverloaded || fits(firmware, called, call));
}

interface Caller {
  readonly arguments: Expressions;
  readonly place: CodePlace;
}

/** Whether a call can mean this one of several functions: as many arguments, and none whose type is another one. */
function fits(firmware: Firmware, { parameters }: FunctionFact, { arguments: passed, place }: Caller): boolean {
  if (passed.length > parameters.length) return false;
  return passed.every((expression, index) => {
    const bare = expression.kind === 'unary' && expression.operator === '&' ? expression.operand : expression;
    if (bare.kind !== 'name') return true;
    const types = meaningOf(firmware, bare.name, place).variables.map(({ variable }) => variable.typeName);
    return types.every((type) => !/^[A-Z]/.test(type) || parameters[index].type.includes(type));
  });
}

function callsIn(file: SourceFile, name: string): readonly Caller[] {
  return file.syntax.calls
    .filter(({ call, start }) => calledName(call) === name && activityAt(file, start) !== 'no')
    .map(({ call, inFunction }) => ({ arguments: call.arguments, place: { file, inFunction } }));
}

function constructionsIn(file: SourceFile, name: string): readonly Caller[] {
  const declared = file.syntax.variables
    .filter(
      ({ typeName, given, start }) => typeName === name && given !== undefined && activityAt(file, start) !== 'no',
    )
    .map(({ given, inFunction }) => ({ arguments: given ?? [], place: { file, inFunction } }));
  const made = file.syntax.made
    .filter(({ made: { type } }) => writtenType(type).typeName === name)
    .map(({ made, inFunction }) => ({ arguments: made.arguments, place: { file, inFunction } }));
  const called = file.syntax.calls
    .filter(({ call: { type } }) => type !== undefined && writtenType(type).typeName === name)
    .map(({ call, inFunction }) => ({ arguments: call.arguments, place: { file, inFunction } }));
  return [...declared, ...made, ...called];
}

/** `member_(a, b)` in the constructor of a class that has a member of this one. */
function memberConstructions(firmware: Firmware, files: readonly SourceFile[], name: string): readonly Caller[] {
  const members = files.flatMap(({ syntax }) =>
    syntax.variables.filter(
      ({ typeName, className, indirections }) => typeName === name && className !== undefined && indirections === 0,
    ),
  );
  return [...new Set(members.map((member) => member.name))].flatMap((member) =>
    firmware
      .naming(member)
      .flatMap((file) =>
        file.syntax.assignments
          .filter(({ target, given }) => given !== undefined && target.kind === 'name' && target.name === member)
          .map(({ given, inFunction }) => ({ arguments: given ?? [], place: { file, inFunction } })),
      ),
  );
}
