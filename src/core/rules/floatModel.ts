import type { Graph, Operator, Tensor } from '../model/model';
import { definitionOf } from '../operators/operators';
import { exactBytesText } from '../text/units';
import type { Rule } from './rule';

/** Weights in float32: a quarter of the bytes would do, and every kernel library is several times faster on int8. */
export const floatModel: Rule = {
  code: 'float-model',
  severity: 'information',
  documentation:
    'The model computes in float32: int8 takes a quarter of the bytes for weights and activations, and the kernels for it are several times faster.',
  find: ({ estimate, model }) => {
    const weights = new Set(estimate.placed.flatMap(({ operator, graph }) => floatWeights(operator, graph)));
    const bytes = [...weights].reduce((sum, data) => sum + data.byteLength, 0);
    if (bytes === 0) return [];
    const share = model.fileBytes === 0 ? '' : ` of the ${exactBytesText(model.fileBytes)} of the file`;
    return [
      {
        message:
          `The model computes in float32: its weights take ${exactBytesText(bytes)}${share}, four times what they take as int8, and so do its activations. ` +
          'Quantize it to int8.',
      },
    ];
  },
};

/** The bytes of an operator's float32 weights. Operators that share a buffer share the array. */
function floatWeights(operator: Operator, graph: Graph): readonly Uint8Array[] {
  return operator.inputs.flatMap((index, position) => {
    const tensor: Tensor | undefined = graph.tensors[index];
    const isWeights = definitionOf(operator)?.role(position) === 'weights';
    return isWeights && tensor?.type === 'float32' && tensor.data !== undefined ? [tensor.data] : [];
  });
}
