import { quantizeMultiplier, rescaleOf, roundingShift } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { expOfNegative, naturalLogarithm } from '../transcendental';
import { differenceScale } from './softmax';

/** LOG_SOFTMAX over the last dimension; int8 results have the scale 1/16 and the zero point 127. */
export const logSoftmax = byType(inputType, { int8: logSoftmaxInt8, float32: logSoftmaxFloat32 });

const integerBits = 5;

/** Source: LogSoftmaxQuantized() in tensorflow/lite/kernels/internal/reference/log_softmax.h. */
function logSoftmaxInt8(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.int8, output(call).int8];
  const depth = from.shape.at(-1) ?? 1;
  const { multiplier, shift, least } = differenceScale(call, from.scale, 1);
  const reverse = quantizeMultiplier(2 ** (31 - shift) / multiplier, call.rounding);
  const rescale = rescaleOf(call.rounding);
  return () => {
    for (let row = 0; row < out.length; row += depth) {
      let most = -128;
      for (let index = row; index < row + depth; index++) most = Math.max(most, values[index]);
      let sum = 0;
      for (let index = row; index < row + depth; index++) {
        const difference = values[index] - most;
        if (difference < least) continue;
        sum += roundingShift(expOfNegative(rescale(difference, multiplier, shift), integerBits), 12);
      }
      const logarithm = naturalLogarithm(sum);
      const reach = rescale((logarithm - 2147483648) | 0, reverse.multiplier, reverse.shift);
      for (let index = row; index < row + depth; index++) {
        const difference = values[index] - most;
        if (difference <= Math.max(least - 1, reach)) {
          out[index] = -128;
          continue;
        }
        const value = roundingShift((rescale(difference, multiplier, shift) - logarithm) | 0, 22) + 127;
        out[index] = Math.min(Math.max(value, -128), 127);
      }
    }
  };
}

function logSoftmaxFloat32(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.float32, output(call).float32];
  const depth = from.shape.at(-1) ?? 1;
  const f = Math.fround;
  return () => {
    for (let row = 0; row < out.length; row += depth) {
      let most = -Infinity;
      for (let index = row; index < row + depth; index++) most = Math.max(most, values[index]);
      let sum = 0;
      for (let index = row; index < row + depth; index++) sum = f(sum + f(Math.exp(f(values[index] - most))));
      const logarithm = f(Math.log(sum));
      for (let index = row; index < row + depth; index++) out[index] = f(values[index] - most) - logarithm;
    }
  };
}
