import type { Span } from '../../model/span';
import { spanOf } from '../../model/textEdit';
import type { Activity } from '../source/branches';
import type { Expression } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { InterpreterFact } from '../facts/interpreters';
import { interpreterNames, interpretersIn } from '../facts/interpreters';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import type { Constant } from './constants';
import { constantOf } from './constants';
import { namesWhenBuilt, nearestOne } from './madeNames';
import type { PlacedName, ValueOrigin } from './origins';
import { originKey, originsOf, sourcesOf } from './origins';
import type { ResolverFacts } from './resolvers';
import { resolverFacts } from './resolvers';
import type { CodePlace, Variable } from './scopes';
import { meaningOfNamed } from './scopes';

/** A model as the firmware holds it, or as it lies beside it. */
export interface NamedModel {
  /** The file that it is in. */
  readonly path: string;
  /** Name of the array that holds it; absent for a model's own file. */
  readonly array?: string;
  /** Where that array's name stands, if it may not be the only one of its name. */
  readonly at?: Pick<Span, 'line' | 'column'>;
}

/** Which array is made from the model of a file, as somebody wrote down. */
interface RecordedName {
  readonly path: string;
  readonly array: string;
}

/** Whether a model is the one that a declaration holds. */
export function isHeldBy({ path, array, at }: NamedModel, { file, variable }: Variable): boolean {
  if (path !== file.path) return false;
  if (at === undefined) return array === variable.name;
  const { line, column } = spanOf(file.text, variable.nameExtent.start, 0);
  return line === at.line && column === at.column;
}

/** What an interpreter works in. */
interface ArenaUse {
  readonly origins: readonly ValueOrigin[];
  /** What stands for the arena in the interpreter's arguments. */
  readonly given: Expression;
  /** Bytes that the interpreter is told; absent where that is not known. */
  readonly size?: Constant;
  readonly sizeGiven: Expression;
  /** It is shared with other interpreters through an allocator. */
  readonly isShared: boolean;
}

/** An interpreter with all that serves it. What is not known is absent, what may be several is a list of them. */
export interface Pairing<Model extends NamedModel> {
  readonly file: SourceFile;
  readonly interpreter: InterpreterFact;
  readonly activity: Activity;
  readonly models: readonly Model[];
  /** All models that it can run are in `models`, each by the array that holds it. */
  readonly isModelSure: boolean;
  /** Names of arrays that it is given and that no source defines, nor a file that the build would make them from. */
  readonly absent: readonly PlacedName[];
  readonly resolvers: readonly ResolverFacts[];
  readonly isResolverSure: boolean;
  readonly arena?: ArenaUse;
}

/** Interpreters of a firmware with what serves them. */
export function pairingsOf<Model extends NamedModel>(
  firmware: Firmware,
  models: readonly Model[],
  recorded: readonly RecordedName[] = [],
): readonly Pairing<Model>[] {
  const files = firmware.naming('MicroInterpreter');
  const names = new Set(files.flatMap(interpreterNames));
  const others = [...names].flatMap((name) => firmware.naming(name));
  const known: KnownResolvers = new Map();
  return [...new Set([...files, ...others])].flatMap((file) =>
    interpretersIn(file, names)
      .filter(({ start }) => activityAt(file, start) !== 'no')
      .map((interpreter) => pairingOf({ firmware, models, recorded, known }, file, interpreter)),
  );
}

/** What is known of origins as resolvers, so that each is looked at once. */
type KnownResolvers = Map<unknown, ResolverFacts | undefined>;

interface Joining<Model> {
  readonly firmware: Firmware;
  readonly models: readonly Model[];
  readonly recorded: readonly RecordedName[];
  readonly known: KnownResolvers;
}

function pairingOf<Model extends NamedModel>(
  { firmware, models, recorded, known }: Joining<Model>,
  file: SourceFile,
  interpreter: InterpreterFact,
): Pairing<Model> {
  const place = { file, inFunction: interpreter.inFunction };
  const [model, resolver] = interpreter.given;
  return {
    file,
    interpreter,
    activity: activityAt(file, interpreter.start),
    ...modelsOf(originsOf(firmware, model, place), { models, recorded, file }),
    ...resolversOf(firmware, originsOf(firmware, resolver, place), known),
    arena: arenaOf(firmware, interpreter, place),
  };
}

function modelsOf<Model extends NamedModel>(
  origins: readonly ValueOrigin[],
  among: HeldModels<Model>,
): Pick<Pairing<Model>, 'models' | 'isModelSure' | 'absent'> {
  const found = origins.map((origin) => ({ origin, held: heldAt(origin, among) }));
  const absent = found.flatMap(({ origin, held }) => (held.length > 0 ? [] : (absentName(origin) ?? [])));
  return {
    models: [...new Set(found.flatMap(({ held }) => held))],
    isModelSure: found.length > 0 && found.every(({ held }) => held.length === 1),
    absent,
  };
}

