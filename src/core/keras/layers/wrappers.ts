import type { KerasLayer, KerasShape } from '../kerasModel';
import { parameter, required, without, type LayerKind, type LayerUse, type WeightShape } from './layerKind';

type KindOf = (layer: KerasLayer) => LayerKind | undefined;

/** Layers that run another; `kindOf` is of the list that they stand in themselves. */
export function wrappers(kindOf: KindOf): readonly LayerKind[] {
  return [bidirectional(kindOf), timeDistributed(kindOf)];
}

/** The layer inside, used on `inputs`. */
function insideUse(use: LayerUse, inside: KerasLayer, inputs: readonly KerasShape[]): LayerUse {
  return { config: inside.config, inputs, flavour: use.flavour, wraps: inside.wraps };
}

interface Inside {
  readonly use: LayerUse;
  readonly inputs: readonly KerasShape[];
  readonly kindOf: KindOf;
}

function insideOutputs(inside: KerasLayer, { use, inputs, kindOf }: Inside): readonly KerasShape[] {
  if (inside.model !== undefined) return inside.model.outputs.map(() => undefined);
  return kindOf(inside)?.outputs(insideUse(use, inside, inputs)) ?? [undefined];
}

function insideWeights({ use, inputs, kindOf }: Inside): readonly WeightShape[] | undefined {
  const weights: WeightShape[] = [];
  for (const inside of use.wraps ?? []) {
    const kind = kindOf(inside);
    if (kind === undefined || inside.model !== undefined) return undefined;
    const own = kind.weights === undefined ? [] : kind.weights(insideUse(use, inside, inputs));
    if (own === undefined) return undefined;
    weights.push(...own.map((weight) => ({ ...weight, name: `${inside.name}/${weight.name}` })));
  }
  return weights;
}

/** A recurrent layer and its mirror image; `wraps` has the forward layer first. */
const bidirectional = (kindOf: KindOf): LayerKind => ({
  className: 'Bidirectional',
  parameters: [required('layer'), parameter('merge_mode', 'concat'), ...without('weights', 'backward_layer')],
  outputs(use) {
    const [forward, mode] = [use.wraps?.at(0), use.config.get('merge_mode')];
    if (forward === undefined || mode === undefined) return [undefined];
    const [output, ...states] = insideOutputs(forward, { use, inputs: use.inputs, kindOf });
    const both = [...states, ...states];
    if (mode === null) return [output, output, ...both];
    if (mode !== 'concat' || output === undefined) return [output, ...both];
    const width = output.at(-1);
    return [[...output.slice(0, -1), typeof width === 'number' ? 2 * width : width], ...both];
  },
  weights: (use) => insideWeights({ use, inputs: use.inputs, kindOf }),
});

/** One layer at every step of the second axis. */
const timeDistributed = (kindOf: KindOf): LayerKind => ({
  className: 'TimeDistributed',
  parameters: [required('layer')],
  outputs(use) {
    const [inside, input] = [use.wraps?.at(0), use.inputs.at(0)];
    if (inside === undefined || input === undefined) return [undefined];
    const outputs = insideOutputs(inside, { use, inputs: [stepOf(input)], kindOf });
    return outputs.map((shape) => shape && [shape[0], input[1], ...shape.slice(1)]);
  },
  weights: (use) => insideWeights({ use, inputs: [use.inputs[0] && stepOf(use.inputs[0])], kindOf }),
});

function stepOf(input: NonNullable<KerasShape>): KerasShape {
  return [input[0], ...input.slice(2)];
}
