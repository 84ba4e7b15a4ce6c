import { encode } from '../../../model/values/stored';
import type { Tensor } from '../../../model/model';
import { holdsSame } from '../../clean/equalTensors';
import { lookup } from '../../../text/lookup';
import { encodeReal } from '../../../model/values/real';
import type { NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/** What each function leaves of the numbers. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = lookup({
  RELU_N1_TO_1: [-1, 1],
  RELU_0_TO_1: [0, 1],
});

/** Activations that TFLM has no kernel for, as MAXIMUM and MINIMUM. */
export const clampedRelu = patternRewrite({
  id: 'clamped-relu',
  exactWhen: 'Input and output have one scale, in which both ends are rounded as TF Lite rounds them.',
  kinds: Object.keys(ranges),
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const isKnown = from?.type === 'float32' || from?.type === 'int8' || from?.type === 'int16';
    if (from === undefined || to === undefined || !isKnown || !holdsSame(from, to)) return undefined;
    const end = (value: number): number =>
      view.addConstant({ ...to, data: stored(to, value) }, `${to.name}/${value}`, [1]);
    const between = view.addLike(to, `${to.name}/least`, to.shape);
    const [least, most] = ranges[operator.kind];
    const cut = (kind: string, source: number, [bound, made]: readonly [number, number]): NewOperator => ({
      ...{ kind, version: to.type === 'float32' ? 1 : 2, inputs: [source, end(bound)], outputs: [made] },
      options: { table: 'MaximumMinimumOptions', values: {} },
    });
    const inserted = [
      cut('MAXIMUM', operator.inputs[0], [least, between]),
      cut('MINIMUM', between, [most, operator.outputs[0]]),
    ];
    return {
      ...{ removed: [operator], inserted },
      sentence: (name) => `${operator.kind} "${name}" is MAXIMUM and MINIMUM now.`,
    };
  },
});

function stored(like: Tensor, value: number): Uint8Array | undefined {
  return like.type === 'float32' ? encode('float32', [value]) : encodeReal(like, [value]);
}
