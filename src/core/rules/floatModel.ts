import { constantBytes, constantKey } from '../model/constants';
import { isConstant, type Graph, type Operator, type Tensor } from '../model/model';
import { definitionOf } from '../operators/operators';
import { exactBytesText } from '../text/units';
import type { Rule } from './rule';

/** Weights in float32: a quarter of the bytes would do, and every kernel library is several times faster on int8. */
export const floatModel: Rule = {
  code: 'float-model',
  severity: 'information',
  documentation:
    'The model computes in float32: int8 takes a quarter of the bytes for weights and activations, and the kernels for it are several times faster.',
  find: ({ estimate, model, isUntrained }) => {
    const all = estimate.placed.flatMap(({ operator, graph }) => floatWeights(operator, graph));
    const weights = new Map(all.map((tensor) => [constantKey(tensor), constantBytes(tensor)]));
    const bytes = [...weights.values()].reduce((sum, each) => sum + each, 0);
    if (bytes === 0) return [];
    const share =
      model.fileBytes === 0 || isUntrained === true ? '' : ` of the ${exactBytesText(model.fileBytes)} of the file`;
    return [
      {
        message:
          `The model computes in float32: its weights take ${exactBytesText(bytes)}${share}, four times what they take as int8, and so do its activations. ` +
          (isUntrained === true ? 'Convert it to int8 with a representative data set.' : 'Quantize it to int8.'),
      },
    ];
  },
};

/** An operator's constant float32 weights. */
function floatWeights(operator: Operator, graph: Graph): readonly Tensor[] {
  return operator.inputs.flatMap((index, position) => {
    const tensor: Tensor | undefined = graph.tensors[index];
    const isWeights = definitionOf(operator)?.role(position) === 'weights';
    return isWeights && tensor?.type === 'float32' && isConstant(tensor) ? [tensor] : [];
  });
}
