import type { BudgetChoice, TargetChoice } from '../estimate/choice';
import type { ConversionChoice, GivenValue, ProgramChoice, ProgramSaying } from '../formats/programChoice';
import type { RuleChoice } from '../rules/choice';
import type { KeySpan } from '../model/span';
import { entriesOfFile, entryPlace } from './entryPlace';
import type { ProjectReading } from './project';
import type { Project, ProjectModel } from './projectValues';

/** What can be chosen about a model. */
interface Choices {
  readonly target: TargetChoice;
  readonly budget: BudgetChoice;
  readonly rules: RuleChoice;
  readonly overheads?: readonly string[];
  readonly inputStages?: readonly { readonly id: string; readonly mode?: string }[];
  readonly labels?: ProjectModel['labels'];
  /** Of programs that build models. */
  readonly conversion?: ConversionChoice;
  readonly values?: Readonly<Record<string, GivenValue>>;
}

/** The layer of what somebody asks for once. */
export const commandLine = 'command line';

/** What one place says about a model: settings, a project file, the command line. */
export interface ChoiceLayer {
  /** As people read it: "milliwatt.json", "setting", "command line". */
  readonly origin: string;
  readonly values: Partial<Choices>;
  /** Nobody chose it: a build file of the project says so. */
  readonly isProposed?: boolean;
  /** Path or URI of the file that says so, and where in its text each key of the target stands. */
  readonly file?: string;
  readonly spans?: ReadonlyMap<string, KeySpan>;
}

/** Where a value of the target was chosen. */
export interface ChosenAt {
  readonly origin: string;
  readonly file?: string;
  readonly span?: KeySpan;
  /** As of its layer. */
  readonly isProposed?: boolean;
}

/** Keys of the target that say nothing about one particular board. */
const boardIndependent: readonly string[] = [
  'tflmVersion',
  'optimization',
  'resourceVariableSlots',
  'preserveAllTensors',
  'rounding',
];

/**
 * What layers say together: key by key, a later one over an earlier one. `origins` names the layer of each key of the
 * target.
 */
export function mergedChoices(layers: readonly ChoiceLayer[]): Choices & { readonly programChoice?: ProgramChoice } {
  const values = layers.map((layer) => layer.values);
  const entries = layers.flatMap((layer) => targetEntries(layer).map(([key, value]) => ({ key, value, layer })));
  const { board, runtime, ...settings } = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const programChoice = programChoiceOf(layers);
  return {
    target: {
      ...(board === undefined ? {} : { board: String(board) }),
      ...(runtime === undefined ? {} : { runtime: String(runtime) }),
      settings,
      origins: Object.fromEntries(entries.map(({ key, layer }) => [key, layer.origin])),
    },
    budget: Object.assign({}, ...values.map(({ budget }) => budget)) as BudgetChoice,
    rules: Object.assign({}, ...values.map(({ rules }) => rules)) as RuleChoice,
    overheads: lastGiven(values.map(({ overheads }) => overheads)),
    inputStages: lastGiven(values.map(({ inputStages }) => inputStages)),
    ...(programChoice && { programChoice }),
  };
}

/** What is said about a program, each name by the last layer that says it; `undefined` where nothing is. */
function programChoiceOf(layers: readonly ChoiceLayer[]): ProgramChoice | undefined {
  const sayings = (of: (values: ChoiceLayer['values']) => object | undefined): readonly ProgramSaying[] => {
    const all = layers.flatMap(({ origin, values }) =>
      Object.entries(of(values) ?? {}).map(([name, value]): ProgramSaying => ({
        name,
        value: value as GivenValue,
        origin,
        ...(origin === commandLine && { isOver: true }),
      })),
    );
    return [...new Map(all.map((each) => [each.name, each])).values()];
  };
  const conversion = sayings((values) => values.conversion);
  const values = sayings((each) => each.values);
  return conversion.length + values.length === 0 ? undefined : { conversion, values };
}

