import { dimensionsIn } from '../configValues';
import { parameter, type LayerKind } from './layerKind';

/** A model's input; `batch_shape` has the batch in front. */
export const inputLayer: LayerKind = {
  className: 'InputLayer',
  parameters: [
    parameter('shape', null),
    parameter('batch_size', null),
    parameter('dtype', 'float32'),
    parameter('sparse', false),
    parameter('ragged', false),
    { ...parameter('batch_shape', null), keras2Name: 'batch_input_shape' },
    parameter('input_tensor', null),
    parameter('optional', false),
    parameter('name', null),
  ],
  outputs({ config }) {
    const whole = dimensionsIn(config.get('batch_shape'));
    if (whole !== undefined) return [whole];
    const [batch, rest] = [config.get('batch_size'), dimensionsIn(config.get('shape'))];
    return [rest && [typeof batch === 'number' || batch === null ? batch : undefined, ...rest]];
  },
};
