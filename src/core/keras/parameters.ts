import { workedOn } from './callTensors';
import { isOn } from './configValues';
import type { KerasLayer, KerasModel, KerasTensor, KerasShape } from './kerasModel';
import { kindOf } from './layers/layers';
import type { WeightShape } from './layers/layerKind';

/** Variables of a layer: how many numbers, and how many of them training changes. */
interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
}

/** Shape of something that is computed in `model`. */
export function shapeOf(model: KerasModel, tensor: KerasTensor): KerasShape {
  if ('input' in tensor) return model.inputs.at(tensor.input)?.shape;
  return model.layers.at(tensor.layer)?.calls.at(tensor.call)?.outputs.at(tensor.output);
}

/**
 * Shapes of the variables of `layer` of `model`, by its first call: none where it was never called, `undefined` where
 * they cannot be known.
 */
export function weightShapesOf(model: KerasModel, layer: KerasLayer): readonly WeightShape[] | undefined {
  if (layer.weights !== undefined) return layer.weights;
  const [kind, call] = [kindOf(layer), layer.calls.at(0)];
  if (call === undefined || layer.kind === 'op') return [];
  if (kind === undefined) return undefined;
  if (kind.weights === undefined) return [];
  const inputs = workedOn(call).map((tensor) => shapeOf(model, tensor));
  const { config, wraps } = layer;
  return kind.weights({
    config,
    inputs,
    flavour: model.flavour,
    wraps,
    positional: call.positional,
    named: call.named,
  });
}

/** `undefined` where the shape of a variable cannot be known. */
export function parametersOf(model: KerasModel, layer: KerasLayer): ParameterCount | undefined {
  if (layer.model !== undefined) {
    const inner = modelParameters(layer.model, isOn(layer.config, 'trainable') ?? true);
    const own = countOf(layer.weights ?? []);
    return inner && { total: inner.total + own, trainable: inner.trainable + own };
  }
  const weights = weightShapesOf(model, layer);
  if (weights === undefined) return undefined;
  const isTrainable = isOn(layer.config, 'trainable') ?? true;
  return { total: countOf(weights), trainable: isTrainable ? countOf(weights.filter((each) => each.isTrainable)) : 0 };
}

function countOf(shapes: readonly WeightShape[]): number {
  return shapes.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
}

/** Of all layers, each once however often it is called. */
export function modelParameters(model: KerasModel, isTrainable = true): ParameterCount | undefined {
  let [total, trainable] = [0, 0];
  for (const layer of model.layers) {
    const own = parametersOf(model, layer);
    if (own === undefined) return undefined;
    total += own.total;
    trainable += isTrainable ? own.trainable : 0;
  }
  return { total, trainable };
}
