import type { Operator } from '../../model/model';
import { bufferAlignment } from './tail';
import { roundUp } from '../memory/layout';
import type { BufferToPlan } from './buffers';
import type { Lifetimes } from './lifetimes';

/**
 * Bytes that are alive in the planned part at every step: sizes rounded up as planned. What a plan has at one place
 * while both live counts once: a copy in another shape.
 */
export function bytesByStep(buffers: readonly BufferToPlan[], stepCount: number): Float64Array {
  const change = new Float64Array(stepCount + 1);
  for (const { first, last, bytes } of buffers) {
    if (first < 0 || last < first) continue;
    change[first] += roundUp(bytes, bufferAlignment);
    change[last + 1] -= roundUp(bytes, bufferAlignment);
  }
  for (let step = 1; step < change.length; step++) change[step] += change[step - 1];
  leaveOutShared(buffers, change);
  return change.subarray(0, stepCount);
}

/** The planner's own places never overlap: only those of a plan may be the same. */
function leaveOutShared(buffers: readonly BufferToPlan[], alive: Float64Array): void {
  const byOffset = new Map<number, BufferToPlan[]>();
  for (const buffer of buffers) {
    if (buffer.fixedOffset === undefined || buffer.first < 0) continue;
    const others = byOffset.get(buffer.fixedOffset) ?? [];
    byOffset.set(buffer.fixedOffset, [...others, buffer]);
  }
  for (const atOnePlace of byOffset.values()) {
    let open: readonly BufferToPlan[] = [];
    for (const buffer of [...atOnePlace].sort((a, b) => a.first - b.first)) {
      open = open.filter(({ last }) => last >= buffer.first);
      const longest = open.reduce((last, other) => Math.max(last, other.last), -1);
      const end = Math.min(longest, buffer.last);
      for (let step = buffer.first; step <= end; step++) alive[step] -= roundUp(buffer.bytes, bufferAlignment);
      open = [...open, buffer];
    }
  }
}

/** The first step at which most bytes are alive: no placement of these buffers ends before so many. */
export function peakOf(byStep: Float64Array): { readonly step: number; readonly bytes: number } {
  const step = byStep.reduce((most, bytes, at) => (bytes > byStep[most] ? at : most), 0);
  return { step, bytes: byStep[step] ?? 0 };
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
