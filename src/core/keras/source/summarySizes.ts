import { kindOf } from '../layers/layers';
import { outputShapes } from '../outputShapes';
import type { KerasFlavour, KerasLayer, KerasModel, KerasShape, KerasValue } from '../kerasModel';
import { parametersOf } from '../parameters';
import type { PrintedLayer, PrintedSummary } from './printedSummaries';
import type { KerasSourceModel } from './sourceModel';

/** Layers of a model that a summary lists, each with its row. */
type Rows = readonly (readonly [KerasLayer, PrintedLayer])[];

/** The layers with the rows of a summary of the same layers, none of which says other figures; else `undefined`. */
export function rowsOf(model: KerasModel, { layers: printed }: PrintedSummary): Rows | undefined {
  for (const listed of [model.layers, model.layers.filter(({ kind }) => kind === 'layer')]) {
    if (listed.length !== printed.length) continue;
    const rows = listed.map((layer, place) => [layer, printed[place]] as const);
    return rows.every(([layer, row]) => fits(model, layer, row)) ? rows : undefined;
  }
  return undefined;
}

function fits(model: KerasModel, layer: KerasLayer, row: PrintedLayer): boolean {
  const isSameClass = layer.className.startsWith(row.className) || row.className === 'Functional';
  const parameters = parametersOf(model, layer)?.total;
  const shape = layer.calls.at(0)?.outputs.at(0);
  return isSameClass && (parameters === undefined || parameters === row.parameters) && sameShape(shape, row.shape);
}

/** Whether two shapes can be the same behind the batch. */
function sameShape(first: KerasShape, second: KerasShape): boolean {
  if (first === undefined || second === undefined) return true;
  return (
    first.length === second.length &&
    first.slice(1).every((each, axis) => each === undefined || each === second[axis + 1])
  );
}

/** Whether everything of a model is known, and as a summary has it. */
export function isAsPrinted(model: KerasModel, summary: PrintedSummary): boolean {
  const rows = rowsOf(model, summary);
  return (
    rows !== undefined &&
    rows.every(([layer]) => {
      const shape = layer.calls.at(0)?.outputs.at(0);
      return (
        parametersOf(model, layer) !== undefined && (layer.calls.length === 0 || shape?.includes(undefined) === false)
      );
    })
  );
}

/** What a summary says of the values that a model leaves open, by their names. */
export function openSizes({ model, openValues }: KerasSourceModel, rows: Rows): ReadonlyMap<string, KerasValue> {
  const sizes = new Map<string, KerasValue>();
  const inputs = new Map<string, string[]>();
  for (const { name, layer, parameter } of openValues) {
    if (name === undefined) continue;
    const row = rows.find(([each]) => each.name === layer)?.[1];
    if (parameter === 'units' || parameter === 'filters') {
      const size = row?.shape?.at(-1);
      if (typeof size === 'number') sizes.set(name, size);
    } else if (parameter === 'shape') inputs.set(layer, [...(inputs.get(layer) ?? []), name]);
  }
  for (const [layer, names] of inputs) {
    const place = model.inputs.findIndex((each) => each.name === layer);
    const input = model.inputs.at(Math.max(place, 0));
    const row = rows.find(([each]) => each.name === layer)?.[1];
    const shape = row?.shape ?? (model.kind === 'sequential' ? firstInput(model, rows) : undefined);
    if (input === undefined || shape === undefined) continue;
    for (const [name, value] of inputSizes(input.shape, shape, names)) sizes.set(name, value);
  }
  return sizes;
}

/** Names of open lengths stand in their order; one name stands for a whole shape, or for equal lengths. */
function inputSizes(
  open: KerasShape,
  known: NonNullable<KerasShape>,
  names: readonly string[],
): readonly (readonly [string, KerasValue])[] {
  const sizes = known.slice(1);
  if (open === undefined) return names.length === 1 ? [[names[0], sizes.map((size) => size ?? null)]] : [];
  const missing = open.slice(1).flatMap((each, axis) => (each === undefined ? [sizes[axis] ?? null] : []));
  if (names.length === missing.length) return names.map((name, place) => [name, missing[place]]);
  return names.length === 1 && missing.every((each) => each === missing[0]) ? [[names[0], missing[0]]] : [];
}

/** Lengths of an axis that are tried. */
const mostLength = 2048;

/** The input of a sequential model, which its summary does not list: the only one that gives the first row. */
export function firstInput(model: KerasModel, rows: Rows): KerasShape {
  const first = rows.at(0);
  if (first === undefined) return undefined;
  const [layer, { shape, parameters }] = first;
  if (shape === undefined || layer.model !== undefined || !keepsRank(layer, shape.length, model.flavour))
    return undefined;
  const channels = channelsOf(layer, shape, { parameters, flavour: model.flavour });
  if (channels === undefined) return undefined;
  const lengths = shape.slice(1, -1).map((length, place) => {
    if (length === null || length === undefined) return length;
    const fit: number[] = [];
    for (let size = 1; size <= mostLength && fit.length < 2; size += 1) {
      const tried = shape.map((_, axis) => (axis === 0 ? null : axis === place + 1 ? size : mostLength));
      const [made] = outputShapes(layer, { inputs: [[...tried.slice(0, -1), channels]], flavour: model.flavour });
      if (made?.length === shape.length && made[place + 1] === length) fit.push(size);
    }
    return fit.length === 1 ? fit[0] : undefined;
  });
  const input = [null, ...lengths, channels];
  const [made] = lengths.includes(undefined) ? [] : outputShapes(layer, { inputs: [input], flavour: model.flavour });
  return made !== undefined && sameShape(made, shape) ? input : undefined;
}

/** Whether only an input of that rank gives an output of it: a flattened one may have been of any. */
function keepsRank(layer: KerasLayer, rank: number, flavour: KerasFlavour): boolean {
  return [2, 3, 4, 5].every((each) => {
    const [made] = outputShapes(layer, { inputs: [[null, ...Array<number>(each - 1).fill(64)]], flavour });
    return (made?.length === rank) === (each === rank);
  });
}

/** Channels of an input for which a layer has so many parameters, which grow evenly with them. */
function channelsOf(
  layer: KerasLayer,
  shape: NonNullable<KerasShape>,
  { parameters, flavour }: { readonly parameters: number; readonly flavour: KerasFlavour },
): number | undefined {
  const kind = kindOf(layer);
  const { config, wraps } = layer;
  const countFor = (channels: number): number | undefined => {
    const input = [...shape.slice(0, -1).map((length, axis) => (axis === 0 ? null : (length ?? 8))), channels];
    const weights = kind?.weights?.({ config, inputs: [input], flavour, wraps });
    return weights?.reduce((sum, weight) => sum + weight.shape.reduce((product, each) => product * each, 1), 0);
  };
  const [one, two] = [countFor(1), countFor(2)];
  if (one === undefined || two === undefined || one === two) {
    const last = shape.at(-1);
    return kind?.weights === undefined && typeof last === 'number' ? last : undefined;
  }
  const channels = (parameters - one) / (two - one) + 1;
  return Number.isInteger(channels) && channels > 0 && countFor(channels) === parameters ? channels : undefined;
}
