import type { DataType } from '../../../model/dataType';
import type { Graph, Operator, Tensor } from '../../../model/model';
import { realValues } from '../../../model/values/real';
import { encode } from '../../../model/values/stored';
import { definitionOf } from '../../../operators/operators';
import { refusalOf } from '../../refusal';
import type { KernelLibrary } from '../../../operators/operator';
import type { GraphView, NewOperator } from '../graphView';
import { floated, quantizeTo } from '../newOperators';
import { patternRewrite } from '../patternRewrite';

/** Types that DEQUANTIZE takes. */
const taken: ReadonlySet<DataType> = new Set(['int8', 'int16', 'uint8']);

/** An operator without a kernel for its integers, which has one for floats, is done in float32. */
export const floatIsland = patternRewrite({
  id: 'float-island',
  exactWhen:
    'Where input and output have one scale and values are moved, chosen or compared only: a number goes to float32 and back as it was. Else the result is rounded once, from the real number, ' +
    'where TF Lite rounds on its way as well.',
  kinds: 'any',
  match: (operator, view, use) => {
    const { graph } = view;
    if (!lacksType(operator, graph, use.library)) return undefined;
    if (hasWeights(operator) || !isFloatDone(operator, graph, use.library)) return undefined;
    const [before, behind]: [NewOperator[], NewOperator[]] = [[], []];
    const inputs = operator.inputs.map((index) => {
      const tensor = view.tensor(index);
      if (tensor === undefined || !isReal(tensor)) return index;
      if (tensor.data !== undefined) return floatConstant(view, tensor);
      const [float, dequantize] = floated(view, index);
      before.push(dequantize);
      return float;
    });
    const outputs = operator.outputs.map((index) => {
      const tensor = view.tensor(index)!;
      if (!isReal(tensor)) return index;
      const float = view.addLike(asFloat(tensor), `${tensor.name}/float`, tensor.shape);
      behind.push(quantizeTo(float, index));
      return float;
    });
    return {
      ...{ removed: [operator], inserted: [...before, { ...operator, version: 1, inputs, outputs }, ...behind] },
      sentence: (name) =>
        `${operator.kind} "${name}" is done in float32 now, as TFLM has no kernel that does it in integers.`,
    };
  },
});

function isReal({ type, quantization }: Tensor): boolean {
  return taken.has(type) && quantization?.scales.length === 1;
}

function asFloat(tensor: Tensor): Tensor {
  return isReal(tensor) ? { ...tensor, type: 'float32', quantization: undefined } : tensor;
}

function lacksType(operator: Operator, graph: Graph, library: KernelLibrary): boolean {
  const tensors = [...operator.inputs, ...operator.outputs].map((index) => graph.tensors[index]);
  if (!tensors.some((tensor) => tensor !== undefined && isReal(tensor))) return false;
  const refusal = refusalOf(operator, graph, library);
  // An unsigned model becomes a signed one as a whole; what operators of other makers give, their files often misstate.
  const isLeft = operator.kind !== 'CUSTOM' && !tensors.some((tensor) => tensor?.type === 'uint8');
  const isConversion = operator.kind === 'QUANTIZE' || operator.kind === 'DEQUANTIZE';
  return refusal?.code === 'type-unsupported' && isLeft && !isConversion;
}

/** Weights in float32 are four times as large: what to do with those is not decided by one operator. */
function hasWeights(operator: Operator): boolean {
  const definition = definitionOf(operator);
  return operator.inputs.some((_, position) => definition?.role(position) === 'bias');
}

function isFloatDone(operator: Operator, graph: Graph, library: KernelLibrary): boolean {
  const tensors = graph.tensors.slice();
  for (const index of [...operator.inputs, ...operator.outputs]) {
    const tensor = tensors[index];
    if (tensor?.quantization !== undefined && tensor.quantization.scales.length > 1) return false;
    if (tensor !== undefined) tensors[index] = asFloat(tensor);
  }
  return refusalOf({ ...operator, version: 1 }, { ...graph, tensors }, library) === undefined;
}

function floatConstant(view: GraphView, tensor: Tensor): number {
  const data = encode('float32', realValues(tensor) ?? []);
  return view.addConstant({ ...asFloat(tensor), data }, `${tensor.name}/float`, tensor.shape);
}
