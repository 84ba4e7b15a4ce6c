import { binaryKernel } from '../binary';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { integerRange } from '../../model/values/integerRange';

/** PRELU: negative values times a factor that may differ by channel. */
export const prelu = byType(inputType, {
  int8: quantizedPrelu,
  int16: quantizedPrelu,
  float32: (call) => {
    const operands = { first: input(call, 0).float32, second: input(call, 1).float32, out: output(call).float32 };
    return binaryKernel(call, operands, (value, alpha) => (value >= 0 ? value : value * alpha));
  },
});

/** Alphas are int8 also beside int16. */
function quantizedPrelu(call: KernelInvocation): Kernel {
  const [from, alphas, to] = [input(call, 0), input(call, 1), output(call)];
  const is16 = from.type === 'int16';
  const positive = quantizeMultiplier(from.scale / to.scale, call.rounding);
  const negative = quantizeMultiplier((from.scale * alphas.scale) / to.scale, call.rounding);
  const rescale = rescaleOf(call.rounding);
  const { least, most } = is16 ? integerRange.int16 : integerRange.int8;
  const operands = is16
    ? { first: from.int16, second: alphas.int8, out: to.int16 }
    : { first: from.int8, second: alphas.int8, out: to.int8 };
  return binaryKernel(call, operands, (stored, alpha) => {
    const value = stored - from.zeroPoint;
    const scaled =
      value >= 0
        ? rescale(value, positive.multiplier, positive.shift)
        : rescale(Math.imul(value, alpha - alphas.zeroPoint), negative.multiplier, negative.shift);
    return Math.min(Math.max(scaled + to.zeroPoint, least), most);
  });
}
