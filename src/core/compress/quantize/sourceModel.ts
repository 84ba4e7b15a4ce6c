import type { Model } from '../../model/model';
import type { Clamp } from '../lift/clamps';
import type { Range } from './affine';
import type { KnownWeights } from './unsignedWeights';
import { fold } from './repair/fold';
import { isInt16Model, widenInt16 } from './repair/int16';
import { repair } from './repair/repair';
import { isFakeQuantized, isUint8Model, takeRanges, widenUint8 } from './repair/uint8';

/** The float model that is quantized. */
interface SourceModel {
  readonly model: Model;
  /** Ranges that are known already, of a model in uint8; none of a float one. */
  readonly ranges: ReadonlyMap<number, Range>;
  /** Clamps that only these ranges make, by tensor: the float model has them in no activation function. */
  readonly clamps: ReadonlyMap<number, Clamp>;
  /** Weights that were in uint8; none of a float model. */
  readonly knownWeights: KnownWeights;
  /** What was changed, as complete sentences. */
  readonly decisions: readonly string[];
}

/** What a model stands for in float: repaired, with what follows layers folded into them. */
export function sourceModelOf(model: Model): SourceModel {
  const [graph] = model.graphs;
  const isUint8 = isUint8Model(graph) || isFakeQuantized(graph);
  const widened = isUint8 ? widenUint8(model) : { ...widenedInt16(model), knownWeights: new Map() };
  const repaired = repair(widened.model);
  const folded = fold(repaired.model);
  const decisions = [...widened.decisions, ...repaired.decisions, ...folded.decisions];
  const { knownWeights } = widened;
  const noted = isUint8
    ? takeRanges(folded.model)
    : { model: folded.model, ranges: new Map<number, Range>(), clamps: new Map<number, Clamp>() };
  return { ...noted, knownWeights, decisions };
}

function widenedInt16(model: Model): Pick<SourceModel, 'model' | 'decisions'> {
  return isInt16Model(model.graphs[0]) ? widenInt16(model) : { model, decisions: [] };
}
