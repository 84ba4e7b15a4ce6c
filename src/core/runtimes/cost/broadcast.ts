import { dimension, elementsOf } from '../operands';
import type { Tensor } from '../../model/model';
import type { LoopCounts } from './kernelCall';

/** Sizes of one axis, from the last to the first: of both inputs and of the output. */
type AxisSizes = readonly [first: number, second: number, output: number];

interface Loop {
  readonly first: number;
  readonly second: number;
  size: number;
}

/**
 * Loop counts of TFLM's broadcasting (`reference/broadcast_loop.h`): neighbouring axes are fused where both inputs
 * advance in the same way, the loops that remain are recursive calls, the innermost is flat.
 */
export function broadcastCounts(first: Tensor, second: Tensor, output: Tensor): LoopCounts {
  const rank = Math.max(first.shape.length, second.shape.length, output.shape.length);
  const loops = fusedLoops(first, second, output, rank);
  let calls = 1;
  let branches = 0;
  for (let i = loops.length - 1; i > 0; i--) {
    branches += calls;
    calls *= loops[i]?.size ?? 1;
  }
  const inner = loops[0];
  const count = elementsOf(output);
  const scalar = inner?.first === 0 ? 'elementFirstFixed' : inner?.second === 0 ? 'elementSecondFixed' : 'element';
  return { call: 1, axis: rank, loop: branches, run: calls, [scalar]: count };
}

function fusedLoops(first: Tensor, second: Tensor, output: Tensor, rank: number): readonly Loop[] {
  const loops: Loop[] = [];
  let expected: readonly [number, number] = [1, 1];
  for (let axis = rank - 1; axis >= 0; axis--) {
    const [a, b, size] = sizesAt(first, second, output, axis - rank);
    const strideA = a === 1 && size !== 1 ? 0 : expected[0];
    const strideB = b === 1 && size !== 1 ? 0 : expected[1];
    const last = loops.at(-1);
    const fuses = (stride: number, next: number, hoped: number): boolean =>
      size === 1 || (next === 0 ? stride === 0 : stride === hoped);
    if (last !== undefined && fuses(strideA, last.first, expected[0]) && fuses(strideB, last.second, expected[1])) {
      last.size *= size;
    } else loops.push({ first: strideA, second: strideB, size });
    expected = [expected[0] * a, expected[1] * b];
  }
  return loops;
}

function sizesAt(first: Tensor, second: Tensor, output: Tensor, axis: number): AxisSizes {
  return [dimension(first, axis), dimension(second, axis), dimension(output, axis)];
}

/** True when both shapes are equal once the shorter is filled up with leading ones. */
export function alikeButForLeadingOnes(first: Tensor, second: Tensor): boolean {
  const rank = Math.max(first.shape.length, second.shape.length);
  for (let axis = 1; axis <= rank; axis++) if (dimension(first, -axis) !== dimension(second, -axis)) return false;
  return true;
}
