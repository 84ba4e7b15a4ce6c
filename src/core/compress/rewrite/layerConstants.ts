import type { Operator } from '../../model/model';
import { encode } from '../../model/values/stored';
import type { WeightsRule } from '../quantize/schemes/scheme';
import type { GraphDraft } from './graphDraft';
import { addTensor } from './graphDraft';

/** New weights and biases of a layer, as floats. */
export interface LayerConstants {
  readonly weights?: Float32Array;
  readonly bias?: Float32Array;
}

export function areFinite({ weights, bias }: LayerConstants): boolean {
  return [weights, bias].every((list) => list?.every(Number.isFinite) !== false);
}

/** `operator` with new constants beside the old ones, which others may read. */
export function withConstants(
  draft: GraphDraft,
  operator: Operator,
  rule: WeightsRule,
  constants: LayerConstants,
): Operator {
  const inputs = [...operator.inputs];
  const weights = draft.tensors[inputs[rule.weights]];
  if (constants.weights !== undefined) {
    inputs[rule.weights] = addTensor(draft, { ...weights, data: encode('float32', constants.weights) });
  }
  if (constants.bias !== undefined) {
    const index = inputs[rule.bias] ?? -1;
    const name = index < 0 ? `${weights.name}/bias` : draft.tensors[index].name;
    const shape = [constants.bias.length];
    while (inputs.length < rule.bias) inputs.push(-1);
    inputs[rule.bias] = addTensor(draft, {
      name,
      type: 'float32',
      shape,
      isVariable: false,
      data: encode('float32', constants.bias),
    });
  }
  return { ...operator, inputs };
}
