import { elementCount } from '../../model/dataType';
import { booleanOption } from '../../model/options';
import { positiveAxis } from '../broadcast';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { scaledTotal } from './addSub';

/** CUMSUM along an axis, from either end, with or without the element itself. */
export const cumSum = byType(inputType, { int8: cumSumInt8, float32: cumSumFloat32 });

/** Calls `visit` for each element along the axis, line after line; `isFirst` at the beginning of a line. */
function eachAlong(call: KernelInvocation, visit: (at: number, isFirst: boolean) => void): void {
  const { shape } = input(call, 0);
  const axis = positiveAxis(input(call, 1).int32[0], shape.length);
  const isReverse = booleanOption(call.operator, 'reverse', false);
  const length = shape[axis];
  const outer = elementCount(shape.slice(0, axis));
  const inner = elementCount(shape.slice(axis + 1));
  for (let line = 0; line < outer * inner; line++) {
    const start = Math.floor(line / inner) * length * inner + (line % inner);
    for (let step = 0; step < length; step++) {
      visit(start + (isReverse ? length - 1 - step : step) * inner, step === 0);
    }
  }
}

function cumSumInt8(call: KernelInvocation): Kernel {
  const [values, out] = [input(call, 0).int8, output(call).int8];
  const isExclusive = booleanOption(call.operator, 'exclusive', false);
  const total = scaledTotal(call);
  return () => {
    eachAlong(call, (at, isFirst) => {
      if (isFirst) total.clear();
      if (!isExclusive) total.add(values[at]);
      out[at] = total.value();
      if (isExclusive) total.add(values[at]);
    });
  };
}

function cumSumFloat32(call: KernelInvocation): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  const isExclusive = booleanOption(call.operator, 'exclusive', false);
  let sum = 0;
  return () => {
    eachAlong(call, (at, isFirst) => {
      const before = isFirst ? 0 : sum;
      sum = Math.fround(before + values[at]);
      out[at] = isExclusive ? before : sum;
    });
  };
}
