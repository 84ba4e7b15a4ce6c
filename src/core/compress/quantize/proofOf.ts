import { estimate } from '../../estimate/estimate';
import type { Limits } from '../../estimate/budget';
import type { Report } from '../../estimate/report';
import { readTflite } from '../../formats/tflite/reader';
import type { Rounding } from '../../execute/executable';
import type { Model } from '../../model/model';
import { shortNames } from '../../model/names';
import type { Target } from '../../runtimes/target';
import type { Samples } from '../../samples/samples';
import type { Fidelity, LayerFidelity } from '../proof';
import { errorAlone } from './measure/layerAlone';
import type { Measured } from './measure/measure';
import type { Reference } from './measure/reference';
import type { QuantizedGraph } from './quantizeGraph';
import { suggestionsFor } from './suggestions';

/** The report of a file's bytes on a target, without findings: what a proof compares. */
export function reportOf(bytes: Uint8Array, path: string, target: Target, limits: Limits): Report {
  const { model } = readTflite(bytes);
  return { ...estimate(model, path, target, limits).report, findings: [] };
}

/** How far the result is from the source on test samples. */
export function fidelityOf({ output, beforeSoftmax, classes }: Measured, samples: Samples): Fidelity {
  const { labels } = samples;
  const share = (test: (sample: number) => boolean): number =>
    Array.from({ length: samples.count }, (_, sample) => test(sample)).filter(Boolean).length / samples.count;
  return {
    sqnrDb: output.sqnrDb,
    meanSquareError: output.meanSquareError,
    cosine: output.cosine,
    ...(classes && { top1Agreement: share((sample) => classes.reference[sample] === classes.result[sample]) }),
    ...(beforeSoftmax && {
      beforeSoftmax: {
        sqnrDb: beforeSoftmax.sqnrDb,
        meanSquareError: beforeSoftmax.meanSquareError,
        cosine: beforeSoftmax.cosine,
      },
    }),
    ...(classes &&
      labels && {
        accuracy: {
          before: share((sample) => classes.reference[sample] === labels[sample]),
          after: share((sample) => classes.result[sample] === labels[sample]),
        },
      }),
  };
}

/** Every layer's error, accumulated and alone, ranked by the latter. `reference` holds all values of few samples. */
export function layerFidelities(
  source: Model,
  { quantized, measured }: { readonly quantized: QuantizedGraph; readonly measured: Measured },
  reference: Reference,
  rounding: Rounding,
): readonly LayerFidelity[] {
  const names = shortNames(source.graphs[0]);
  const layers = quantized.origins.flatMap((origin, place) => {
    const operator = source.graphs[0].operators[origin];
    const sums = operator === undefined ? undefined : measured.tensors.get(operator.outputs[0]);
    if (operator === undefined || sums === undefined) return [];
    const alone = errorAlone(quantized, place, reference, rounding)?.sqnrDb;
    return [{ place, operator, name: names[operator.outputs[0]], accumulatedSqnrDb: sums.sqnrDb, aloneSqnrDb: alone }];
  });
  const ranked = layers
    .filter(({ aloneSqnrDb }) => aloneSqnrDb !== undefined)
    .sort((left, right) => left.aloneSqnrDb! - right.aloneSqnrDb!);
  return layers.map(({ place, operator, name, accumulatedSqnrDb, aloneSqnrDb }) => {
    const rank = ranked.findIndex((layer) => layer.place === place) + 1;
    const isToBlame = rank > 0 && rank <= suggestedLayers;
    const suggestions = isToBlame ? suggestionsFor(operator, name, quantized, place) : [];
    return {
      name,
      operator: operator.kind,
      accumulatedSqnrDb,
      ...(aloneSqnrDb !== undefined && { aloneSqnrDb, rank }),
      ...(suggestions.length > 0 && { suggestions }),
    };
  });
}

/** Only the layers to blame most get a suggestion: what is said of all says nothing. */
const suggestedLayers = 3;
