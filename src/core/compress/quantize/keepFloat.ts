import type { Graph } from '../../model/model';
import { shortNames } from '../../model/names';
import { HumanError } from '../../model/problem';
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
