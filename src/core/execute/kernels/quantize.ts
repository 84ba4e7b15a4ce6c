import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, notExecuted, output, type KernelInvocation, type Kernel } from '../kernel';
import type { Value } from '../value';
import { integerRange } from '../../model/values/integerRange';
import { roundAway } from '../../model/values/rounding';

/** QUANTIZE: floats to integers, or integers of one scale to integers of another. */
export const quantize = byType(inputType, {
  float32: fromFloats,
  int8: requantize,
  int16: requantize,
  int32: requantize,
  uint8: requantize,
});

export const dequantize = byType(inputType, { int8: toFloats, int16: toFloats, uint8: toFloats });

type Integers = Int8Array | Uint8Array | Int16Array | Int32Array;

/** The integers that stand for real numbers; a complete sentence for other types. */
function integersOf(
  call: KernelInvocation,
  value: Value,
): { readonly values: Integers; readonly type: 'int8' | 'uint8' | 'int16' | 'int32' } {
  switch (value.type) {
    case 'int8':
      return { values: value.int8, type: 'int8' };
    case 'uint8':
      return { values: value.bytes, type: 'uint8' };
    case 'int16':
      return { values: value.int16, type: 'int16' };
    case 'int32':
      return { values: value.int32, type: 'int32' };
    default:
      throw notExecuted(call, `there is no kernel for ${value.type}`);
  }
}

/** The division is in 32-bit floating point, halves are rounded away from zero. */
function fromFloats(call: KernelInvocation): Kernel {
  const { scale, zeroPoint } = output(call);
  const values = input(call, 0).float32;
  const { values: out, type } = integersOf(call, output(call));
  const { least, most } = integerRange[type];
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = roundAway(Math.fround(values[index] / scale)) + zeroPoint;
      // NaN becomes 0 and infinities saturate, as on Arm.
      out[index] = Number.isNaN(value) ? zeroPoint : Math.min(Math.max(value, least), most);
    }
  };
}

function requantize(call: KernelInvocation): Kernel {
  const [from, to] = [input(call, 0), output(call)];
  const { values } = integersOf(call, from);
  const { values: out, type } = integersOf(call, to);
  const { least, most } = integerRange[type];
  const { multiplier, shift } = quantizeMultiplier(from.scale / to.scale, call.rounding);
  const rescale = rescaleOf(call.rounding);
  const zeroPoints = [from.zeroPoint, to.zeroPoint] as const;
  return () => {
    for (let index = 0; index < out.length; index++) {
      const value = (rescale((values[index] - zeroPoints[0]) | 0, multiplier, shift) + zeroPoints[1]) | 0;
      out[index] = value < least ? least : value > most ? most : value;
    }
  };
}

function toFloats(call: KernelInvocation): Kernel {
  const from = input(call, 0);
  const { values } = integersOf(call, from);
  const out = output(call).float32;
  const { scale, zeroPoint } = from;
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = scale * (values[index] - zeroPoint);
  };
}
