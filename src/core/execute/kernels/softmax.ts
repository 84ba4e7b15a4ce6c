import { numberOption } from '../../model/options';
import { doublingHighMultiply, quantizeMultiplier, rescaleOf, roundingShift } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { expOfNegative, oneOverOnePlus } from '../transcendental';
import { interpolate, tableInt16 } from './lookupTable';

/** SOFTMAX over the last dimension. */
export const softmax = byType(inputType, { int8: softmaxInt8, int16: softmaxInt16, float32: softmaxFloat32 });

const integerBits = 5;

/** Factor of differences from the largest input to numbers with 5 integer bits. Source: PreprocessSoftmaxScaling(). */
export function differenceScale(
  call: KernelInvocation,
  scale: number,
  beta: number,
): { readonly multiplier: number; readonly shift: number; readonly least: number } {
  const most = call.rounding === 'single' ? 2 ** 30 - 1 : 2 ** 31 - 1;
  const real = Math.min(Math.fround(beta) * scale * 2 ** (31 - integerBits), most);
  const { multiplier, shift } = quantizeMultiplier(real, call.rounding);
  const radius = Math.floor(((2 ** integerBits - 1) * 2 ** (31 - integerBits)) / 2 ** shift);
  return { multiplier, shift, least: -radius };
}

function softmaxInt8(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const values = from.int8;
  const is16 = to.type === 'int16';
  const out = is16 ? to.int16 : to.int8;
  const depth = from.shape.at(-1) ?? 1;
  const exponentials = exponentialsOf(call, from.scale);
  const bits = is16 ? 16 : 8;
  const least = -(2 ** (bits - 1));
  return () => {
    for (let row = 0; row < values.length; row += depth) {
      let most = -128;
      for (let index = row; index < row + depth; index++) if (values[index] > most) most = values[index];
      let sum = 0;
      for (let index = row; index < row + depth; index++) sum += roundingShift(exponentials[most - values[index]], 12);
      const headroom = Math.clz32(sum);
      const scale = oneOverOnePlus(((sum << headroom) >>> 0) - 2147483648);
      const shift = 12 - headroom + 31 - bits;
      for (let index = row; index < row + depth; index++) {
        const exponential = exponentials[most - values[index]];
        const value = roundingShift(doublingHighMultiply(scale, exponential), shift) + least;
        out[index] = exponential === 0 ? least : Math.min(value, -least - 1);
      }
    }
  };
}

/** exp of minus each difference 0 … 255; 0 where the kernel leaves a difference out. */
function exponentialsOf(call: KernelInvocation, scale: number): Int32Array {
  const { multiplier, shift, least } = differenceScale(call, scale, numberOption(call.operator, 'beta', 1));
  const rescale = rescaleOf(call.rounding);
  return Int32Array.from({ length: 256 }, (_none, difference) =>
    -difference < least ? 0 : expOfNegative(rescale(-difference, multiplier, shift), integerBits),
  );
}

/** Exponentials and reciprocals come from tables of 512 steps. */
function softmaxInt16(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.int16, output(call).int16];
  const depth = from.shape.at(-1) ?? 1;
  const beta = Math.fround(numberOption(call.operator, 'beta', 1));
  const { multiplier, shift } = quantizeMultiplier((from.scale * beta) / (10 / 65535), call.rounding);
  const rescale = rescaleOf(call.rounding);
  const step = Math.fround(2 / 65535);
  const exponentials = tableInt16(
    { scale: Math.fround(10 / 65535), zeroPoint: 32767 },
    { scale: step, zeroPoint: 0 },
    (value) => Math.fround(Math.exp(value)),
  );
  const reciprocals = tableInt16(
    { scale: Math.fround(1 / 65535), zeroPoint: -32768 },
    { scale: step, zeroPoint: 0 },
    (value) => Math.fround(1 / Math.fround(1 + value)),
  );
  return () => {
    for (let row = 0; row < values.length; row += depth) {
      let most = -32768;
      for (let index = row; index < row + depth; index++) if (values[index] > most) most = values[index];
      let sum = 0;
      for (let index = row; index < row + depth; index++) {
        const difference = rescale(values[index] - most, multiplier, shift) + 32767;
        out[index] = interpolate(Math.min(Math.max(difference, -32768), 32767), exponentials);
        sum += out[index];
      }
      normalize(out.subarray(row, row + depth), sum, reciprocals);
    }
  };
}

/**
 * Divides exponentials by their sum. Source: SoftmaxInt16() in tensorflow/lite/kernels/internal/reference/softmax.h.
 */
function normalize(exponentials: Int16Array, sum: number, reciprocals: Int16Array): void {
  const headroom = Math.clz32(sum);
  const shifted = Math.floor((sum * 2 ** (headroom - 1) + 2 ** 13) / 2 ** 14);
  const centred = Math.min(Math.max(shifted - 32768 - 65536, -32768), 32767);
  const reciprocal = interpolate(centred, reciprocals);
  const shift = 31 - headroom;
  for (let index = 0; index < exponentials.length; index++) {
    const value = Math.floor((exponentials[index] * reciprocal + 2 ** (shift - 1)) / 2 ** shift);
    exponentials[index] = Math.min(Math.max(value, 0), 32767);
  }
}

function softmaxFloat32(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.float32, output(call).float32];
  const depth = from.shape.at(-1) ?? 1;
  const beta = Math.fround(numberOption(call.operator, 'beta', 1));
  return () => {
    for (let row = 0; row < values.length; row += depth) {
      let most = -Infinity;
      for (let index = row; index < row + depth; index++) most = Math.max(most, values[index]);
      let sum = 0;
      for (let index = row; index < row + depth; index++) {
        out[index] = Math.exp(Math.fround(Math.fround(values[index] - most) * beta));
        sum = Math.fround(sum + out[index]);
      }
      for (let index = row; index < row + depth; index++) out[index] = out[index] / sum;
    }
  };
}
