import { binaryKernel } from '../binary';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { integerRange } from '../../model/values/integerRange';

export const squaredDifference = byType(inputType, {
  int8: quantizedKernel,
  int16: quantizedKernel,
  float32: (call) => {
    const operands = { first: input(call, 0).float32, second: input(call, 1).float32, out: output(call).float32 };
    return binaryKernel(call, operands, (a, b) => {
      const difference = Math.fround(a - b);
      return difference * difference;
    });
  },
  int32: (call) => {
    const operands = { first: input(call, 0).int32, second: input(call, 1).int32, out: output(call).int32 };
    return binaryKernel(call, operands, (a, b) => Math.imul(a - b, a - b));
  },
});

/** Source: PrepareQuantized() in TFLM's squared_difference.cc. */
function quantizedKernel(call: KernelInvocation): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const is16 = a.type === 'int16';
  const leftShift = is16 ? 0 : 7;
  const twiceLarger = 2 * Math.max(a.scale, b.scale);
  const first = quantizeMultiplier(a.scale / twiceLarger, call.rounding);
  const second = quantizeMultiplier(b.scale / twiceLarger, call.rounding);
  const real = (twiceLarger * twiceLarger) / Math.fround(2 ** (2 * leftShift) * result.scale);
  const out = quantizeMultiplier(real, call.rounding);
  const rescale = rescaleOf(call.rounding);
  const { least, most } = is16 ? integerRange.int16 : integerRange.int8;
  const operands = is16
    ? { first: a.int16, second: b.int16, out: result.int16 }
    : { first: a.int8, second: b.int8, out: result.int8 };
  return binaryKernel(call, operands, (x, y) => {
    const left = rescale((x - a.zeroPoint) << leftShift, first.multiplier, first.shift);
    const right = rescale((y - b.zeroPoint) << leftShift, second.multiplier, second.shift);
    const square = Math.imul(left - right, left - right);
    const value = rescale(square, out.multiplier, out.shift) + result.zeroPoint;
    return Math.min(Math.max(value, least), most);
  });
}
