import { converterTroubles, type LayerTrouble } from '../../keras/converterTrouble';
import type { KerasLayer, KerasModel } from '../../keras/kerasModel';
import type { Origin } from '../../model/origin';
import type { Problem } from '../../model/problem';
import type { KnownTrouble } from '../../model/program';
import type { Conversion } from './conversion';

interface Troubles {
  /** Of what no operator shows. */
  readonly problems: readonly Problem[];
  /** Of what rules find in operators. */
  readonly known: readonly KnownTrouble[];
}

interface ConvertedLayers {
  readonly conversion: Conversion;
  /** Of each operator of the main graph its layer; none where nothing was converted. */
  readonly layers: readonly (KerasLayer | undefined)[];
  readonly originOf: (layer: KerasLayer) => Origin | undefined;
}

/** What the official converter does badly with a model of a program, layer by layer. */
export function troublesOf(model: KerasModel, { conversion, layers, originOf }: ConvertedLayers): Troubles {
  const { flavour, numbers, batch } = conversion;
  const isBatchOpen = batch === 'open' && model.inputs.some(({ shape }) => (shape?.at(0) ?? null) === null);
  const problems: Problem[] = [];
  const known: KnownTrouble[] = [];
  for (const trouble of converterTroubles(model, { flavour, numbers, isBatchOpen })) {
    const { layer, code, outcome, isWritten } = trouble;
    const operators = layers.flatMap((each, index) => (each === layer ? [index] : []));
    const message = messageOf(trouble);
    if (isWritten && operators.length > 0) {
      known.push({ operators, message });
      continue;
    }
    const origin = originOf(layer);
    const severity = outcome === 'costs' ? 'information' : 'warning';
    const place = operators.length === 0 ? {} : { graph: 0, operator: operators[0] };
    problems.push({ code, severity, message, ...place, ...(origin && { origin }) });
  }
  return { problems, known };
}

function messageOf({ layer, effect, remedy }: LayerTrouble): string {
  return `The layer "${layer.name}" (${layer.className}) ${effect}. ${remedy}`;
}
