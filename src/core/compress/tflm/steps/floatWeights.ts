import { realValues } from '../../../model/values/real';
import { encode } from '../../../model/values/stored';
import type { Operator, Tensor } from '../../../model/model';
import { definitionOf } from '../../../operators/operators';
import { refusalOf } from '../../refusal';
import type { GraphView } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/** Weights in integers or half precision under float activations, which TFLM does not take, are float32 in the file. */
export const floatWeights = patternRewrite({
  id: 'float-weights',
  exactWhen:
    'Weights in half precision stand for the same numbers. With integers TF Lite rounds the activations to 8 bits in each run, and TFLM does not then: outputs are those of the float model, but for that rounding.',
  kinds: 'any',
  match: (operator, view, use) => {
    const isFloat = [operator.inputs[0], operator.outputs[0]].some((index) => view.tensor(index)?.type === 'float32');
    const narrow = isFloat ? operator.inputs.filter((index, at) => isNarrow(operator, at, view.tensor(index))) : [];
    if (narrow.length === 0 || refusalOf(operator, view.graph, use.library) === undefined) return undefined;
    const types = new Set(narrow.map((index) => view.tensor(index)!.type));
    const inputs = operator.inputs.map((index) => (narrow.includes(index) ? widened(view, index) : index));
    if (inputs.includes(undefined)) return undefined;
    const wide: Operator = { ...operator, version: 1, inputs: inputs.map((index) => index!) };
    return {
      ...{ removed: [operator], inserted: [wide] },
      sentence: (name) =>
        `${operator.kind} "${name}" has its ${[...types].join(' and ')} weights as float32 now.` +
        (types.has('float16')
          ? ''
          : ' TF Lite also rounds what they are multiplied with to 8 bits in each run, which the board does not do; to have int8, quantize the whole model.'),
    };
  },
});

function isNarrow(operator: Operator, position: number, tensor: Tensor | undefined): boolean {
  if (tensor?.data === undefined || tensor.type === 'float32') return false;
  const isScaled = (tensor.quantization?.scales.length ?? 0) > 0 && tensor.type !== 'int32';
  const isWeight = definitionOf(operator)?.role(position) !== 'parameter';
  return isWeight && (tensor.type === 'float16' || isScaled);
}

function widened(view: GraphView, index: number): number | undefined {
  const tensor = view.tensor(index)!;
  const values = realValues(tensor);
  if (values === undefined) return undefined;
  const float: Tensor = { ...tensor, type: 'float32', quantization: undefined, data: encode('float32', values) };
  return view.addConstant(float, `${tensor.name}/float`, tensor.shape);
}
