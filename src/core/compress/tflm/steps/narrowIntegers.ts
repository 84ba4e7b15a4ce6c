import type { Graph, Model, Operator, Tensor } from '../../../model/model';
import { encode, storedValues } from '../../../model/values/stored';
import { refusalsOf } from '../../refusal';
import { definitionOf } from '../../../operators/operators';
import type { KernelLibrary } from '../../../operators/operator';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import type { Rewrite } from '../rewrite';

/** Indices, axes and counters of int64, which most kernels do not take, are int32. */
export const narrowIntegers: Rewrite = {
  id: 'narrow-integers',
  exactWhen: 'The constants among them lie within 32 bits; what is counted and indexed on a microcontroller does.',
  apply: (model, use) => {
    if (!hasWideRefusal(model, use.library)) return undefined;
    let [narrow, count, faces]: [Model, number, number] = [model, 0, 0];
    for (const { index } of model.graphs) {
      const graph = narrow.graphs[index];
      const wide = graph.tensors.filter((tensor) => isIndex(tensor, graph));
      const tensors = graph.tensors.map((tensor) => (wide.includes(tensor) ? narrowed(tensor) : tensor));
      if (tensors.includes(undefined)) return undefined;
      count += wide.length;
      if (index === 0)
        faces = wide.filter((tensor) => [...graph.inputs, ...graph.outputs].includes(tensor.index)).length;
      const operators = graph.operators.map((operator) => castTo32(operator));
      narrow = redraw(narrow, draftOf(graph, { tensors: tensors.map((tensor) => tensor!), operators }));
    }
    if (refusalsOf(narrow, use.library).length >= refusalsOf(model, use.library).length) return undefined;
    const face =
      faces === 0 ? '' : ` ${countText(faces, 'input or output', 'inputs or outputs')} of the model changed with them.`;
    return { model: narrow, decisions: [`${countText(count, 'tensor')} of int64 became int32.${face}`] };
  },
};

function hasWideRefusal(model: Model, library: KernelLibrary): boolean {
  if (!model.graphs.some(({ tensors }) => tensors.some(({ type }) => type === 'int64'))) return false;
  return refusalsOf(model, library).some(({ graph, operator }) =>
    [...operator.inputs, ...operator.outputs].some((index) => graph.tensors[index]?.type === 'int64'),
  );
}

/** The biases of 16-bit layers are of int64, too, and stay. */
function isIndex({ type, quantization, index }: Tensor, graph: Graph): boolean {
  if (type !== 'int64' || (quantization?.scales.length ?? 0) > 0) return false;
  return !graph.operators.some((operator) =>
    operator.inputs.some((input, position) => input === index && definitionOf(operator)?.role(position) === 'bias'),
  );
}

function narrowed(tensor: Tensor): Tensor | undefined {
  if (tensor.data === undefined) return { ...tensor, type: 'int32' };
  const values = storedValues(tensor);
  if (values === undefined || values.some((value) => value !== Math.trunc(value) || value !== (value | 0)))
    return undefined;
  return { ...tensor, type: 'int32', data: encode('int32', values) };
}

function castTo32(operator: Operator): Operator {
  if (operator.kind !== 'CAST' || operator.options === undefined) return operator;
  const values = Object.fromEntries(
    Object.entries(operator.options.values).map(([name, value]) => [name, value === 'INT64' ? 'INT32' : value]),
  );
  return { ...operator, options: { ...operator.options, values } };
}
