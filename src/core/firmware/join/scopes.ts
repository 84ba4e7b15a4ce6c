import type { Expression } from '../syntax/expression';
import type { FunctionFact, TemplateParameter, VariableFact } from '../syntax/syntax';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt, folderDistance } from '../firmware';

/** A place in the code: what names there mean depends on it. */
export interface CodePlace {
  readonly file: SourceFile;
  /** Index into the file's functions. */
  readonly inFunction?: number;
  /** The class whose body it is in, outside of its functions. */
  readonly className?: string;
}

/** A variable with the file that it stands in. */
export interface Variable extends CodePlace {
  readonly variable: VariableFact;
}

/** A parameter of a function. */
export interface BoundParameter {
  readonly file: SourceFile;
  readonly function: FunctionFact;
  readonly position: number;
}

/** What a name means: one candidate where it is known, several where it is not decided. */
export interface Meaning {
  readonly variables: readonly Variable[];
  readonly parameter?: BoundParameter;
  /** What a template is given under this name. */
  readonly template?: BoundTemplate;
}

/** A parameter of a template of a class. */
export interface BoundTemplate {
  readonly className: string;
  readonly file: SourceFile;
  readonly position: number;
  readonly parameter: TemplateParameter;
}

/** What a name means at a place. */
export function meaningOf(firmware: Firmware, name: string, place: CodePlace): Meaning {
  const local = localMeaning(name, place);
  if (local !== undefined) return local;
  const { file, inFunction } = place;
  const className = inFunction === undefined ? place.className : file.syntax.functions[inFunction].className;
  const members = className === undefined ? [] : membersOf(firmware, name, file, className);
  if (members.length > 0) return { variables: members };
  const template = className === undefined ? undefined : templateNamed(firmware, name, className, file);
  if (template !== undefined) return { variables: [], template };
  return { variables: globalsOf(firmware, name, file) };
}

/** What a name, with its scopes, or a member of an object means at a place. */
export function meaningOfNamed(firmware: Firmware, expression: Expression, place: CodePlace): Meaning {
  const name = lastName(expression);
  if (name === undefined) return { variables: [] };
  const owner =
    expression.kind === 'name' ? expression.path.split('::').at(-2) : objectClass(firmware, expression, place);
  const members = owner === undefined ? [] : membersOf(firmware, name, place.file, owner);
  if (members.length > 0) return { variables: members };
  return expression.kind === 'name'
    ? meaningOf(firmware, name, place)
    : { variables: membersOf(firmware, name, place.file) };
}

/** The class of the object whose member an expression is; absent where it is not known, or may be several. */
export function objectClass(firmware: Firmware, expression: Expression, place: CodePlace): string | undefined {
  if (expression.kind !== 'member') return undefined;
  const { object } = expression;
  if (object.kind === 'name' && object.name === 'this') {
    return place.inFunction === undefined ? place.className : place.file.syntax.functions[place.inFunction].className;
  }
  const { variables } = meaningOfNamed(firmware, object, place);
  const types = new Set(variables.map(({ variable }) => variable.typeName));
  return types.size === 1 ? [...types][0] : undefined;
}

function templateNamed(
  firmware: Firmware,
  name: string,
  className: string,
  from: SourceFile,
): BoundTemplate | undefined {
  const found = firmware
    .naming(className)
    .flatMap((file) =>
      file.syntax.classes
        .filter((each) => each.name === className)
        .flatMap(({ templateParameters }) =>
          templateParameters.flatMap((parameter, position) =>
            parameter.name === name ? [{ className, file, position, parameter }] : [],
          ),
        ),
    );
  return nearest(found, from).at(0);
}

/** Members of a class of this name; of whatever class where none is given. */
export function membersOf(firmware: Firmware, name: string, from: SourceFile, className?: string): readonly Variable[] {
  return nearest(
    firmware
      .naming(name)
      .flatMap((file) => variablesIn(file, name, (variable) => isMember(variable, className)))
      .filter(({ variable }) => variable.className !== undefined),
    from,
  );
}

function isMember({ className }: VariableFact, wanted: string | undefined): boolean {
  return className !== undefined && (wanted === undefined || className === wanted);
}

function localMeaning(name: string, { file, inFunction }: CodePlace): Meaning | undefined {
  if (inFunction === undefined) return undefined;
  const found = variablesIn(file, name, (variable) => variable.inFunction === inFunction);
  if (found.length > 0) return { variables: found };
  const own = file.syntax.functions[inFunction];
  const position = own.parameters.findIndex((parameter) => parameter.name === name);
  return position < 0 ? undefined : { variables: [], parameter: { file, function: own, position } };
}

/** Variables outside of functions: of the file, of what it includes, of files beside it, of those that are nearest. */
function globalsOf(firmware: Firmware, name: string, file: SourceFile): readonly Variable[] {
  const inFile = (each: SourceFile): readonly Variable[] =>
    variablesIn(each, name, (variable) => variable.inFunction === undefined && variable.className === undefined);
  const seen = firmware
    .closure(file.path)
    .map((path) => firmware.file(path))
    .filter((each) => each?.text.includes(name) === true)
    .flatMap((each) => (each === undefined ? [] : inFile(each)));
  const defined = seen.filter(({ variable }) => isDefinition(variable));
  if (defined.length > 0) return defined;
  const elsewhere = firmware.naming(name).flatMap(inFile);
  const others = elsewhere.filter(
    ({ variable, file: other }) =>
      isDefinition(variable) && (other.path === file.path || variable.storage !== 'static' || isHeader(other.path)),
  );
  const found = nearest(others, file);
  return found.length > 0 ? found : seen.slice(0, 1);
}

function isHeader(path: string): boolean {
  return /\.(?:h|hh|hpp|hxx|inc)$/i.test(path);
}

function isDefinition({ storage, initializer }: VariableFact): boolean {
  return storage !== 'extern' || initializer !== undefined;
}

function variablesIn(
  file: SourceFile,
  name: string,
  isMeant: (variable: VariableFact) => boolean,
): readonly Variable[] {
  return file
    .variablesNamed(name)
    .filter(isMeant)
    .filter(({ start }) => activityAt(file, start) !== 'no')
    .map((variable) => variableIn(file, variable));
}

/** A variable with the place that names in its declaration are read at. */
export function variableIn(file: SourceFile, variable: VariableFact): Variable {
  return { file, variable, inFunction: variable.inFunction, className: variable.className };
}

/** Those that lie in the folders nearest to a file. */
export function nearest<Found extends { readonly file: SourceFile }>(
  found: readonly Found[],
  from: SourceFile,
): Found[] {
  const least = Math.min(...found.map(({ file }) => folderDistance(file.path, from.path)));
  const near = found.filter(({ file }) => folderDistance(file.path, from.path) === least);
  const own = near.filter(({ file }) => file === from);
  return own.length > 0 ? own : near;
}

/** The name that an expression ends in: `interpreter` of `this->interpreter`. */
export function lastName(expression: Expression): string | undefined {
  return expression.kind === 'name' || expression.kind === 'member' ? expression.name : undefined;
}
