import type { KerasCall, KerasConfig, KerasLayer, KerasModel, KerasShape, KerasValue } from '../kerasModel';
import { printedSummaries, type PrintedLayer, type PrintedSummary } from './printedSummaries';
import type { Assumption, KerasSource, KerasSourceModel } from './sourceModel';
import { firstInput, isAsPrinted, openSizes, rowsOf } from './summarySizes';

/** Readings of the source anew with sizes of summaries, at most. */
const mostReadings = 3;

interface Notebook {
  readonly file: string;
  readonly text: string;
  /** The source read with these values for what is open. */
  readonly read: (sizes: ReadonlyMap<string, KerasValue>) => KerasSource;
}

/**
 * Fills what the code of a notebook leaves open from summaries that it keeps of its last run. What the code says is
 * never changed: a summary that says anything else is of another state of the notebook, and is not taken.
 */
export function withStoredSizes(source: KerasSource, { file, text, read }: Notebook): KerasSource {
  if (source.models.every(({ openValues }) => openValues.length === 0)) return source;
  const wanted = wantedBy(source.models, printedSummaries(text));
  const found = new Map<KerasSourceModel, KerasSourceModel>();
  for (let round = 0; round < mostReadings; round += 1) {
    const sizes = new Map<string, KerasValue>();
    for (const [model, { rows }] of wanted) if (!found.has(model)) addSizes(sizes, openSizes(model, rows));
    if (sizes.size === 0) break;
    const again = read(sizes).models;
    const before = found.size;
    for (const [model, { summary }] of wanted) {
      const made = again.find((other) => isSameModel(model, other) && isAsPrinted(other.model, summary));
      if (made === undefined || found.has(model)) continue;
      const givenValues = made.givenValues.filter((name) => !sizes.has(name));
      const assumptions = [...made.assumptions, storedIn(file, summary)];
      found.set(model, { ...made, openValues: [], givenValues, assumptions });
    }
    if (found.size === before) break;
  }
  const models = source.models.map((model) => found.get(model) ?? patched(model, wanted.get(model), file) ?? model);
  return { ...source, models };
}

interface Wanted {
  readonly summary: PrintedSummary;
  readonly rows: NonNullable<ReturnType<typeof rowsOf>>;
}

/** Models that something is open of, with the summary of each: of its name, else the next of the same layers. */
function wantedBy(
  models: readonly KerasSourceModel[],
  summaries: readonly PrintedSummary[],
): ReadonlyMap<KerasSourceModel, Wanted> {
  const taken = new Set<PrintedSummary>();
  const wanted = new Map<KerasSourceModel, Wanted>();
  for (const each of models) {
    if (each.openValues.length === 0) continue;
    const fitting = summaries.filter((summary) => rowsOf(each.model, summary) !== undefined);
    const named = fitting.filter(({ model }) => model === each.model.name);
    const all = named.length > 0 ? named : fitting;
    const summary = all.find((other) => !taken.has(other)) ?? all.at(0);
    const rows = summary && rowsOf(each.model, summary);
    if (summary === undefined || rows === undefined) continue;
    taken.add(summary);
    wanted.set(each, { summary, rows });
  }
  return wanted;
}

/** Sizes of several models; where two say different ones under a name, the first is tried first. */
function addSizes(into: Map<string, KerasValue>, sizes: ReadonlyMap<string, KerasValue>): void {
  for (const [name, value] of sizes) if (!into.has(name)) into.set(name, value);
}

function isSameModel(first: KerasSourceModel, second: KerasSourceModel): boolean {
  const [a, b] = [first.model.origin, second.model.origin];
  return (
    first.model.name === second.model.name &&
    first.template?.name === second.template?.name &&
    a?.file === b?.file &&
    a?.cell === b?.cell &&
    a?.span?.line === b?.span?.line
  );
}

function storedIn(file: string, { cell, model }: PrintedSummary): Assumption {
  const named = model === undefined ? '' : ` of "${model}"`;
  return {
    text: `Sizes that the code leaves open are those of the summary${named} that this cell printed when it last ran; it may be stale.`,
    place: { file, cell },
  };
}

/** The model with shapes and sizes of its summary, where giving them to the program did not make it. */
function patched(read: KerasSourceModel, wanted: Wanted | undefined, file: string): KerasSourceModel | undefined {
  if (wanted === undefined || wanted.rows.some(([layer]) => layer.model !== undefined)) return undefined;
  const { summary, rows } = wanted;
  const rowOf = new Map(rows);
  const layers = read.model.layers.map((layer) => patchedLayer(layer, rowOf.get(layer)));
  const { model } = read;
  const inputs = model.inputs.map((input) => {
    const row = rows.find(([layer]) => layer.className === 'InputLayer' && layer.name === input.name)?.[1];
    const known = model.kind === 'sequential' ? firstInput(model, rows) : row?.shape;
    return { ...input, shape: input.shape?.includes(undefined) === false ? input.shape : (known ?? input.shape) };
  });
  const made: KerasModel = { ...model, layers, inputs };
  if (inputs.some(({ shape }) => shape?.includes(undefined) ?? true) || !isAsPrinted(made, summary)) return undefined;
  return { ...read, model: made, openValues: [], assumptions: [...read.assumptions, storedIn(file, summary)] };
}

function patchedLayer(layer: KerasLayer, row: PrintedLayer | undefined): KerasLayer {
  const shape = row?.shape;
  if (shape === undefined || layer.calls.length > 1) return layer;
  const calls = layer.calls.map((call): KerasCall => ({ ...call, outputs: [known(call.outputs.at(0), shape)] }));
  return { ...layer, calls, config: patchedConfig(layer, shape) };
}

function known(first: KerasShape, printed: NonNullable<KerasShape>): KerasShape {
  return first === undefined || first.includes(undefined) ? printed : first;
}

function patchedConfig({ config, className }: KerasLayer, shape: NonNullable<KerasShape>): KerasConfig {
  const last = shape.at(-1);
  const size = ['units', 'filters'].find((name) => config.has(name) && config.get(name) === undefined);
  if (size !== undefined && typeof last === 'number') return new Map([...config, [size, last]]);
  return className === 'InputLayer' ? new Map([...config, ['batch_shape', shape]]) : config;
}
