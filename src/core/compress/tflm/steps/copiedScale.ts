import type { Operator } from '../../../model/model';
import { holdsSame } from '../../clean/equalTensors';
import { faultRewrite } from '../faultRewrite';
import type { NewOperator } from '../graphView';
import { quantizeTo } from '../newOperators';

/** PACK and UNPACK between scales: what they copy gets the scale of the output by QUANTIZE. */
export const copiedScale = faultRewrite({
  id: 'copied-scale',
  mends: ['pack-other-scale'],
  exactWhen: 'Never to the last bit: QUANTIZE rounds the quotient of two scales, which is at most a step away.',
  match: (operator, view) => {
    const isPack = operator.kind === 'PACK';
    const own = view.tensor(isPack ? operator.outputs[0] : operator.inputs[0]);
    if (own?.quantization?.scales.length !== 1) return undefined;
    const conversions: NewOperator[] = [];
    const moved = (index: number): number => {
      const tensor = view.tensor(index)!;
      if (holdsSame(tensor, own)) return index;
      const { type, quantization } = own;
      const twin = view.addLike({ ...tensor, type, quantization }, `${tensor.name}/rescaled`, tensor.shape);
      conversions.push(isPack ? quantizeTo(index, twin) : quantizeTo(twin, index));
      return twin;
    };
    const inner: Operator = isPack
      ? { ...operator, inputs: operator.inputs.map(moved) }
      : { ...operator, outputs: operator.outputs.map(moved) };
    return {
      ...{ removed: [operator], inserted: isPack ? [...conversions, inner] : [inner, ...conversions] },
      sentence: (name) =>
        `${operator.kind} "${name}" copies at one scale now, with QUANTIZE ${isPack ? 'before' : 'behind'} it.`,
    };
  },
});
