import type { Rounding } from '../../execute/executable';
import type { Model, Operator } from '../../model/model';
import { shortNames } from '../../model/names';
import { judgedOutputs } from '../judge/judgedOutputs';
import type { LayerFidelity } from '../proof';
import { errorAlone } from './measure/layerAlone';
import type { Measured } from './measure/measure';
import type { Reference } from './measure/reference';
import type { QuantizedGraph } from './quantizedGraph';
import { suggestionsFor } from './suggestions';

interface Layer {
  readonly place: number;
  readonly operator: Operator;
  readonly name: string;
  readonly accumulatedSqnrDb: number;
  readonly aloneSqnrDb: number | undefined;
}

/** Every layer's error, accumulated and alone, ranked by the latter. `reference` holds all values of few samples. */
export async function layerFidelities(
  source: Model,
  { quantized, measured }: { readonly quantized: QuantizedGraph; readonly measured: Measured },
  reference: Reference,
  rounding: Rounding,
): Promise<readonly LayerFidelity[]> {
  const names = shortNames(source.graphs[0]);
  const layers: Layer[] = [];
  for (const [place, origin] of quantized.origins.entries()) {
    const operator = source.graphs[0].operators[origin];
    const sums = operator === undefined ? undefined : measured.tensors.get(operator.outputs[0]);
    // What sets a state is not measured: by the end of a run the state holds something else.
    const isState = operator !== undefined && source.graphs[0].tensors[operator.outputs[0]]?.isVariable;
    if (operator === undefined || sums === undefined || isState) continue;
    const alone = (await errorAlone(quantized, place, reference, rounding))?.sqnrDb;
    const name = names[operator.outputs[0]];
    layers.push({ place, operator, name, accumulatedSqnrDb: sums.sqnrDb, aloneSqnrDb: alone });
  }
  // What is judged before a function that saturates is not blamed on it.
  const saturating = new Set(judgedOutputs(source.graphs[0]).map(({ saturating: operator }) => operator?.index));
  const ranked = layers
    .filter(({ operator, aloneSqnrDb }) => aloneSqnrDb !== undefined && !saturating.has(operator.index))
    .sort((left, right) => left.aloneSqnrDb! - right.aloneSqnrDb!);
  return layers.map(({ place, operator, name, accumulatedSqnrDb, aloneSqnrDb }) => {
    const rank = ranked.findIndex((layer) => layer.place === place) + 1;
    const isToBlame = rank > 0 && rank <= suggestedLayers;
    const suggestions = isToBlame ? suggestionsFor(operator, name, quantized, place) : [];
    return {
      name,
      operator: operator.kind,
      accumulatedSqnrDb,
      ...(aloneSqnrDb !== undefined && { aloneSqnrDb }),
      ...(rank > 0 && { rank }),
      ...(suggestions.length > 0 && { suggestions }),
    };
  });
}

/** Only the layers to blame most get a suggestion: what is said of all says nothing. */
const suggestedLayers = 3;
