import { elementCount } from '../../../model/dataType';
import type { Operator, Tensor } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import { axisOf } from '../../../operators/outputShapes';
import type { Exchange, GraphView } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/**
 * Tensors without elements, which TFLM takes for tensors whose size is not known, are left out of SPLIT_V and
 * CONCATENATION.
 */
export const emptyParts = patternRewrite({
  id: 'empty-parts',
  exactWhen: 'What is left out has no elements, and nothing else reads it.',
  kinds: ['SPLIT_V', 'CONCATENATION'],
  match: (operator, view) => {
    const exchange = operator.kind === 'SPLIT_V' ? split(operator, view) : joined(operator, view);
    return (
      exchange && { ...exchange, sentence: (name) => `${operator.kind} "${name}" has no parts without elements now.` }
    );
  },
});

function isEmpty(tensor: Tensor | undefined): boolean {
  return tensor !== undefined && elementCount(tensor.shape) === 0;
}

function split(operator: Operator, view: GraphView): Exchange | undefined {
  const kept = operator.outputs.filter((index) => !isEmpty(view.tensor(index)));
  const gone = operator.outputs.filter((index) => !kept.includes(index));
  const rank = view.tensor(operator.inputs[0])?.shape.length ?? 0;
  const axis = axisOf(constantIntegers(view.tensor(operator.inputs[2]))?.[0], rank);
  const isFree = gone.every((index) => view.readers(index).length === 0 && !view.isOutput(index));
  if (gone.length === 0 || kept.length === 0 || axis === undefined || !isFree) return undefined;
  const sizes = view.addIntegers(
    `${view.tensor(kept[0])!.name}/sizes`,
    kept.map((index) => view.tensor(index)!.shape[axis]),
  );
  const options = operator.options && {
    ...operator.options,
    values: { ...operator.options.values, numSplits: kept.length },
  };
  const inputs = [operator.inputs[0], sizes, operator.inputs[2]];
  return { removed: [operator], inserted: [{ ...operator, inputs, outputs: kept, options }] };
}

function joined(operator: Operator, view: GraphView): Exchange | undefined {
  const inputs = operator.inputs.filter((index) => !isEmpty(view.tensor(index)));
  if (inputs.length === operator.inputs.length || inputs.length === 0) return undefined;
  return { removed: [operator], inserted: [{ ...operator, inputs }] };
}
