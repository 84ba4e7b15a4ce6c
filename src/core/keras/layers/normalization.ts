import { isOn, numberOf, numbersOf } from '../configValues';
import { axisFromFront, broadcastShapes } from '../dimensions';
import {
  fixed,
  parameter,
  required,
  sameShape,
  trainable,
  without,
  type LayerKind,
  type LayerUse,
  type WeightShape,
} from './layerKind';

const scaleAndOffset = without('beta_initializer', 'gamma_initializer', 'beta_regularizer', 'gamma_regularizer');
const constraints = without('beta_constraint', 'gamma_constraint');

/** Lengths of the axes that `axis` names. */
function namedLengths({ config, inputs: [input] }: LayerUse): readonly number[] | undefined {
  const lengths = numbersOf(config, 'axis')?.map((axis) => {
    const place = input && axisFromFront(axis, input.length);
    return place === undefined ? undefined : input?.[place];
  });
  const known = lengths?.filter((length) => typeof length === 'number');
  return known?.length === lengths?.length ? known : undefined;
}

function scaled(use: LayerUse, shape: readonly number[]): readonly WeightShape[] {
  return [
    ...(isOn(use.config, 'scale') ? [trainable('gamma', shape)] : []),
    ...(isOn(use.config, 'center') ? [trainable('beta', shape)] : []),
  ];
}

const batchNormalization: LayerKind = {
  className: 'BatchNormalization',
  parameters: [
    parameter('axis', -1),
    parameter('momentum', 0.99),
    parameter('epsilon', 1e-3),
    parameter('center', true),
    parameter('scale', true),
    ...scaleAndOffset.slice(0, 2),
    ...without('moving_mean_initializer', 'moving_variance_initializer', 'beta_regularizer', 'gamma_regularizer'),
    ...constraints,
    parameter('synchronized', false),
  ],
  outputs: sameShape,
  weights(use) {
    const shape = namedLengths(use);
    return shape && [...scaled(use, shape), fixed('moving_mean', shape), fixed('moving_variance', shape)];
  },
};

const layerNormalization: LayerKind = {
  className: 'LayerNormalization',
  parameters: [
    parameter('axis', -1),
    parameter('epsilon', 1e-3),
    parameter('center', true),
    parameter('scale', true),
    ...scaleAndOffset,
    ...constraints,
  ],
  outputs: sameShape,
  weights(use) {
    const shape = namedLengths(use);
    // Keras 3 then takes no mean away, and adds nothing.
    if (use.config.get('rms_scaling') === true) return shape && [trainable('gamma', shape)];
    return shape && scaled(use, shape);
  },
};

const groupNormalization: LayerKind = {
  className: 'GroupNormalization',
  parameters: [
    parameter('groups', 32),
    parameter('axis', -1),
    parameter('epsilon', 1e-3),
    parameter('center', true),
    parameter('scale', true),
    ...scaleAndOffset,
    ...constraints,
  ],
  outputs: sameShape,
  weights(use) {
    const shape = namedLengths(use);
    return shape && scaled(use, shape);
  },
};

const rmsNormalization: LayerKind = {
  className: 'RMSNormalization',
  parameters: [parameter('axis', -1), parameter('epsilon', 1e-6)],
  outputs: sameShape,
  weights(use) {
    const shape = namedLengths(use);
    return shape && [trainable('scale', shape)];
  },
};

const unitNormalization: LayerKind = {
  className: 'UnitNormalization',
  parameters: [parameter('axis', -1)],
  outputs: sameShape,
};

/** Statistics that were given are constants; those that are to be adapted are variables. */
const normalization: LayerKind = {
  className: 'Normalization',
  parameters: [parameter('axis', -1), parameter('mean', null), parameter('variance', null), parameter('invert', false)],
  outputs: sameShape,
  weights(use) {
    if (use.config.get('mean') === undefined) return undefined;
    if (use.config.get('mean') !== null) return [];
    const shape = use.config.get('axis') === null ? [] : namedLengths(use);
    return shape && [fixed('mean', shape), fixed('variance', shape), fixed('count', [])];
  },
};

const rescaling: LayerKind = {
  className: 'Rescaling',
  parameters: [required('scale'), parameter('offset', 0)],
  outputs: ({ config, inputs: [input] }) => {
    const channels = numberOf(config, 'scale') === undefined ? numbersOf(config, 'scale') : undefined;
    return [channels === undefined ? input : broadcastShapes([input, [channels.length]])];
  },
};

export const normalizations: readonly LayerKind[] = [
  batchNormalization,
  layerNormalization,
  groupNormalization,
  rmsNormalization,
  unitNormalization,
  normalization,
  rescaling,
];
