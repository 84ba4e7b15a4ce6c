import type { Operator } from '../../model/model';
import type { Suggestion } from '../proof';
import type { QuantizedGraph } from './quantizedGraph';
import { schemeOf } from './schemes/schemes';

/**
 * What would lower the error of a layer that is to blame, the first way first; empty where nothing is known to help.
 */
export function suggestionsFor(
  operator: Operator,
  name: string,
  { model }: QuantizedGraph,
  place: number,
): readonly Suggestion[] {
  const scheme = schemeOf(operator.kind);
  // The output's scale is the kernel's own: only more bits or float change it.
  if (scheme?.fixedOutput !== undefined || scheme?.isEqualScale === true) return [];
  const [graph] = model.graphs;
  const rule = scheme?.weights;
  const weights = rule === undefined ? undefined : graph.tensors[graph.operators[place].inputs[rule.weights]];
  if (rule?.isDense === true && weights?.quantization?.scales.length === 1) {
    return [
      {
        text: 'Give every output of dense layers a scale of its own; TensorFlow Lite Micro computes that right since September 2024.',
        change: { option: 'perChannelDense' },
      },
    ];
  }
  const isInt16 = graph.tensors[graph.operators[place].outputs[0]].type === 'int16';
  const float: Suggestion = { text: 'Keep this layer float', change: { option: 'keepFloat', layer: name } };
  const wider: Suggestion = { text: 'Use 16-bit activations', change: { option: 'activations', value: 'int16' } };
  return isInt16 ? [float] : [wider, float];
}
