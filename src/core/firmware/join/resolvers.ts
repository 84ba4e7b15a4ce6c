import { operatorDefinitions } from '../../operators/operators';
import type { AddFact } from '../facts/resolvers';
import { addsIn, resolverKind } from '../facts/resolvers';
import type { Expression } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import { constantOf } from './constants';
import type { Constant } from './constants';
import { functionsNamed } from './functionsByName';
import { originsOf } from './origins';
import type { CodePlace, Variable } from './scopes';

/** An operator that is added to a resolver. */
export interface AddedOperator extends AddFact {
  readonly file: SourceFile;
  /** The operator's kind, or a custom operator's code; absent where it is not understood. */
  readonly kind?: string;
  /** Whether it is added rests on something unknown. */
  readonly isUncertain: boolean;
}

/** A resolver with everything that is added to it. */
export interface ResolverFacts {
  readonly variable: Variable;
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

/** What is known of a variable as a resolver; absent where it is none. */
export function resolverFacts(firmware: Firmware, variable: Variable): ResolverFacts | undefined {
  const type = resolverType(firmware, variable);
  if (type === undefined) return undefined;
  const { kind, size, place: home } = type;
  const isThis = (expression: Expression, place: CodePlace): boolean =>
    originsOf(firmware, expression, place).some(
      (origin) => origin.kind === 'variable' && origin.variable.variable === variable.variable,
    );
  const files = filesAbout(firmware);
  const adds = files.flatMap((file) =>
    addsIn(file)
      .filter(({ start }) => activityAt(file, start) !== 'no')
      .filter(({ receiver, inFunction }) => isThis(receiver, { file, inFunction }))
      .map((add): AddedOperator => ({
        ...add,
        file,
        kind: addedKind(add),
        isUncertain: activityAt(file, add.start) === 'maybe',
      })),
  );
  return {
    variable,
    kind,
    room: size === undefined ? undefined : constantOf(firmware, size, home),
    adds,
    isComplete: !files.some((file) => isHandedOn(firmware, file, variable, isThis)),
  };
}

interface ResolverType {
  readonly kind: 'mutable' | 'all';
  readonly size?: Expression;
  /** Where the size is written. */
  readonly place: CodePlace;
}

/** The resolver that a variable's type is, through other names of it. */
function resolverType(firmware: Firmware, variable: Variable): ResolverType | undefined {
  const { typeName, templateArguments } = variable.variable;
  const own = resolverKind(typeName);
  if (own !== undefined) return { kind: own, size: templateArguments.at(0), place: variable };
  for (const path of firmware.closure(variable.file.path)) {
    const file = firmware.file(path);
    const alias =
      file?.text.includes('OpResolver') === true && file.syntax.aliases.find(({ name }) => name === typeName);
    const kind = alias ? resolverKind(alias.typeName) : undefined;
    if (file !== undefined && alias && kind !== undefined) {
      return { kind, size: alias.templateArguments.at(0), place: { file } };
    }
  }
  return undefined;
}

function filesAbout(firmware: Firmware): readonly SourceFile[] {
  return [...new Set([...firmware.naming('OpResolver'), ...firmware.naming('.Add'), ...firmware.naming('->Add')])];
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

function isHandedOn(
  firmware: Firmware,
  file: SourceFile,
  { variable }: Variable,
  isThis: (expression: Expression, place: CodePlace) => boolean,
): boolean {
  return file.syntax.calls.some(({ call, inFunction }) => {
    const name = calledName(call) ?? '';
    if (/^(?:Add[A-Z]|make_unique$|make_shared$|emplace$|(?:Recording)?MicroInterpreter$)/.test(name)) return false;
    const passed = call.arguments.filter((each) => /resolver|ops|^&?\w+$/i.test(file.text.slice(each.start, each.end)));
    if (!passed.some((each) => mayBe(each, variable.name, file))) return false;
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
