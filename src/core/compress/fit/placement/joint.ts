import { climb, type Placement } from './climb';
import { Effort } from './effort';
import { PlacementProblem, type LiveBuffer, type OrderProblem } from './problem';

/** What one kernel library asks for beside the tensors, and the bytes that it may end at. */
export interface ScratchSet {
  /** In the order in which the interpreter's planner places them, after the tensors. */
  readonly buffers: readonly LiveBuffer[];
  readonly limitBytes: number;
}

const jointSteps = 400_000;
const seed = 2;

/**
 * One placement of tensors that suits several kernel libraries: each places its own scratch buffers around the same
 * tensors, and must end within its own limit. Offsets of the tensors where all do; else `undefined`.
 */
export function placeJointly(
  tensors: readonly LiveBuffer[],
  sets: readonly ScratchSet[],
  isCancelled: () => boolean,
): Float64Array | undefined {
  const { excess, offsets }: Placement = climb(jointProblem(tensors, sets), new Effort(jointSteps, seed, isCancelled));
  return excess <= 0 ? offsets.subarray(0, tensors.length) : undefined;
}

/** Scratch buffers of two libraries are never in memory together, whenever they live. */
function jointProblem(tensors: readonly LiveBuffer[], sets: readonly ScratchSet[]): OrderProblem {
  const parts = sets.map(({ buffers }) => new PlacementProblem([...tensors, ...buffers]));
  const starts = sets.map((_, set) => sets.slice(0, set).reduce((sum, { buffers }) => sum + buffers.length, 0));
  const place = (set: number, index: number): number => (index < tensors.length ? index : index + starts[set]);
  const count = tensors.length + sets.reduce((sum, { buffers }) => sum + buffers.length, 0);
  const neighbours = Array.from({ length: count }, () => new Set<number>());
  parts.forEach((part, set) => {
    part.neighbours.forEach((list, index) =>
      list.forEach((other) => neighbours[place(set, index)].add(place(set, other))),
    );
  });
  const least = sets.reduce((limit, { limitBytes }) => Math.min(limit, limitBytes), Infinity);
  const all = [...tensors, ...sets.flatMap(({ buffers }) => buffers)];
  const contention = new Float64Array(count);
  parts.forEach((part, set) => {
    part.contention.forEach((bytes, index) => {
      contention[place(set, index)] = Math.max(contention[place(set, index)], bytes);
    });
  });
  return {
    count,
    bytes: Float64Array.from(all, ({ bytes }) => bytes),
    neighbours: neighbours.map((set) => Int32Array.from(set)),
    movable: Int32Array.from(tensors, (_, index) => index),
    following: Int32Array.from({ length: count - tensors.length }, (_, index) => tensors.length + index),
    limits: Float64Array.from([
      ...tensors.map(() => least),
      ...sets.flatMap(({ buffers, limitBytes }) => buffers.map(() => limitBytes)),
    ]),
    goal: 0,
    contention,
    life: Float64Array.from(all, ({ first, last }) => last - first + 1),
  };
}
