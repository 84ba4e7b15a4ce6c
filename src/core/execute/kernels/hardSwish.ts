import { quantizeMultiplier, roundingShift } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';

/** HARD_SWISH: x min(6, max(0, x + 3)) / 6. */
export const hardSwish = byType(inputType, { int8: hardSwishInt8, float32: hardSwishFloat32 });

function hardSwishFloat32(call: KernelInvocation): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  const f = Math.fround;
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = values[index];
      out[index] = f(value * Math.min(6, Math.max(0, f(value + 3)))) / 6;
    }
  };
}

/**
 * In 16 bits throughout; each of the 256 inputs once. Source: tensorflow/lite/kernels/internal/reference/hard_swish.h.
 */
function hardSwishInt8(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [from.int8, to.int8];
  const f = Math.fround;
  const fineScale = f(f(1 / 128) * from.scale);
  const outward = quantizeMultiplier(f(fineScale / to.scale), call.rounding);
  const inward = quantizeMultiplier(f(fineScale / f(3 / 32768)), call.rounding);
  const outMultiplier = narrowMultiplier(outward.multiplier);
  const inMultiplier = narrowMultiplier(inward.multiplier);
  const table = Int8Array.from({ length: 256 }, (_none, index) => {
    const fine = toInt16((index - 128 - from.zeroPoint) << 7);
    const beforeShift = roundingHighMultiply(fine, outMultiplier);
    const share = (hinge(fine, inMultiplier, inward.shift) + 32768) >> 1;
    const product = Math.trunc((share * beforeShift) / 32768);
    return Math.min(Math.max(roundingShift(product, -outward.shift) + to.zeroPoint, -128), 127);
  });
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = table[values[index] + 128];
  };
}

/** The input from -3 … 3 brought to -32768 … 32767, saturating. */
function hinge(fine: number, multiplier: number, shift: number): number {
  const early = shift > 0 ? clamp16(fine * 2 ** (shift - 1)) : fine;
  const multiplied = roundingHighMultiply(early, multiplier);
  if (shift > 0) return clamp16(multiplied * 2);
  return shift < 0 ? roundingShift(multiplied, -shift) : multiplied;
}

function narrowMultiplier(multiplier: number): number {
  return multiplier >= 2147483647 - 32768 ? 32767 : (multiplier + 32768) >> 16;
}

/** Twice the product's upper 16 bits, with a nudge upwards before the division towards zero. */
function roundingHighMultiply(a: number, b: number): number {
  return a === -32768 && b === -32768 ? 32767 : Math.trunc((a * b + 16384) / 32768);
}

function toInt16(value: number): number {
  return (value << 16) >> 16;
}

function clamp16(value: number): number {
  return Math.min(Math.max(value, -32768), 32767);
}
