import { dimensionsIn } from '../configValues';
import type { KerasShape } from '../kerasModel';
import { parameter, required, sameShape, without, type LayerKind, type LayerUse } from './layerKind';

/** Layers that compute nothing of their own, and one of which nobody knows what it computes. */
export const others: readonly LayerKind[] = [
  { className: 'Identity', parameters: [], outputs: sameShape },
  { className: 'Masking', parameters: [parameter('mask_value', 0)], outputs: sameShape },
  {
    className: 'Lambda',
    parameters: [required('function'), parameter('output_shape', null), ...without('mask', 'arguments')],
    outputs({ config, inputs: [input] }: LayerUse): readonly KerasShape[] {
      const rest = dimensionsIn(config.get('output_shape'));
      return [rest && input && [input[0], ...rest]];
    },
  },
];
