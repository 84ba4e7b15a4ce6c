import { holdsSame } from '../../clean/equalTensors';
import { patternRewrite } from '../patternRewrite';

/** REDUCE_MAX and REDUCE_MIN of int16, which have no kernel, in float32. */
export const wideMaximum = patternRewrite({
  id: 'wide-maximum',
  exactWhen:
    'Input and output have one scale: a number goes to float32 and back as it was, and the largest stays the largest.',
  kinds: ['REDUCE_MAX', 'REDUCE_MIN'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from?.type !== 'int16' || to === undefined || !holdsSame(from, to)) return undefined;
    if (from.quantization?.scales.length !== 1) return undefined;
    const float = { type: 'float32', quantization: undefined } as const;
    const [wide, narrow] = [
      view.add({ ...from, ...float, name: `${from.name}/float` }),
      view.add({ ...to, ...float, name: `${to.name}/float` }),
    ];
    return {
      removed: [operator],
      inserted: [
        { kind: 'DEQUANTIZE', version: 3, inputs: [operator.inputs[0]], outputs: [wide] },
        { ...operator, version: 1, inputs: [wide, operator.inputs[1]], outputs: [narrow] },
        { kind: 'QUANTIZE', version: 2, inputs: [narrow], outputs: operator.outputs },
      ],
      sentence: (name) => `${operator.kind} "${name}" of int16 is done in float32 now.`,
    };
  },
});
