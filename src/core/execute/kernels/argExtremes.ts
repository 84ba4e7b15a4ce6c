import { elementCount } from '../../model/dataType';
import { positiveAxis } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';
import { numbersOf } from '../numbers';

/** ARG_MAX and ARG_MIN along an axis: the first of equal elements. */
export const argMax = argExtreme((candidate, best) => candidate > best);
export const argMin = argExtreme((candidate, best) => candidate < best);

function argExtreme(isBetter: (candidate: number, best: number) => boolean): KernelMaker {
  return (call) => {
    const [from, axes, out] = [input(call, 0), input(call, 1), output(call).int32];
    const values = numbersOf(call, from);
    return () => {
      const axis = positiveAxis(axes.int32[0], from.shape.length);
      const length = from.shape[axis];
      const inner = elementCount(from.shape.slice(axis + 1));
      for (let line = 0; line < out.length; line++) {
        const start = Math.floor(line / inner) * length * inner + (line % inner);
        let best = 0;
        for (let index = 1; index < length; index++) {
          if (isBetter(values[start + index * inner], values[start + best * inner])) best = index;
        }
        out[line] = best;
      }
    };
  };
}
