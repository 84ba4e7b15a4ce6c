import { floatRange, quantizedRange } from '../activationRange';
import { broadcastIndices } from '../broadcast';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { integerRange } from '../../model/values/integerRange';

export const mul = byType(inputType, {
  int8: quantizedProduct,
  int16: quantizedProduct,
  float32: product,
  int32: product,
});

function quantizedProduct(call: KernelInvocation): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const { multiplier, shift } = quantizeMultiplier((a.scale * b.scale) / result.scale, call.rounding);
  const { least, most } = quantizedRange(call, result);
  const rescale = rescaleOf(call.rounding);
  const [first, second] = a.type === 'int16' ? [a.int16, b.int16] : [a.int8, b.int8];
  const out = result.type === 'int16' ? result.int16 : result.int8;
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  const zeroPoints = [a.zeroPoint, b.zeroPoint, result.zeroPoint] as const;
  return () => {
    for (let index = 0; index < out.length; index++) {
      const left = first[firstIndices === undefined ? index : firstIndices[index]] - zeroPoints[0];
      const right = second[secondIndices === undefined ? index : secondIndices[index]] - zeroPoints[1];
      const value = rescale(Math.imul(left, right), multiplier, shift) + zeroPoints[2];
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

/** int32 products wrap. */
function product(call: KernelInvocation): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const isFloat = result.type === 'float32';
  const [first, second, out] = isFloat ? [a.float32, b.float32, result.float32] : [a.int32, b.int32, result.int32];
  const activation = floatRange(call);
  const least = isFloat ? activation.least : Math.max(activation.least, integerRange.int32.least);
  const most = isFloat ? activation.most : Math.min(activation.most, integerRange.int32.most);
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const left = first[firstIndices === undefined ? index : firstIndices[index]];
      const right = second[secondIndices === undefined ? index : secondIndices[index]];
      const value = isFloat ? Math.fround(left * right) : Math.imul(left, right);
      out[index] = Math.min(Math.max(value, least), most);
    }
  };
}
