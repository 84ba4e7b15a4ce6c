import { add, type LayerContext } from '../context';
import { integer, integers, type DraftValue } from '../draft';

/** Over which axes, and how that is written. */
interface Reduction {
  readonly kind: string;
  readonly axes: readonly number[];
  readonly keeps: boolean;
  /** The axis is written as a number, and not as a list of one. */
  readonly isPlain?: boolean;
  readonly name: string;
  /** Axes as they are written, where they count from the end. */
  readonly written?: readonly number[];
}

export function reduce(context: LayerContext, input: DraftValue, how: Reduction): DraftValue {
  const { kind, axes, keeps, isPlain, name, written = axes } = how;
  const shape = keeps
    ? input.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : input.shape.filter((_, axis) => !axes.includes(axis));
  const over = isPlain === true ? integer(written[0]) : integers(written);
  return add(context, kind, [input, over], { shape, name, options: { keepDims: keeps } });
}
