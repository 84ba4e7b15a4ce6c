import { isClosed } from './dimensions';
import type { KerasCall, KerasFlavour, KerasLayer, KerasModel, KerasShape } from './kerasModel';
import { kindOf } from './layers/layers';

interface Called {
  readonly inputs: readonly KerasShape[];
  readonly flavour: KerasFlavour;
  readonly positional?: KerasCall['positional'];
  readonly named?: KerasCall['named'];
}

/** Layers that only hold another one, of another package. */
const transparent: ReadonlySet<string> = new Set(['QuantizeWrapperV2', 'PruneLowMagnitude', 'ClusterWeights']);

/** What a call of `layer` gives; shapes are `undefined` where they cannot be known. */
export function outputShapes(layer: Omit<KerasLayer, 'calls'>, called: Called): readonly KerasShape[] {
  if (layer.model !== undefined) return modelOutputs(layer.model, called);
  const inside = layer.wraps?.at(0);
  if (inside !== undefined && transparent.has(layer.className)) return outputShapes(inside, called);
  if (layer.className === 'QuantizeLayer') return [called.inputs.at(0)];
  const kind = kindOf(layer);
  if (kind === undefined) return [undefined];
  return kind.outputs({ ...called, config: layer.config, wraps: layer.wraps });
}

/** The model's own, with the batch of what it is called with. */
function modelOutputs(model: KerasModel, { inputs }: Called): readonly KerasShape[] {
  const batch = inputs.at(0)?.[0];
  return model.outputs.map((tensor) => {
    const shape = 'input' in tensor ? model.inputs.at(tensor.input)?.shape : outputOf(model, tensor);
    return shape && (isClosed(shape) && batch === undefined ? shape : [batch, ...shape.slice(1)]);
  });
}

function outputOf(model: KerasModel, tensor: { layer: number; call: number; output: number }): KerasShape {
  return model.layers.at(tensor.layer)?.calls.at(tensor.call)?.outputs.at(tensor.output);
}
