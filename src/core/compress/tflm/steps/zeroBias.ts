import { storedBytes } from '../../../model/dataType';
import type { DataType } from '../../../model/dataType';
import type { Operator } from '../../../model/model';
import { lookup } from '../../../text/lookup';
import { faultRewrite } from '../faultRewrite';

/** The type in which each type of activations is summed. */
const sums: Readonly<Record<string, DataType>> = lookup({ float32: 'float32', int8: 'int32', int16: 'int64' });

/** A convolution without bias gets one of zeros, for kernels that need it. */
export const zeroBias = faultRewrite({
  id: 'zero-bias',
  mends: ['convolution-bias-absent', 'convolution-int16-sum', 'convolution-int16-sum-cmsis', 'depthwise-bias-left-out'],
  exactWhen: 'Zeros are added.',
  match: (operator, view) => {
    const [from, filter] = [view.tensor(operator.inputs[0]), view.tensor(operator.inputs[1])];
    const type = sums[from?.type ?? ''];
    const channels = filter?.shape[operator.kind === 'DEPTHWISE_CONV_2D' ? 3 : 0];
    if (from === undefined || filter === undefined || type === undefined || channels === undefined) return undefined;
    const scale = from.quantization?.scales[0] ?? 1;
    const scales = filter.quantization?.scales.map((each) => Math.fround(each * scale));
    const bias = view.add({
      ...{ name: `${filter.name}/bias`, type, shape: [channels], isVariable: false },
      data: new Uint8Array(storedBytes(type, channels)),
      ...(scales !== undefined && { quantization: { scales, zeroPoints: scales.map(() => 0), axis: 0 } }),
    });
    const whole: Operator = { ...operator, inputs: [operator.inputs[0], operator.inputs[1], bias] };
    return {
      ...{ removed: [operator], inserted: [whole] },
      sentence: (name) => `${operator.kind} "${name}" has a bias of zeros now.`,
    };
  },
});
