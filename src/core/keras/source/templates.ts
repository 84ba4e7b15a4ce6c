import { foreignBase } from '../../python/evaluate/classes';
import type { PythonProgram } from '../../python/program';
import type { PythonMachine } from '../../python/evaluate/machine';
import type { ClassValue, FunctionValue, PythonPlace, PythonScope, PythonValue } from '../../python/evaluate/values';
import type { Lines } from './lines';
import type { KerasModelObject } from './modelObject';
import { literalOf } from '../../python/libraries/literals';
import type { Session } from './session';
import type { PassedValue, PassedValues, Template } from './sourceModel';
import { templateArguments, type Callee } from './templateArguments';

interface TemplateRun {
  readonly scope: PythonScope;
  readonly entry: string;
  readonly lines: Lines;
  /** What other programs pass. */
  readonly passed: PassedValues;
  readonly take: (object: KerasModelObject, names: readonly string[], template?: Template) => void;
}

/** Functions and classes that are looked at, at most. */
const mostTemplates = 60;

/** Calls what the program only defines, with what nobody passes left open, and takes the models that are made. */
export function runTemplates(
  program: PythonProgram,
  session: Session,
  { scope, entry, lines, passed, take }: TemplateRun,
): void {
  const { machine } = program;
  /** What the callee gives; `self`: the instance that a method is called of. */
  const tried = (callee: Callee, self?: PythonValue): PythonValue | undefined => {
    const before = session.models.length;
    const assumedBefore = session.assumed.length;
    const called = callee.kind === 'class' ? initialiserOf(callee) : callee;
    const used = new Map<string, PassedValue>();
    const named = templateArguments(session, { callee, called, isBound: self !== undefined }, (name) => {
      const given = passed.get(`${callee.name}.${name}`);
      if (given !== undefined) used.set(name, given);
      return given && literalOf(given.value, machine);
    });
    let made: PythonValue | undefined;
    const positional = self === undefined ? [] : [self];
    session.apart(() =>
      program.attempt(() => {
        made = machine.call(callee, { positional, named, at: callee.place });
      }),
    );
    const template = templateOf(callee, called, { lines, used, isBound: self !== undefined });
    for (const object of session.models.slice(before)) {
      object.notes.push(...session.assumed.slice(assumedBefore));
      take(object, [], template);
    }
    return made;
  };
  for (const callee of inOrder(uncalled(scope, entry, program)).slice(0, mostTemplates)) {
    if (!machine.called.has(callee)) tried(callee);
  }
  for (const builder of buildersIn(scope, entry).slice(0, mostTemplates)) {
    if (!machine.called.has(builder)) runMethods(machine, builder, tried);
  }
}

/** Calls the methods that build models, in the order in which they are written, of one instance. */
function runMethods(
  { called }: PythonMachine,
  builder: ClassValue,
  tried: (callee: Callee, self?: PythonValue) => PythonValue | undefined,
): void {
  let self: PythonValue | undefined;
  const instance = (): PythonValue | undefined => (self ??= tried(builder));
  if (initialiserOf(builder) !== undefined) instance();
  for (const value of builder.attributes.values()) {
    const method = value.kind === 'property' ? value.callee : value;
    if (method.kind !== 'function' || called.has(method) || !makesModel(textOf(method))) continue;
    if (value.kind === 'property' && value.wraps === 'property') continue;
    const first = value.kind !== 'property' ? instance() : value.wraps === 'class' ? builder : undefined;
    // Without an instance nothing is called, as what it would read of it is not there.
    if (value.kind !== 'property' && first === undefined) continue;
    tried(method, first);
  }
}

function initialiserOf({ attributes }: ClassValue): FunctionValue | undefined {
  const initialiser = attributes.get('__init__');
  return initialiser?.kind === 'function' ? initialiser : undefined;
}

/** Classes that are no models or layers themselves and have methods that build some. */
function buildersIn(scope: PythonScope, entry: string): readonly ClassValue[] {
  const found = new Set<ClassValue>();
  for (const value of scope.names.values()) {
    if (value.kind !== 'class' || value.place.unit.file !== entry || isPartOfModels(value)) continue;
    if (makesModel(textOf(value))) found.add(value);
  }
  return [...found];
}

function isPartOfModels(value: ClassValue): boolean {
  return /(?:^|\.)(?:keras|tf_keras)\b|(?:^|\.)(?:Model|Sequential|Layer|Module|Callback|Sequence)$/.test(
    foreignBase(value) ?? '',
  );
}

function makesModel(text: string): boolean {
  return /\b(?:Sequential|Model|Functional)\s*\(|\bapplications\b/.test(text);
}

function textOf({ place }: { readonly place: PythonPlace }): string {
  return place.unit.text.slice(place.from, place.to);
}

function uncalled(scope: PythonScope, entry: string, { machine }: PythonProgram): readonly Callee[] {
  const found: Callee[] = [];
  for (const value of scope.names.values()) {
    if (value.kind === 'function' && value.unit.file === entry && !machine.called.has(value)) {
      if (mayBuild(textOf(value))) found.push(value);
    } else if (value.kind === 'class' && value.place.unit.file === entry && !machine.called.has(value)) {
      if (/(?:^|\.)(?:Model|Sequential)$/.test(foreignBase(value) ?? '')) found.push(value);
    }
  }
  return [...new Set(found)];
}

/** Whether a function's text could make a model; what it calls is seen when it is called. */
function mayBuild(text: string): boolean {
  return (
    /\bSequential\b|\bModel\b|\bapplications\b|_model\b|\bmodel\b|\bkeras\b|\blayers\b/.test(text) && /\(/.test(text)
  );
}

/** Those that others call come last, so that they are called with what those pass. */
function inOrder(callees: readonly Callee[]): readonly Callee[] {
  const texts = callees.map(textOf);
  const isUsed = (callee: Callee, index: number): boolean =>
    texts.some(
      (text, other) => other !== index && new RegExp(`(?<![\\w.])${callee.name.replace(/\W/g, '')}\\(`).test(text),
    );
  const used = callees.map((callee, index) => isUsed(callee, index));
  return [...callees.filter((_, index) => !used[index]), ...callees.filter((_, index) => used[index])];
}

interface TemplateCall {
  readonly lines: Lines;
  readonly used: ReadonlyMap<string, PassedValue>;
  readonly isBound: boolean;
}

function templateOf(
  callee: Callee,
  called: FunctionValue | undefined,
  { lines, used, isBound }: TemplateCall,
): Template {
  const parameters = (called?.parameters ?? []).slice(callee.kind === 'class' || isBound ? 1 : 0);
  const text = called?.unit.text ?? '';
  const owner = callee.kind === 'function' ? callee.owner : undefined;
  return {
    name: owner === undefined ? callee.name : `${owner.name}.${callee.name}`,
    place: lines.place(callee.place),
    parameters: parameters
      .filter(({ kind }) => kind === 'plain' || kind === 'keyword')
      .map(({ name, from, to, initial }) => ({
        name,
        place: lines.place({ unit: called?.unit ?? callee.place.unit, from, to }),
        ...(initial && { initial: text.slice(initial.from, initial.to) }),
        ...(used.has(name) && { passed: used.get(name) }),
      })),
  };
}
