import { numbersOf } from '../configValues';
import {
  parameter,
  required,
  sameShape,
  trainable,
  without,
  type LayerKind,
  type LayerUse,
  type WeightShape,
} from './layerKind';

/** One slope for each element of a sample, but along axes that share it. */
function slopes({ config, inputs: [input] }: LayerUse): readonly WeightShape[] | undefined {
  const shared = config.get('shared_axes') === null ? [] : numbersOf(config, 'shared_axes');
  const shape = input?.slice(1).map((length, axis) => (shared?.includes(axis + 1) ? 1 : length));
  const known = shape?.filter((length) => typeof length === 'number');
  if (shared === undefined || known === undefined || known.length !== shape?.length) return undefined;
  return [trainable('alpha', known)];
}

export const activations: readonly LayerKind[] = [
  { className: 'Activation', parameters: [required('activation', { kind: 'activation' })], outputs: sameShape },
  {
    className: 'ReLU',
    parameters: [parameter('max_value', null), parameter('negative_slope', 0), parameter('threshold', 0)],
    outputs: sameShape,
  },
  {
    className: 'LeakyReLU',
    parameters: [{ ...parameter('negative_slope', 0.3), keras2Name: 'alpha' }],
    outputs: sameShape,
  },
  { className: 'ELU', parameters: [parameter('alpha', 1)], outputs: sameShape },
  { className: 'ThresholdedReLU', parameters: [parameter('theta', 1)], outputs: sameShape },
  { className: 'Softmax', parameters: [parameter('axis', -1)], outputs: sameShape },
  {
    className: 'PReLU',
    parameters: [
      ...without('alpha_initializer', 'alpha_regularizer', 'alpha_constraint'),
      parameter('shared_axes', null),
    ],
    outputs: sameShape,
    weights: slopes,
  },
];
