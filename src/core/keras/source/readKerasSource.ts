import { endsInSteps } from '../../python/evaluate/failure';
import { placeKey } from '../../python/evaluate/support';
import type { Evaluator } from '../../python/evaluate/evaluator';
import type { Decision } from '../../python/evaluate/machine';
import type { PythonValue } from '../../python/evaluate/values';
import { literalOf } from '../../python/libraries/literals';
import { PythonProgram, SyntaxStore } from '../../python/program';
import { numberText } from '../../python/evaluate/format';
import type { KerasValue } from '../kerasModel';
import { decisionText } from './decisions';
import { extractModel, type OpenFact } from './extract';
import { KerasLibrary } from './library';
import { Lines } from './lines';
import type { KerasModelObject } from './modelObject';
import { cellsAsRun, notebookCells } from './notebook';
import { passedValues } from './passedValues';
import { signatureOf } from './signature';
import type {
  Assumption,
  KerasSource,
  OpenSourceValue,
  PassedValues,
  ReadOptions,
  KerasSourceModel,
  SourceProblem,
  Template,
} from './sourceModel';
import { isVaguer, notPassed } from './vague';
import { withStoredSizes } from './storedSizes';
import { runTemplates } from './templates';
import { otherWays, type OtherWay, type Way } from './ways';

/** Text of a file of the workspace by its path; undefined where there is none. */
export type SourceTexts = (path: string) => string | undefined;

/** Steps of all ways together, some hundred nanoseconds each. */
const defaultSteps = 1_500_000;

/** Steps that are kept for looking at models, where the program takes all. */
const stepsForModels = 50_000;

/** Reads the models that a source of Python, or a notebook, makes with Keras; nothing of it is run. */
export function readKerasSource(texts: SourceTexts, entry: string, options: ReadOptions = {}): KerasSource {
  if (!entry.endsWith('.ipynb')) return inOrder(texts, entry, options);
  const text = texts(entry) ?? '';
  const read = (openValues: ReadOptions['openValues']): KerasSource =>
    inOrder(texts, entry, { ...options, ...(openValues && { openValues }) });
  return withStoredSizes(read(options.openValues), {
    file: entry,
    text,
    read: (sizes) => read(new Map([...sizes, ...(options.openValues ?? [])])),
  });
}

/** The cells of a notebook from top to bottom, or in the order in which they were last run. */
function inOrder(texts: SourceTexts, entry: string, options: ReadOptions): KerasSource {
  const storeOf = (cells: typeof notebookCells): SyntaxStore =>
    new SyntaxStore((path) => {
      const text = texts(path);
      if (text === undefined) return undefined;
      return path.endsWith('.ipynb') ? cells(text) : [{ text }];
    });
  const { undefinedNames, ...read } = new Reading(storeOf(notebookCells), entry, options).read();
  if (undefinedNames === 0 || !entry.endsWith('.ipynb')) return read;
  // What is not defined from top to bottom may be in the order in which the cells were last run.
  if (cellsAsRun(texts(entry) ?? '') === undefined) return read;
  const asRun = new Reading(storeOf(cellsAsRun), entry, options).read();
  return asRun.undefinedNames < undefinedNames ? { models: asRun.models, problems: asRun.problems } : read;
}

/** One way through the program. */
interface Run extends Way {
  readonly models: readonly (KerasSourceModel & { readonly signature: string })[];
  readonly problems: readonly SourceProblem[];
  readonly undefinedNames: number;
}

class Reading {
  readonly #lines = new Lines();
  readonly #passed: PassedValues;

  constructor(
    readonly store: SyntaxStore,
    readonly entry: string,
    readonly options: ReadOptions,
  ) {
    const { callers = [], flavour = 'keras3' } = options;
    this.#passed = passedValues(store, callers, { entry, flavour, lines: this.#lines });
  }

