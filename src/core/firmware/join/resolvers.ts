import { operatorDefinitions } from '../../operators/operators';
import type { AddFact } from '../facts/resolvers';
import { addsIn } from '../facts/resolvers';
import type { Expression, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { NamedType, VariableFact } from '../syntax/syntax';
import { writtenType } from '../syntax/types';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import { constantOf } from './constants';
import type { Constant } from './constants';
import { functionsNamed } from './functionsByName';
import type { ValueOrigin } from './origins';
import { originKey, originsOf } from './origins';
import { heldResolver, resolverType } from './resolverTypes';
import type { CodePlace } from './scopes';

/** An operator that is added to a resolver. */
export interface AddedOperator extends AddFact {
  readonly file: SourceFile;
  /** The operator's kind, or a custom operator's code; absent where it is not understood. */
  readonly kind?: string;
  /** Whether it is added rests on something unknown. */
  readonly isUncertain: boolean;
}

/** A resolver with everything that is added to it: a variable, or what `new` makes. */
export interface ResolverFacts extends CodePlace {
  /** What it is called: its own name, or that of the pointer that it is given to; its type where it has none. */
  readonly name: string;
  /** Its name, or what makes it. */
  readonly at: Extent;
  /** The declaration or assignment that gives it its name; absent where it has none. */
  readonly statement?: Extent;
  /** Its declaration; absent for what is made while the program runs. */
  readonly variable?: VariableFact;
  readonly kind: 'mutable' | 'all';
  /** How many operators it has room for. */
  readonly room?: Constant;
  readonly adds: readonly AddedOperator[];
  /** Nothing else can add to it: it is handed to no function that is not seen. */
  readonly isComplete: boolean;
}

const kinds: ReadonlyMap<string, string> = new Map(
  operatorDefinitions.map(({ resolverMethod, kind }) => [resolverMethod, kind]),
);

/** What is known of what a resolver comes from; absent where it is none. */
export function resolverFacts(firmware: Firmware, origin: ValueOrigin): ResolverFacts | undefined {
  const home = homeOf(origin);
  if (home === undefined) return undefined;
  const { type: named, ...where } = home;
  const type = resolverType(firmware, named, home);
  if (type === undefined) return undefined;
  const { kind, size, place, derived } = type;
  const copied = copiedFrom(firmware, home);
  const keys = new Set([origin, ...copied].map(originKey));
  const isThis = (expression: Expression, at: CodePlace): boolean =>
    originsOf(firmware, expression, at).some((each) => keys.has(originKey(each)));
  const files = filesAbout(firmware);
  const adds = files.flatMap((file) =>
    addsIn(file)
      .filter(({ start }) => activityAt(file, start) !== 'no')
      .filter(({ receiver, inFunction }) =>
        receiver === undefined
          ? derived !== undefined && classAt(file, inFunction) === derived
          : isThis(receiver, { file, inFunction }),
      )
      .map((add): AddedOperator => ({
        ...add,
        file,
        kind: addedKind(add),
        isUncertain: activityAt(file, add.start) === 'maybe',
      })),
  );
  const isSeen = copied.every((each) => each.kind === 'variable');
  return {
    ...where,
    kind,
    room: size === undefined ? undefined : constantOf(firmware, size, place),
    adds,
    isComplete: isSeen && !files.some((file) => isHandedOn(firmware, file, home, isThis)),
  };
}

interface ResolverHome extends Omit<ResolverFacts, 'kind' | 'room' | 'adds' | 'isComplete'> {
  readonly type: NamedType;
}

function homeOf(origin: ValueOrigin): ResolverHome | undefined {
  if (origin.kind === 'unknown') return undefined;
  if (origin.kind === 'variable') {
    const { variable } = origin.variable;
    const { name, nameExtent, start, end } = variable;
    const type = heldResolver(origin.variable) ?? variable;
    return { ...placeOf(origin.variable), name, at: nameExtent, statement: { start, end }, variable, type };
  }
  const { expression, place } = origin;
  const written = expression.kind === 'call' || expression.kind === 'new' ? expression.type : undefined;
  if (written === undefined) return undefined;
  const type = writtenType(written);
  const holder = holderOf(place.file, expression);
  return {
    ...placeOf(place),
    name: holder?.name ?? type.typeName,
    at: expression,
    statement: holder,
    type,
  };
}

function placeOf({ file, inFunction, className }: CodePlace): CodePlace {
  return { file, inFunction, className };
}

/** The variable that what is made goes to, with its statement up to the semicolon. */
function holderOf({ syntax, text }: SourceFile, made: Extent): (Extent & { readonly name: string }) | undefined {
  const isOf = (value: Extent | undefined): boolean =>
    value !== undefined && value.start <= made.start && made.end <= value.end;
  const variable = syntax.variables.find(({ initializer, given }) => isOf(initializer) || given?.some(isOf) === true);
  if (variable !== undefined) return variable;
  const assigned = syntax.assignments.find(({ value, given }) => given === undefined && isOf(value));
  if (assigned === undefined) return undefined;
  const end = text.indexOf(';', assigned.end);
  const { start } = assigned;
  return { name: text.slice(assigned.target.start, assigned.target.end), start, end: end < 0 ? assigned.end : end + 1 };
}

/** What a variable is a copy of: the resolver that a function returns. */
function copiedFrom(firmware: Firmware, { variable, ...place }: ResolverHome): readonly ValueOrigin[] {
  const value = variable?.initializer ?? variable?.given?.at(0);
  if (value === undefined || value.kind === 'list' || variable === undefined) return [];
  if (heldResolver({ ...place, variable }) !== undefined) return [];
  if (value.kind === 'call' && value.type !== undefined) return [];
  return originsOf(firmware, value, place);
}

function classAt({ syntax }: SourceFile, inFunction: number | undefined): string | undefined {
  return inFunction === undefined ? undefined : syntax.functions[inFunction].className;
}

function filesAbout(firmware: Firmware): readonly SourceFile[] {
  const adding = [...firmware.naming('.Add'), ...firmware.naming('->Add')];
  // An address is no add.
  return [
    ...new Set([...firmware.naming('OpResolver'), ...adding.filter(({ text }) => /(?:\.|->)Add[A-Z]/.test(text))]),
  ];
}

/** The kind of operator that an add adds. */
function addedKind({ method, given }: AddFact): string | undefined {
  const [first] = given;
  if (method === 'AddCustom') return first?.kind === 'string' ? first.text.replace(/^"|"$/g, '') : undefined;
  if (method === 'AddBuiltin') {
    return first?.kind === 'name' ? /^BuiltinOperator_(\w+)$/.exec(first.name)?.[1] : undefined;
  }
  return kinds.get(method);
}

/** Calls that take a resolver without adding to it. */
const passingOn =
  /^(?:Add[A-Z]|(?:make_unique|make_shared|emplace|reset|move|ref|forward|addressof|(?:Recording)?MicroInterpreter)$)/;

function isHandedOn(
  firmware: Firmware,
  file: SourceFile,
  { name: own }: ResolverHome,
  isThis: (expression: Expression, place: CodePlace) => boolean,
): boolean {
  return file.syntax.calls.some(({ call, inFunction }) => {
    const name = calledName(call) ?? '';
    if (passingOn.test(name)) return false;
    const passed = call.arguments.filter((each) => /resolver|ops|^&?\w+$/i.test(file.text.slice(each.start, each.end)));
    if (!passed.some((each) => mayBe(each, own, file))) return false;
    if (!passed.some((each) => isThis(each, { file, inFunction }))) return false;
    return functionsNamed(firmware, name, file).length === 0 && !isMacro(file, name);
  });
}

/** Cheap: only names that could be a resolver are followed. */
function mayBe(
  { start, end }: { readonly start: number; readonly end: number },
  name: string,
  file: SourceFile,
): boolean {
  const text = file.text.slice(start, end);
  return text.includes(name) || /resolver/i.test(text);
}

function isMacro({ branches }: SourceFile, name: string): boolean {
  return branches.macros.has(name) || /^[A-Z][A-Z0-9_]+$/.test(name);
}
