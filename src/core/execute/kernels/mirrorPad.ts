import { enumOption } from '../../model/options';
import { stridesOf } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';
import { pickKernel } from '../pick';

/** MIRROR_PAD: REFLECT leaves the edge out of the mirror image, SYMMETRIC repeats it. */
export const mirrorPad: KernelMaker = (call) => {
  const [from, paddings, to] = [input(call, 0), input(call, 1), output(call)];
  const skipped = enumOption(call.operator, 'mode', 'REFLECT') === 'REFLECT' ? 1 : 0;
  return pickKernel(call, to, [1], () => {
    const amounts = paddings.type === 'int64' ? Array.from(paddings.int64, Number) : Array.from(paddings.int32);
    const strides = stridesOf(from.shape);
    let indices = Int32Array.of(0);
    from.shape.forEach((length, axis) => {
      const steps = Array.from(
        { length: to.shape[axis] },
        (_none, index) => mirrorIndex(index - amounts[2 * axis], length, skipped) * strides[axis],
      );
      indices = Int32Array.from(
        { length: indices.length * steps.length },
        (_none, index) => indices[Math.floor(index / steps.length)] + steps[index % steps.length],
      );
    });
    return indices;
  });
};

function mirrorIndex(index: number, length: number, skipped: number): number {
  if (index < 0) return Math.min(-index - 1 + skipped, length - 1);
  if (index < length) return index;
  return Math.max(2 * length - 1 - skipped - index, 0);
}
