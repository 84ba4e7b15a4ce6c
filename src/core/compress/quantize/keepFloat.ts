import type { Graph, Model } from '../../model/model';
import { shortNames } from '../../model/names';
import { HumanError } from '../../model/problem';
import type { Clamp } from '../lift/clamps';
import { withClamps } from '../lift/clamps';
import { nearest, quotedChoice } from '../../text/nearest';

/** @throws HumanError when a layer that is to stay float does not exist. */
export function checkKeepFloat(graph: Graph, wanted: readonly string[]): void {
  const names = shortNames(graph);
  const layers = graph.operators.map(({ outputs }) => names[outputs[0]]);
  const missing = wanted.find((name) => !layers.includes(name));
  if (missing === undefined) return;
  throw new HumanError(
    'quantize-no-layer',
    `The model has no layer "${missing}" that could stay float. Did you mean ${quotedChoice(nearest(missing, layers))}?`,
  );
}

/** A float model with clamps that its operators do not say. */
interface ClampedModel {
  readonly model: Model;
  readonly clamps: ReadonlyMap<number, Clamp>;
}

/**
 * The model with operators that clamp behind the layers that stay float, which no integer type limits; these stay float
 * as well. `clamps` are those that are left to integer types.
 */
export function withKeptClamps(
  { model, clamps }: ClampedModel,
  wanted: readonly string[],
): ClampedModel & { readonly keepFloat: readonly string[] } {
  const names = shortNames(model.graphs[0]);
  const [kept, left] = [true, false].map(
    (isKept) => new Map([...clamps].filter(([tensor]) => wanted.includes(names[tensor]) === isKept)),
  );
  if (kept.size === 0) return { model, clamps, keepFloat: wanted };
  const result = withClamps(model, kept);
  const {
    graphs: [graph],
  } = result;
  const after = shortNames(graph);
  // Tensors that came with the clamps lie behind those of the model.
  const added = graph.operators.map(({ outputs }) => outputs[0]).filter((output) => output >= names.length);
  const keepFloat = [...[...kept.keys(), ...added].map((tensor) => after[tensor]), ...wanted];
  return { model: result, clamps: left, keepFloat };
}