interface HeldModels<Model> extends Pick<Joining<Model>, 'models' | 'recorded'> {
  /** Where they are used. */
  readonly file: SourceFile;
}

function heldAt<Model extends NamedModel>(
  origin: ValueOrigin,
  { models, recorded, file }: HeldModels<Model>,
): readonly Model[] {
  const held = origin.kind === 'variable' ? models.filter((model) => isHeldBy(model, origin.variable)) : [];
  const names = held.length > 0 ? [] : undefinedNames(origin);
  // What no source defines comes of the build, which makes it from the file that its name says.
  const isMeant = ({ path, array }: NamedModel): boolean =>
    array === undefined &&
    (namesWhenBuilt(path).some((name) => names.includes(name)) ||
      recorded.some((each) => each.path === path && names.includes(each.array)));
  const made = names.length === 0 ? [] : models.filter(isMeant);
  const nearest = nearestOne(made, origin.kind === 'variable' ? origin.variable.file.path : file.path);
  return nearest === undefined ? held : [nearest];
}

/** An array that no source defines, where it is declared or used. */
function absentName(origin: ValueOrigin): PlacedName | undefined {
  if (origin.kind === 'unknown') return origin.undeclared;
  if (origin.kind !== 'variable') return undefined;
  const { file, variable } = origin.variable;
  const { name, nameExtent, storage, initializer } = variable;
  return storage === 'extern' && initializer === undefined ? { name, file, ...nameExtent } : undefined;
}

/** Its name, and the symbol that it stands for. */
function undefinedNames(origin: ValueOrigin): readonly string[] {
  const name = absentName(origin)?.name;
  if (name === undefined) return [];
  const attributes = origin.kind === 'variable' ? origin.variable.variable.attributes : [];
  const symbol = attributes.find((attribute) => /^_*asm_*$/.test(attribute.name))?.argument;
  return [...(symbol === undefined ? [] : [symbol.replace(/"/g, '')]), name];
}

function resolversOf(
  firmware: Firmware,
  origins: readonly ValueOrigin[],
  known: KnownResolvers,
): Pick<Pairing<NamedModel>, 'resolvers' | 'isResolverSure'> {
  const found = origins.flatMap((origin) => {
    const key = originKey(origin);
    const facts = known.has(key) ? known.get(key) : resolverFacts(firmware, origin);
    known.set(key, facts);
    return facts === undefined ? [] : [facts];
  });
  return { resolvers: found, isResolverSure: found.length === 1 && origins.length === 1 };
}

/** Of `MicroInterpreter(model, resolver, arena, size, …)`, or with an allocator that was made over an arena. */
function arenaOf(firmware: Firmware, interpreter: InterpreterFact, place: CodePlace): ArenaUse | undefined {
  const [, , third, fourth] = interpreter.given;
  const allocator = creationOf(firmware, third, place);
  if (allocator !== undefined) {
    const [given, sizeGiven] = allocator.call.arguments;
    return arenaUse(firmware, { given, sizeGiven, place: allocator.place, isShared: true });
  }
  return fourth === undefined
    ? undefined
    : arenaUse(firmware, { given: third, sizeGiven: fourth, place, isShared: false });
}

function arenaUse(
  firmware: Firmware,
  asked: Pick<ArenaUse, 'given' | 'sizeGiven' | 'isShared'> & { readonly place: CodePlace },
): ArenaUse {
  const { given, sizeGiven, isShared, place } = asked;
  return {
    given,
    sizeGiven,
    isShared,
    origins: originsOf(firmware, given, place),
    size: constantOf(firmware, sizeGiven, place),
  };
}

interface Creation {
  readonly call: Expression & { readonly kind: 'call' };
  readonly place: CodePlace;
}

/** The `MicroAllocator::Create(arena, size)` that an expression is, or that a variable is set to once. */
function creationOf(firmware: Firmware, expression: Expression, place: CodePlace): Creation | undefined {
  if (expression.kind === 'call') return isCreation(expression) ? { call: expression, place } : undefined;
  if (expression.kind !== 'name' && expression.kind !== 'member') return undefined;
  const made = meaningOfNamed(firmware, expression, place)
    .variables.flatMap((variable) => sourcesOf(variable, firmware))
    .flatMap(({ value, place: at }): Creation[] =>
      value.kind === 'call' && isCreation(value) ? [{ call: value, place: at }] : [],
    );
  return made.length === 1 ? made[0] : undefined;
}

function isCreation(call: Expression & { readonly kind: 'call' }): boolean {
  return (
    calledName(call) === 'Create' &&
    call.arguments.length >= 2 &&
    call.callee.kind === 'name' &&
    /MicroAllocator::Create$/.test(call.callee.path)
  );
}
