import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import type { Tensor } from '../../model/model';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { constantIntegers } from './kernelCall';
import { booleanOption } from '../../model/options';
import { spoken } from './elementwise';

/**
 * MEAN, SUM and REDUCE_MAX / MIN / ALL / ANY. Float MEAN over height and width of an image with its dimensions kept has
 * a loop of its own; all else walks the input with an index vector (`reference/reduce.h`), which costs by rank and by
 * the reduced axes.
 */
export function reduction(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const axes = constantIntegers(inputOf(context, 1));
  const output = outputOf(context);
  if (input === undefined || output === undefined || axes === undefined) return undefined;
  const name = `${spoken(context.operator.kind)} ${input.type}`;
  const outputs = elementsOf(output);
  const count = elementsOf(input);
  const rank = input.shape.length;
  if (context.operator.kind === 'MEAN' && input.type === 'float32' && overImage(context, rank, axes)) {
    return {
      variant: 'mean image float32',
      reason: 'Mean over height and width with the dimensions kept.',
      counts: { call: 1, output: outputs, row: outputs * dimension(input, 1), element: count },
      shared: true,
    };
  }
  return {
    variant: name,
    reason: 'The input is walked with an index vector.',
    counts: { call: 1, output: outputs, ...indexCounts(input, axes) },
    shared: true,
  };
}

function overImage(context: KernelContext, rank: number, axes: readonly number[]): boolean {
  if (rank !== 4 || axes.length !== 2 || !booleanOption(context.operator, 'keepDims', false)) return false;
  const resolved = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  return resolved.includes(1) && resolved.includes(2);
}

/**
 * `Reduce` of `reference/reduce.h`: for every element the index of the output is computed axis by axis, each axis
 * compared with the reduced ones until it is found among them, and the index vector is advanced with carries.
 */
function indexCounts(input: Tensor, axes: readonly number[]): LoopCounts {
  const rank = input.shape.length;
  const count = elementsOf(input);
  const resolved = [...new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)))];
  let compared = 0;
  for (let axis = 0; axis < rank; axis++) {
    const found = resolved.indexOf(axis);
    compared += found < 0 ? resolved.length : found + 1;
  }
  let carries = 0;
  let inner = 1;
  for (let axis = rank - 1; axis > 0; axis--) {
    inner *= Math.max(1, dimension(input, axis));
    carries += count / inner;
  }
  return {
    element: count,
    elementAxis: count * rank,
    elementCompared: count * compared,
    elementKept: count * (rank - resolved.length),
    carry: carries,
  };
}