/** Where a key of a program's conversion, or a value that it leaves open, was chosen. */
export function programChosenAt(
  layers: readonly ChoiceLayer[],
  kind: 'conversion' | 'values',
  name: string,
): ChosenAt | undefined {
  const layer = layers.filter(({ values }) => Object.keys(values[kind] ?? {}).includes(name)).at(-1);
  return layer && { origin: layer.origin, file: layer.file, span: layer.spans?.get(`${kind}.${name}`) };
}

/** The layer that decides a key of the target; nothing where no layer names it, and a default holds. */
export function chosenAt(layers: readonly ChoiceLayer[], key: string): ChosenAt | undefined {
  const layer = layers.filter((each) => targetEntries(each).some(([named]) => named === key)).at(-1);
  return layer && { origin: layer.origin, file: layer.file, span: layer.spans?.get(key), isProposed: layer.isProposed };
}

/** What a project file says of a model's classes, and that file; `undefined` where none does. */
export function labelsIn(
  layers: readonly ChoiceLayer[],
): { readonly labels: NonNullable<ProjectModel['labels']>; readonly file?: string } | undefined {
  const found = layers.filter(({ values }) => values.labels !== undefined).at(-1);
  return found?.values.labels === undefined ? undefined : { labels: found.values.labels, file: found.file };
}

/** Layers for another board than the chosen one: what was chosen for that one is left out. */
export function layersOn(layers: readonly ChoiceLayer[], board: string): readonly ChoiceLayer[] {
  const kept = layers.map(({ values, ...layer }) => {
    const settings = Object.entries(values.target?.settings ?? {}).filter(([key]) => boardIndependent.includes(key));
    return { ...layer, values: { ...values, target: { settings: Object.fromEntries(settings) } } };
  });
  return [...kept, { origin: 'comparison', values: { target: { board } } }];
}

/**
 * What a project file says about a model: the common keys, and those of its own entry. `path` is relative to the file.
 */
export function projectLayers(
  { project, spans }: ProjectReading,
  { origin, file, path }: { readonly origin: string; readonly file: string; readonly path: string },
): readonly ChoiceLayer[] {
  const common: ChoiceLayer = { origin, file, spans: targetSpans(spans, ''), values: valuesOf(project) };
  const place = entryPlace(project, path);
  const entry = project.models?.[place];
  // What a program leaves open may be said for another of its models: all are found in the same program.
  const others = entriesOfFile(project, path).filter((each) => each !== place);
  const given = others.map((each): ChoiceLayer => ({
    origin,
    file,
    spans: targetSpans(spans, `models.${each}.`),
    values: { values: project.models?.[each].values },
  }));
  if (entry === undefined) return [common, ...given];
  const { budgets, labels, conversion, values } = entry;
  const own = { target: targetOf(entry), budget: budgets, labels, conversion, values };
  return [common, ...given, { origin, file, spans: targetSpans(spans, `models.${place}.`), values: own }];
}

function valuesOf(project: Project): Partial<Choices> {
  const { budgets, dutyCycle, power, rules, overheads, inputStages, conversion } = project;
  const budget = { ...budgets, ...dutyCycle, ...(power && { power }) };
  return { target: targetOf(project), budget, rules, overheads, inputStages, conversion };
}

function targetOf({
  board,
  runtime,
  target,
}: Pick<Project & ProjectModel, 'board' | 'runtime' | 'target'>): TargetChoice {
  return { board, runtime, settings: target };
}

function lastGiven<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.filter((value) => value !== undefined).at(-1);
}

/** Spans by the key of the target, of what stands below `prefix` in the file. */
function targetSpans(spans: ReadonlyMap<string, KeySpan>, prefix: string): ReadonlyMap<string, KeySpan> {
  const below = [...spans].filter(([path]) => path.startsWith(prefix));
  return new Map(below.map(([path, span]) => [path.slice(prefix.length).replace(/^target\./, ''), span]));
}

function targetEntries({
  values: { target = {} },
}: ChoiceLayer): readonly (readonly [string, string | number | boolean])[] {
  const { board, runtime, settings = {} } = target;
  const named = Object.entries({ board, runtime, ...settings });
  return named.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value] as const]));
}
