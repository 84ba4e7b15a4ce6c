import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import type { Rounding } from '../executable';
import { reductionSource } from './reduceAxes';
import { integerRange } from '../../model/values/integerRange';

export const mean = byType(inputType, {
  int8: (call) => quantizedSum(call, true),
  int16: (call) => quantizedSum(call, true),
  float32: (call) => floatSum(call, true),
});

export const sum = byType(inputType, {
  int8: (call) => quantizedSum(call, false),
  int16: (call) => quantizedSum(call, false),
  float32: (call) => floatSum(call, false),
});

export const reduceMax = extreme((a, b) => (b > a ? b : a), -1);
export const reduceMin = extreme((a, b) => (b < a ? b : a), 1);

/**
 * A mean's factor carries the number of elements. Source: QuantizedMeanOrSum() in
 * tensorflow/lite/kernels/internal/reference/reduce.h.
 */
function meanFactor(real: number, count: number, rounding: Rounding): { multiplier: number; shift: number } {
  const { multiplier, shift } = quantizeMultiplier(real, rounding);
  const up = Math.min(Math.floor(Math.log2(count)), 32, 31 + shift);
  const scaled = (BigInt(multiplier) << BigInt(up)) / BigInt(count);
  return { multiplier: Number(BigInt.asIntN(32, scaled)), shift: shift - up };
}

function quantizedSum(call: KernelInvocation, isMean: boolean): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const is16 = from.type === 'int16';
  const [values, out] = is16 ? [from.int16, to.int16] : [from.int8, to.int8];
  const { least, most } = is16 ? integerRange.int16 : integerRange.int8;
  const reduction = reductionSource(call);
  const rescale = rescaleOf(call.rounding);
  const sums = new Int32Array(out.length);
  const real = from.scale / to.scale;
  return () => {
    const { targets, count } = reduction();
    const { multiplier, shift } = isMean
      ? meanFactor(real, count, call.rounding)
      : quantizeMultiplier(real, call.rounding);
    sums.fill(0);
    for (let index = 0; index < values.length; index++) sums[targets[index]] += values[index];
    for (let index = 0; index < out.length; index++) {
      const centred = (sums[index] - from.zeroPoint * count) | 0;
      const value = (rescale(centred, multiplier, shift) + to.zeroPoint) | 0;
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

function floatSum(call: KernelInvocation, isMean: boolean): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  const reduction = reductionSource(call);
  return () => {
    const { targets, count } = reduction();
    out.fill(0);
    for (let index = 0; index < values.length; index++) out[targets[index]] += values[index];
    if (isMean) for (let index = 0; index < out.length; index++) out[index] /= count;
  };
}

/** `end`: the sign of the infinity to begin with. */
function extreme(choose: (a: number, b: number) => number, end: 1 | -1): KernelMaker {
  const make = (call: KernelInvocation): Kernel => {
    const [from, to] = [input(call, 0), output(call)];
    const isFloat = from.type === 'float32';
    const [values, out] = isFloat ? [from.float32, to.float32] : [from.int8, to.int8];
    const first = isFloat ? end * 3.4028234663852886e38 : end > 0 ? 127 : -128;
    const reduction = reductionSource(call);
    return () => {
      const { targets } = reduction();
      out.fill(first);
      for (let index = 0; index < values.length; index++) {
        out[targets[index]] = choose(out[targets[index]], values[index]);
      }
    };
  };
  return byType(inputType, { int8: make, float32: make });
}

/** REDUCE_ALL: true where every element is. */
export const reduceAll = byType(inputType, {
  bool: (call) => {
    const [values, out] = [input(call, 0).bytes, output(call).bytes];
    const reduction = reductionSource(call);
    return () => {
      const { targets } = reduction();
      out.fill(1);
      for (let index = 0; index < values.length; index++) if (values[index] === 0) out[targets[index]] = 0;
    };
  },
});