  read(): KerasSource & { readonly undefinedNames: number } {
    const first = this.#run(new Map(), this.options.steps ?? defaultSteps);
    const ways = otherWays(first, (changes, steps) => this.#run(changes, steps));
    const { undefinedNames, problems } = first;
    return { models: this.#joined(first, ways), problems, undefinedNames };
  }

  /** Models of the first way, with what was taken for granted, then those that other ways make. */
  #joined(first: Run, ways: readonly OtherWay<Run>[]): readonly KerasSourceModel[] {
    const models = first.models.map(({ signature, ...model }): KerasSourceModel => {
      const matters = (key: string): boolean =>
        !ways.some(({ changes, run }) => changes.has(key) && run.signatures.has(signature));
      const tried = [...first.decisions].filter(([key]) => matters(key)).map(([, decision]) => decision);
      return { ...model, assumptions: [...model.assumptions, ...tried.map((each) => this.#assumption(each))] };
    });
    const known = new Set(first.signatures);
    for (const { changes, run } of ways) {
      const turned = [...changes.keys()].filter((key) => first.decisions.has(key));
      // Several at once only tell that one of them matters: the models are those of the single ones.
      if (turned.length > 1) continue;
      for (const { signature, ...model } of run.models) {
        if (known.has(signature)) continue;
        known.add(signature);
        // What is the same model, and less of it known, tells nobody anything.
        if (models.some((other) => isVaguer(model, other))) continue;
        const made = [...changes.keys()].flatMap((key) => {
          const decision = run.decisions.get(key);
          return decision === undefined ? [] : [this.#assumption(decision)];
        });
        models.push({ ...model, assumptions: [...model.assumptions, ...made] });
      }
    }
    return models;
  }

  #assumption(decision: Decision): Assumption {
    return { text: decisionText(decision), place: this.#lines.place(decision.place) };
  }

  #run(decisions: ReadonlyMap<string, boolean>, steps: number): Run {
    let library: KerasLibrary | undefined;
    const given = new Map<string, PythonValue>();
    const program = new PythonProgram(this.store, this.entry, {
      library: (machine) => (library = new KerasLibrary(machine, this.options.flavour ?? 'keras3')),
      steps,
      decisions,
      given,
    });
    const { machine } = program;
    for (const [name, value] of this.#given(machine)) given.set(name, value);
    const problems: SourceProblem[] = [];
    const models: KerasSourceModel[] = [];
    const take = (object: KerasModelObject, names: readonly string[], template?: Template): void => {
      models.push(this.#model(object, { names, template, machine }));
    };
    const bounded = (work: () => void): void => {
      if (endsInSteps(work)) return;
      const message = 'The source takes more steps than are followed: what comes after them is not read.';
      if (problems.length === 0) problems.push({ message });
    };
    bounded(() => program.run());
    machine.reserve(stepsForModels);
    const session = library?.session;
    const { scope } = program;
    if (session !== undefined) {
      const made = [...session.models];
      for (const object of made) object.notes.push(...session.assumed);
      bounded(() => {
        for (const object of made) take(object, namesOf(scope.names, object));
      });
      const passed = this.#passed;
      bounded(() => runTemplates(program, session, { scope, entry: this.entry, lines: this.#lines, passed, take }));
    }
    for (const { message, place } of program.failures) {
      problems.push({ message, ...(place && { place: this.#lines.place(place) }) });
    }
    for (const { unit, syntax } of this.store.units(this.entry) ?? []) {
      if (syntax.error === undefined) continue;
      problems.push({
        message: 'This is not understood as Python.',
        place: this.#lines.place({ unit, ...syntax.error }),
      });
    }
    // Signatures tell models of other ways from those of the first: without a decision there is no other way.
    const isCompared = decisions.size > 0 || machine.decisions.size > 0;
    const signatures = models.map(({ model }) => (isCompared ? signatureOf(model) : ''));
    return {
      models: models.map((model, index) => ({ ...model, signature: signatures[index] })),
      signatures: new Set(signatures),
      decisions: machine.decisions,
      problems,
      stepsLeft: machine.stepsLeft,
      undefinedNames: machine.undefinedNames.size,
    };
  }

  #model(
    object: KerasModelObject,
    { names, template, machine }: { names: readonly string[]; template: Template | undefined; machine: Evaluator },
  ): KerasSourceModel {
    object.prepare();
    const { model, open } = extractModel(object, this.#lines);
    const notes = new Map(
      object.allNotes().map(({ text, at }) => [`${text}${placeKey(at)}`, { text, place: this.#lines.place(at) }]),
    );
    return {
      model,
      names,
      ...(template && { template }),
      openValues: open.length === 0 ? notPassed(model, template) : this.#openValues(open),
      givenValues: [...machine.used.keys()],
      assumptions: [...notes.values()],
    };
  }

  #openValues(open: readonly OpenFact[]): readonly OpenSourceValue[] {
    const found = new Map<string, OpenSourceValue>();
    for (const { layer, parameter, value } of open) {
      const key = `${value.name ?? ''} ${value.place === undefined ? '' : placeKey(value.place)} ${layer} ${parameter}`;
      found.set(key, {
        ...(value.name !== undefined && { name: value.name }),
        why: value.why,
        ...(value.place && { place: this.#lines.place(value.place) }),
        layer,
        parameter,
      });
    }
    return [...found.values()];
  }

  /** Values for what is open: of comments in the source, and of the options, which come first. */
  #given(machine: Evaluator): ReadonlyMap<string, PythonValue> {
    const given = new Map<string, PythonValue>();
    for (const { syntax } of this.store.units(this.entry) ?? []) {
      for (const { text } of syntax.directives) {
        for (const part of text.split(';')) {
          const equals = part.indexOf('=');
          const value = equals < 0 ? undefined : literalOf(part.slice(equals + 1), machine);
          if (value !== undefined) given.set(part.slice(0, equals).trim(), value);
        }
      }
    }
    for (const [name, value] of this.options.openValues ?? []) {
      const literal = literalOf(pythonText(value), machine);
      if (literal !== undefined) given.set(name, literal);
    }
    return given;
  }
}

/** A value as Python writes it; lists are tuples. */
function pythonText(value: KerasValue | undefined): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : numberText(value, true);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map) {
    return `{${[...value].map(([name, each]) => `${JSON.stringify(name)}: ${pythonText(each as KerasValue)}`).join(', ')}}`;
  }
  return `(${[...(value as readonly KerasValue[])].map((each) => `${pythonText(each)},`).join(' ')})`;
}

/** Variables that hold a model. */
function namesOf(names: ReadonlyMap<string, PythonValue>, object: KerasModelObject): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of names) {
    if (value.kind === 'host' && value.object === object) found.push(name);
    if (value.kind === 'instance' && value.host === object) found.push(name);
  }
  return found;
}
