import { rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { inverseSquareRoot } from './elementwise';

/** L2_NORMALIZATION over the last dimension; int8 results have the scale 1/128. */
export const l2Normalization = byType(inputType, { int8: normalizeInt8, float32: normalizeFloat32 });

function normalizeInt8(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.int8, output(call).int8];
  const depth = from.shape.at(-1) ?? 1;
  const rescale = rescaleOf(call.rounding);
  return () => {
    for (let row = 0; row < out.length; row += depth) {
      let sum = 0;
      for (let index = row; index < row + depth; index++) {
        const value = values[index] - from.zeroPoint;
        sum = (sum + value * value) | 0;
      }
      const { multiplier, shift } = inverseSquareRoot(sum);
      for (let index = row; index < row + depth; index++) {
        const value = rescale(values[index] - from.zeroPoint, multiplier, shift + 7);
        out[index] = Math.min(Math.max(value, -128), 127);
      }
    }
  };
}

function normalizeFloat32(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.float32, output(call).float32];
  const depth = from.shape.at(-1) ?? 1;
  const f = Math.fround;
  return () => {
    for (let row = 0; row < out.length; row += depth) {
      let sum = 0;
      for (let index = row; index < row + depth; index++) sum = f(sum + f(values[index] * values[index]));
      const length = Math.max(f(Math.sqrt(sum)), f(1e-6));
      for (let index = row; index < row + depth; index++) out[index] = values[index] / length;
    }
  };
}
