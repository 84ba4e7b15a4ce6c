import { doublingHighMultiply, quantizeMultiplier, rescaleOf, roundingShift } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { integerRange } from '../../model/values/integerRange';
import { HumanError } from '../../model/problem';
import { roundAway } from '../../model/values/rounding';

type Compute = (value: number) => number;

/** Each float element on its own; the kernel's result is rounded to 32 bits as it is stored. */
function floats(compute: Compute): KernelMaker {
  return (call) => {
    const [values, out] = [input(call, 0).float32, output(call).float32];
    return () => {
      for (let index = 0; index < out.length; index++) out[index] = compute(values[index]);
    };
  };
}

function floatOnly(compute: Compute): KernelMaker {
  return byType(inputType, { float32: floats(compute) });
}

export const sin = floatOnly(Math.sin);
export const cos = floatOnly(Math.cos);
export const log = floatOnly(Math.log);
export const sqrt = floatOnly(Math.sqrt);
export const square = floatOnly((value) => value * value);
export const floor = floatOnly(Math.floor);
export const ceil = floatOnly(Math.ceil);
export const neg = floatOnly((value) => -value);

/** ROUND: halves to the even neighbour. */
export const round = floatOnly((value) => {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
});

export const abs = byType(inputType, { float32: floats(Math.abs), int8: quantizedAbs, int16: quantizedAbs });

function quantizedAbs(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const is16 = from.type === 'int16';
  const [values, out] = is16 ? [from.int16, to.int16] : [from.int8, to.int8];
  const { least, most } = is16 ? integerRange.int16 : integerRange.int8;
  const needsRescale = from.scale !== to.scale;
  const { multiplier, shift } = quantizeMultiplier(Math.fround(from.scale / to.scale), call.rounding);
  const rescale = rescaleOf(call.rounding);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const magnitude = Math.abs(values[index] - from.zeroPoint);
      const value = (needsRescale ? rescale(magnitude, multiplier, shift) : magnitude) + to.zeroPoint;
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

export const rsqrt = byType(inputType, {
  float32: floats((value) => 1 / Math.fround(Math.sqrt(value))),
  int8: quantizedRsqrt,
});

/**
 * Every value of an int8 input is computed once. As a device does, it ends the inference at a number below zero; zero
 * gives the largest value. Source: validate_input_func and EvalQuantized in TFLM's elementwise.cc.
 */
function quantizedRsqrt(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [from.int8, to.int8];
  const real = 1 / Math.fround(Math.fround(Math.sqrt(from.scale)) * to.scale);
  const { multiplier, shift } = quantizeMultiplier(real, call.rounding);
  const rescale = rescaleOf(call.rounding);
  const keptBits = 20;
  const table = Int8Array.from({ length: 256 }, (_none, index) => {
    const value = index - 128 - from.zeroPoint;
    if (value <= 0) return 127;
    const inverse = inverseSquareRoot(value);
    const scaled = rescale(1, inverse.multiplier, inverse.shift + keptBits);
    return Math.min(Math.max(rescale(scaled, multiplier, shift - keptBits) + to.zeroPoint, -128), 127);
  });
  return () => {
    for (let index = 0; index < out.length; index++) {
      if (values[index] < from.zeroPoint) throw belowZero(call, from.scale * (values[index] - from.zeroPoint));
      out[index] = table[values[index] + 128];
    }
  };
}

function belowZero({ operator }: KernelInvocation, value: number): HumanError {
  return new HumanError(
    'inference-ends',
    `Operator ${operator.index} (RSQRT) was given ${value.toPrecision(3)}: TensorFlow Lite Micro's int8 kernel ends the inference with an error below zero. Keep its input at zero or above, or leave this part in float32.`,
  );
}

/**
 * 1 / sqrt(`value`) of a positive integer as a fixed-point factor, by five steps of Newton's method.
 * Source: GetInvSqrtQuantizedMultiplierExp() in tensorflow/lite/kernels/internal/common.h.
 */
export function inverseSquareRoot(value: number): { readonly multiplier: number; readonly shift: number } {
  if (value <= 1) return { multiplier: 2147483647, shift: 0 };
  let rightShift = 11;
  let scaled = value;
  while (scaled >= 2 ** 29) {
    scaled = Math.trunc(scaled / 4);
    rightShift++;
  }
  const pairs = ((Math.clz32(scaled) - 1) >> 1) - 1;
  rightShift -= pairs;
  const argument = (scaled << (2 * pairs)) >> 1;
  const half = roundingShift(argument, 1);
  const oneAndAHalf = (1 << 28) + (1 << 27);
  let x = 1 << 28;
  for (let step = 0; step < 5; step++) {
    const cube = saturatingShift(doublingHighMultiply(doublingHighMultiply(x, x), x), 6);
    x = saturatingShift((doublingHighMultiply(oneAndAHalf, x) - doublingHighMultiply(half, cube)) | 0, 3);
  }
  const multiplier = doublingHighMultiply(x, 1518500250);
  return rightShift < 0 ? { multiplier: multiplier << -rightShift, shift: 0 } : { multiplier, shift: -rightShift };
}

function saturatingShift(value: number, bits: number): number {
  const most = (1 << (31 - bits)) - 1;
  if (value > most) return 2147483647;
  return value < -most ? -2147483648 : value << bits;
}

export const exp = byType(inputType, { float32: floats(Math.exp) });

export const elu = byType(inputType, {
  float32: floats((value) => (value < 0 ? Math.expm1(value) : value)),
  int8: (call) => table8(call, (value) => (value < 0 ? Math.fround(Math.fround(Math.exp(value)) - 1) : value)),
});

/**
 * A function of int8 as a table of its 256 values, in 32-bit floating point. Source: LUTPopulateInt8() in
 * internal/common.h.
 */
function table8(call: KernelInvocation, compute: Compute): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [from.int8, to.int8];
  const inverse = Math.fround(1 / to.scale);
  const table = Int8Array.from({ length: 256 }, (_none, index) => {
    const real = Math.fround(from.scale * (index - 128 - from.zeroPoint));
    const value = roundAway(Math.fround(compute(real) * inverse)) + to.zeroPoint;
    return Math.min(Math.max(value, -128), 127);
  });
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = table[values[index] + 128];
  };
}

export const logicalNot: KernelMaker = (call) => {
  const [values, out] = [input(call, 0).bytes, output(call).bytes];
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = values[index] === 0 ? 1 : 0;
  };
};
