import { foreignBase } from '../../python/evaluate/classes';
import type { PythonProgram } from '../../python/program';
import type { FunctionValue, PythonScope } from '../../python/evaluate/values';
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
  const callees = inOrder(uncalled(scope, entry, program)).slice(0, mostTemplates);
  for (const callee of callees) {
    if (machine.called.has(callee)) continue;
    const before = session.models.length;
    const assumedBefore = session.assumed.length;
    const initialiser = callee.kind === 'class' ? callee.attributes.get('__init__') : callee;
    const called = initialiser?.kind === 'function' ? initialiser : undefined;
    const used = new Map<string, PassedValue>();
    const named = templateArguments(session, callee, called, (name) => {
      const given = passed.get(`${callee.name}.${name}`);
      if (given !== undefined) used.set(name, given);
      return given && literalOf(given.value, machine);
    });
    session.apart(() => program.attempt(() => machine.call(callee, { positional: [], named, at: callee.place })));
    const template = templateOf(callee, called, { lines, used });
    for (const object of session.models.slice(before)) {
      object.notes.push(...session.assumed.slice(assumedBefore));
      take(object, [], template);
    }
  }
}

function uncalled(scope: PythonScope, entry: string, { machine }: PythonProgram): readonly Callee[] {
  const found: Callee[] = [];
  for (const value of scope.names.values()) {
    if (value.kind === 'function' && value.unit.file === entry && !machine.called.has(value)) {
      if (mayBuild(value.unit.text.slice(value.place.from, value.place.to))) found.push(value);
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
  const texts = callees.map(({ place }) => place.unit.text.slice(place.from, place.to));
  const isUsed = (callee: Callee, index: number): boolean =>
    texts.some(
      (text, other) => other !== index && new RegExp(`(?<![\\w.])${callee.name.replace(/\W/g, '')}\\(`).test(text),
    );
  const used = callees.map((callee, index) => isUsed(callee, index));
  return [...callees.filter((_, index) => !used[index]), ...callees.filter((_, index) => used[index])];
}

function templateOf(
  callee: Callee,
  called: FunctionValue | undefined,
  { lines, used }: { readonly lines: Lines; readonly used: ReadonlyMap<string, PassedValue> },
): Template {
  const parameters = (called?.parameters ?? []).slice(callee.kind === 'class' ? 1 : 0);
  const text = called?.unit.text ?? '';
  return {
    name: callee.name,
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
