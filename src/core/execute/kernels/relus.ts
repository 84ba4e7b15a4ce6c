import { numberOption } from '../../model/options';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import type { Value } from '../value';
import { integerRange } from '../../model/values/integerRange';
import { roundAway } from '../../model/values/rounding';

/** RELU, RELU6 and LEAKY_RELU as operators of their own. Factors are divided in 32-bit floating point. */
export const relu = byType(inputType, {
  int8: quantizedRelu,
  int16: quantizedRelu,
  float32: (call) => floats(call, (value) => (value < 0 ? 0 : value)),
});

export const relu6 = byType(inputType, {
  int8: quantizedRelu6,
  int16: quantizedRelu6,
  float32: (call) => floats(call, (value) => (value > 6 ? 6 : value < 0 ? 0 : value)),
});

export const leakyRelu = byType(inputType, { int8: quantizedLeaky, int16: quantizedLeaky, float32: floatLeaky });

type Integers = Int8Array | Int16Array;

function integers(value: Value): Integers {
  return value.type === 'int16' ? value.int16 : value.int8;
}

function rangeOf(value: Value): { readonly least: number; readonly most: number } {
  return value.type === 'int16' ? integerRange.int16 : integerRange.int8;
}

function floats(call: KernelInvocation, compute: (value: number) => number): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = compute(values[index]);
  };
}

function quantizedRelu(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [integers(from), integers(to)];
  const { multiplier, shift } = quantizeMultiplier(Math.fround(from.scale / to.scale), call.rounding);
  const rescale = rescaleOf(call.rounding);
  const { most } = rangeOf(to);
  const least = Math.max(rangeOf(to).least, to.zeroPoint);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = rescale(values[index] - from.zeroPoint, multiplier, shift) + to.zeroPoint;
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

/** Input and output share their scale: only the range is cut. */
function quantizedRelu6(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const [values, out] = [integers(from), integers(output(call))];
  const zero = from.zeroPoint;
  const six = zero + roundAway(Math.fround(6 / from.scale));
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = values[index];
      out[index] = value > six ? six : value < zero ? zero : value;
    }
  };
}

function quantizedLeaky(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const [values, out] = [integers(from), integers(to)];
  const alpha = Math.fround(numberOption(call.operator, 'alpha', 0));
  const slope = Math.fround(Math.fround(from.scale * alpha) / to.scale);
  const positive = quantizeMultiplier(Math.fround(from.scale / to.scale), call.rounding);
  const negative = quantizeMultiplier(Math.abs(slope), call.rounding);
  const sign = slope < 0 ? -1 : 1;
  const rescale = rescaleOf(call.rounding);
  const { least, most } = rangeOf(to);
  return () => {
    for (let index = 0; index < out.length; index++) {
      const centred = values[index] - from.zeroPoint;
      const scaled =
        centred >= 0
          ? rescale(centred, positive.multiplier, positive.shift)
          : sign * rescale(centred, negative.multiplier, negative.shift);
      const value = scaled + to.zeroPoint;
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

function floatLeaky(call: KernelInvocation): Kernel {
  const alpha = Math.fround(numberOption(call.operator, 'alpha', 0));
  return floats(call, (value) => (value > 0 ? value : Math.fround(value * alpha)));
}
