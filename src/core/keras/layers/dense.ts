import { isOn, numberOf } from '../configValues';
import type { KerasShape } from '../kerasModel';
import {
  activationParameter,
  kernelAndBias,
  required,
  trainable,
  useBias,
  type LayerKind,
  type LayerUse,
  type WeightShape,
} from './layerKind';

/** `y = activation(x . kernel + bias)` over the last axis. */
export const dense: LayerKind = {
  className: 'Dense',
  parameters: [required('units'), activationParameter, useBias, ...kernelAndBias()],
  outputs({ config, inputs: [input] }): readonly KerasShape[] {
    return [input && [...input.slice(0, -1), numberOf(config, 'units')]];
  },
  weights({ config, inputs: [input] }: LayerUse): readonly WeightShape[] | undefined {
    const [features, units] = [input?.at(-1), numberOf(config, 'units')];
    if (typeof features !== 'number' || units === undefined) return undefined;
    return [trainable('kernel', [features, units]), ...(isOn(config, 'use_bias') ? [trainable('bias', [units])] : [])];
  },
};
