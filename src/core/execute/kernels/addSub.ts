import { floatRange, quantizedRange, type ActivationRange } from '../activationRange';
import { broadcastIndices } from '../broadcast';
import { quantizeMultiplier, rescaleOf, type QuantizedMultiplier } from '../fixedPoint';
import { byType, input, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { integerRange } from '../../model/values/integerRange';

/** ADD and SUB. Of integers that stand for real numbers, both inputs are first brought to twice the larger scale. */
export const add = sumKernel(1);
export const sub = sumKernel(-1);

type Sign = 1 | -1;

function sumKernel(sign: Sign): KernelMaker {
  return byType((call) => output(call).type, {
    int8: (call) => quantizedSum(call, sign),
    int16: (call) => quantizedSum(call, sign),
    float32: (call) => plainSum(call, sign, floatRange(call)),
    int32: (call) => plainSum(call, sign, sign === 1 ? integerRange.int32 : int32Range(call)),
  });
}

/** ADD ignores the fused activation of int32, SUB heeds it. */
function int32Range(call: KernelInvocation): ActivationRange {
  const { least, most } = floatRange(call);
  return {
    least: Math.max(least, integerRange.int32.least),
    most: Math.min(most, integerRange.int32.most),
  };
}

interface Factors {
  readonly first: QuantizedMultiplier;
  readonly second: QuantizedMultiplier;
  readonly output: QuantizedMultiplier;
}

/** ADD divides in 64-bit, SUB in 32-bit floating point. Source: add_common.cc and sub_common.cc of TFLM's kernels. */
function factors(call: KernelInvocation, sign: Sign, leftShift: number): Factors {
  const round = sign === 1 ? (real: number): number => real : Math.fround;
  const [first, second, result] = [input(call, 0).scale, input(call, 1).scale, output(call).scale];
  const twiceLarger = 2 * Math.max(first, second);
  const quantize = (real: number): QuantizedMultiplier => quantizeMultiplier(round(real), call.rounding);
  return {
    first: quantize(first / twiceLarger),
    second: quantize(second / twiceLarger),
    output: quantize(twiceLarger / (2 ** leftShift * result)),
  };
}

function quantizedSum(call: KernelInvocation, sign: Sign): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const is16 = result.type === 'int16';
  const leftShift = is16 ? 15 : 20;
  const scaled = factors(call, sign, leftShift);
  const { least, most } = quantizedRange(call, result);
  const rescale = rescaleOf(call.rounding);
  const [first, second, out] = is16 ? [a.int16, b.int16, result.int16] : [a.int8, b.int8, result.int8];
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  const zeroPoints = [a.zeroPoint, b.zeroPoint, result.zeroPoint] as const;
  return () => {
    for (let index = 0; index < out.length; index++) {
      const left = (first[firstIndices === undefined ? index : firstIndices[index]] - zeroPoints[0]) << leftShift;
      const right = (second[secondIndices === undefined ? index : secondIndices[index]] - zeroPoints[1]) << leftShift;
      const sum =
        rescale(left, scaled.first.multiplier, scaled.first.shift) +
        sign * rescale(right, scaled.second.multiplier, scaled.second.shift);
      const value = rescale(sum | 0, scaled.output.multiplier, scaled.output.shift) + zeroPoints[2];
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

/** ADD_N: inputs share one scale. */
export const addN = byType((call) => output(call).type, {
  int8: (call) => {
    const total = scaledTotal(call);
    const [values, out] = [call.inputs.map((_value, position) => input(call, position).int8), output(call).int8];
    return () => {
      for (let index = 0; index < out.length; index++) {
        total.clear();
        for (const one of values) total.add(one[index]);
        out[index] = total.value();
      }
    };
  },
  float32: (call) => {
    const [values, out] = [call.inputs.map((_value, position) => input(call, position).float32), output(call).float32];
    return () => {
      for (let index = 0; index < out.length; index++) {
        out[index] = values.reduce((sum, one) => Math.fround(sum + one[index]), 0);
      }
    };
  },
});

/** A running sum of int8 values of one scale. */
interface ScaledTotal {
  readonly clear: () => void;
  readonly add: (stored: number) => void;
  readonly value: () => number;
}

/** ADD_N and CUMSUM begin with the stored value 0, not with the real 0, as the reference kernels do. */
export function scaledTotal(call: KernelInvocation): ScaledTotal {
  const [from, to] = [input(call, 0), output(call)];
  const inward = quantizeMultiplier(from.scale / (2 * from.scale), call.rounding);
  const outward = quantizeMultiplier((2 * from.scale) / (2 ** 20 * to.scale), call.rounding);
  const rescale = rescaleOf(call.rounding);
  const scaled = (stored: number): number => rescale((stored - from.zeroPoint) << 20, inward.multiplier, inward.shift);
  const start = scaled(0);
  let total = start;
  return {
    clear: () => {
      total = start;
    },
    add: (stored) => {
      total = (total + scaled(stored)) | 0;
    },
    value: () => {
      const value = rescale(total, outward.multiplier, outward.shift) + to.zeroPoint;
      return Math.min(Math.max(value, -128), 127);
    },
  };
}

function plainSum(call: KernelInvocation, sign: Sign, { least, most }: ActivationRange): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const isFloat = result.type === 'float32';
  const [first, second, out] = isFloat ? [a.float32, b.float32, result.float32] : [a.int32, b.int32, result.int32];
  const firstIndices = broadcastIndices(a.shape, result.shape);
  const secondIndices = broadcastIndices(b.shape, result.shape);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const left = first[firstIndices === undefined ? index : firstIndices[index]];
      const right = second[secondIndices === undefined ? index : secondIndices[index]];
      const sum = isFloat ? Math.fround(left + sign * right) : (left + sign * right) | 0;
      out[index] = Math.min(Math.max(sum, least), most);
    }
  };
}
