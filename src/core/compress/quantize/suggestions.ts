import type { Operator } from '../../model/model';
import type { LayerFidelity } from '../proof';
import type { QuantizedGraph } from './quantizeGraph';
import { schemeOf } from './schemes/schemes';

/** What would lower the error of a layer that is to blame, with the option of `milliwatt quantize` that does it. */
export function suggestionFor(
  operator: Operator,
  name: string,
  { model }: QuantizedGraph,
  place: number,
): LayerFidelity['suggestion'] {
  const scheme = schemeOf(operator.kind);
  // The output's scale is the kernel's own: only more bits or float change it.
  if (scheme?.fixedOutput !== undefined || scheme?.isEqualScale === true) return undefined;
  const [graph] = model.graphs;
  const rule = scheme?.weights;
  const weights = rule === undefined ? undefined : graph.tensors[graph.operators[place].inputs[rule.weights]];
  if (rule?.isDense === true && weights?.quantization?.scales.length === 1) {
    return {
      text: 'Give every output of dense layers a scale of its own; TensorFlow Lite Micro computes that right since September 2024.',
      option: '--per-channel-dense',
    };
  }
  const isInt16 = graph.tensors[graph.operators[place].outputs[0]].type === 'int16';
  return isInt16
    ? { text: 'Keep this layer float.', option: `--keep-float ${name}` }
    : { text: 'Use 16-bit activations, or keep this layer float.', option: `--activations int16` };
}
