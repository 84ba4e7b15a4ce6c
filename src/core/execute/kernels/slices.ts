import { numberOption } from '../../model/options';
import { HumanError } from '../../model/problem';
import { stridesOf, viewIndices } from '../broadcast';
import { input, output, type KernelInvocation, type KernelMaker } from '../kernel';
import { pickKernel } from '../pick';
import type { Value } from '../value';

export const slice: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  return pickKernel(call, to, [1, 2], () => {
    const strides = stridesOf(from.shape);
    const [begins, sizes] = [1, 2].map((position) => wholeNumbers(input(call, position)));
    from.shape.forEach((length, axis) => {
      const size = to.shape[axis];
      const isSize = sizes[axis] === size || sizes[axis] === -1;
      if (!isSize || begins[axis] < 0 || begins[axis] + size > length) throw outside(call, axis);
    });
    const start = strides.reduce((sum, stride, dimension) => sum + stride * begins[dimension], 0);
    return viewIndices(to.shape, strides, start);
  });
};

function wholeNumbers(value: Value): ArrayLike<number> {
  return value.type === 'int64' ? Array.from(value.int64, Number) : value.int32;
}

/** On a device such a slice reads or leaves whatever memory there is. */
function outside(call: KernelInvocation, axis: number): HumanError {
  return new HumanError(
    'index-out-of-range',
    `Operator ${call.operator.index} (SLICE) is given a part that dimension ${axis} of its input does not have, or that is not as long as its output. Give inputs within range.`,
  );
}

/** Where a slice begins along an axis and how many elements it has. */
interface Run {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

export const stridedSlice: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  return pickKernel(call, to, [1, 2, 3], () => {
    const strides = stridesOf(from.shape);
    const runs = from.shape.map((length, axis) => runOf(call, length, axis));
    return viewIndices(
      runs.map((run) => run.length),
      runs.map((run, axis) => run.step * strides[axis]),
      runs.reduce((sum, run, axis) => sum + run.start * strides[axis], 0),
    );
  });
};

/**
 * Source: StridedSliceStartForAxis() and StridedSliceEndForAxis() in
 * tensorflow/lite/kernels/internal/strided_slice_logic.h.
 */
function runOf(call: KernelInvocation, size: number, axis: number): Run {
  const at = (position: number): number => input(call, position).int32[axis];
  const has = (mask: string): boolean => ((numberOption(call.operator, mask, 0) >> axis) & 1) === 1;
  const step = at(3);
  const clamp = (index: number): number =>
    step > 0 ? Math.min(Math.max(index, 0), size) : Math.min(Math.max(index, -1), size - 1);
  const fromEnd = (index: number): number => (index < 0 ? index + size : index);
  const start = has('beginMask') ? (step > 0 ? 0 : size - 1) : clamp(fromEnd(at(1)));
  // Backwards, or from beyond the end, the kernel takes nothing.
  if (has('shrinkAxisMask')) return { start, step, length: step > 0 && start < size ? 1 : 0 };
  const end = has('endMask') ? (step > 0 ? size : -1) : clamp(fromEnd(at(2)));
  return { start, step, length: Math.max(0, Math.ceil((end - start) / step)) };
}

/**
 * DYNAMIC_UPDATE_SLICE: the first input with a part replaced by the second; the place is moved so that all of it fits.
 */
export const dynamicUpdateSlice: KernelMaker = (call) => {
  const [from, update, begin, to] = [input(call, 0), input(call, 1), input(call, 2), output(call)];
  const strides = stridesOf(from.shape);
  const within = viewIndices(update.shape, strides);
  const size = from.elementBytes;
  return () => {
    const begins = wholeNumbers(begin);
    const start = strides.reduce((sum, stride, axis) => {
      const most = from.shape[axis] - update.shape[axis];
      return sum + stride * Math.min(Math.max(begins[axis], 0), most);
    }, 0);
    to.bytes.set(from.bytes);
    for (let index = 0; index < within.length; index++) {
      const source = update.bytes.subarray(index * size, (index + 1) * size);
      to.bytes.set(source, (start + within[index]) * size);
    }
  };
};
