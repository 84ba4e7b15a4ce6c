import type { Operator } from '../../model/model';
import { bufferAlignment } from './tail';
import { roundUp } from '../memory/layout';
import type { BufferToPlan } from './buffers';
import type { Lifetimes } from './lifetimes';

/** Bytes that are alive in the planned part at every step: sizes rounded up as planned. */
export function bytesByStep(buffers: readonly BufferToPlan[], stepCount: number): Float64Array {
  const change = new Float64Array(stepCount + 1);
  for (const { first, last, bytes } of buffers) {
    if (first < 0 || last < first) continue;
    change[first] += roundUp(bytes, bufferAlignment);
    change[last + 1] -= roundUp(bytes, bufferAlignment);
  }
  for (let step = 1; step < change.length; step++) change[step] += change[step - 1];
  return change.subarray(0, stepCount);
}

/** Bytes alive while each operator runs; the most of its runs for one that runs more than once. */
export function bytesByOperator(lifetimes: Lifetimes, byStep: Float64Array): ReadonlyMap<Operator, number> {
  const bytes = new Map<Operator, number>();
  for (const { operator, step } of lifetimes.steps) {
    bytes.set(operator, Math.max(bytes.get(operator) ?? 0, byStep[step] ?? 0));
  }
  return bytes;
}

/** The step at which each operator runs first. */
export function firstSteps({ steps }: Lifetimes): ReadonlyMap<Operator, number> {
  return new Map([...steps].reverse().map(({ operator, step }) => [operator, step]));
}
