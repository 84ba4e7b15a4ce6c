import type { Model } from '../../model/model';
import { isConstant } from '../../model/model';
import { planGreedily } from '../../runtimes/tflm/greedyPlanner';
import { roundUp } from '../../runtimes/memory/layout';
import { graphOffsets, lifetimesOf, tensorCount } from '../../runtimes/tflm/lifetimes';
import type { OfflinePlan } from '../../runtimes/tflm/offlinePlan';
import { onlinePlanned, readOfflinePlan, withOffsets } from '../../runtimes/tflm/offlinePlan';
import { mostPlannedBuffers } from '../../runtimes/tflm/refusals';
import { bufferAlignment } from '../../runtimes/tflm/tail';
import { arenaBytes } from '../../runtimes/tflm/tensorBytes';
import type { GraphChange } from './graphChange';

/**
 * An offline plan for the graph as it was redrawn: every tensor keeps its place, new tensors are left to the
 * planner. `undefined` where that would be wrong: two tensors would share bytes at a step where the plan kept them
 * apart, or with other operators between them than the plan was made for; and where sizes have changed and TFLM's own
 * planner needs less.
 */
export function offlinePlanAfter(data: Uint8Array, change: GraphChange): Uint8Array | undefined {
  const { before, after } = change;
  const result = readOfflinePlan(data, tensorCount(before));
  if (!result.valid || result.plan === undefined) return undefined;
  const origins = originsOf(change);
  const tensors = after.graphs.flatMap((graph) => graph.tensors);
  const { plan: offsets } = result;
  const plan = origins.map((origin, position) =>
    origin < 0 || isConstant(tensors[position]) ? onlinePlanned : offsets[origin],
  );
  const [was, is] = [placementOf(before, offsets), placementOf(after, plan)];
  if (was === undefined || is === undefined || !keepsApart(was, is, origins)) return undefined;
  const sizes = new Map(was.buffers.map(({ position, bytes }) => [position, bytes]));
  const isResized = is.buffers.some(
    ({ bytes, position, offset }) => offset !== onlinePlanned && bytes !== sizes.get(origins[position]),
  );
  if (isResized && plannedBytes(is, 'offline') > plannedBytes(is, 'anew')) return undefined;
  return withOffsets(data, plan);
}

/** For each tensor of all graphs after the change its position among those before; -1 for a new one. */
function originsOf({ before, after, graph, tensorIndices }: GraphChange): Int32Array {
  const [from, to] = [graphOffsets(before), graphOffsets(after)];
  const origins = new Int32Array(tensorCount(after)).fill(-1);
  for (const { index, tensors } of after.graphs) {
    if (index !== graph) tensors.forEach((_, tensor) => (origins[to[index] + tensor] = from[index] + tensor));
  }
  tensorIndices.forEach((tensor, draft) => {
    if (tensor >= 0 && draft < before.graphs[graph].tensors.length) origins[to[graph] + tensor] = from[graph] + draft;
  });
  return origins;
}

interface PlacedBuffer {
  /** Among the tensors of all graphs. */
  readonly position: number;
  readonly bytes: number;
  readonly offset: number;
  readonly first: number;
  readonly last: number;
}

interface Placement {
  readonly model: Model;
  readonly buffers: readonly PlacedBuffer[];
}

/**
 * What the planner has to place of the tensors, those of an offline plan included; `undefined` where TFLM plans
 * nothing.
 */
function placementOf(model: Model, plan: OfflinePlan): Placement | undefined {
  const lifetimes = lifetimesOf(model, []);
  if ('reason' in lifetimes) return undefined;
  const buffers = model.graphs
    .flatMap(({ tensors }) => tensors)
    .flatMap((tensor, position): readonly PlacedBuffer[] => {
      const bytes = arenaBytes(tensor) ?? 0;
      const offset = plan[position];
      const isPlanned = !isConstant(tensor) && (!tensor.isVariable || offset !== onlinePlanned);
      if (!isPlanned || bytes === 0) return [];
      // What a variable holds must outlast every step.
      const [first, last] = tensor.isVariable
        ? [0, lifetimes.stepCount]
        : [lifetimes.first[position], lifetimes.last[position]];
      return [{ position, bytes, offset, first, last }];
    });
  return buffers.length > mostPlannedBuffers ? undefined : { model, buffers };
}

/** True where tensors share bytes while both are alive only as the plan meant them to. */
function keepsApart(was: Placement, is: Placement, origins: Int32Array): boolean {
  const before = new Map(was.buffers.map((buffer) => [buffer.position, buffer]));
  const [operatorsBefore, operatorsAfter] = [operatorsBetween(was.model), operatorsBetween(is.model)];
  const placed = is.buffers.filter(({ offset }) => offset !== onlinePlanned);
  return placed.every((left, index) =>
    placed.slice(index + 1).every((right) => {
      const steps = stepsShared(left, right);
      if (steps === 0) return true;
      const [from, to] = [before.get(origins[left.position]), before.get(origins[right.position])];
      if (from === undefined || to === undefined || stepsShared(from, to) < steps) return false;
      return operatorsBefore.get(pairOf(from, to)) === operatorsAfter.get(pairOf(left, right));
    }),
  );
}

/** Steps at which both are alive, 0 where they share no bytes. */
function stepsShared(left: PlacedBuffer, right: PlacedBuffer): number {
  const bytes = Math.min(left.offset + left.bytes, right.offset + right.bytes) - Math.max(left.offset, right.offset);
  if (bytes <= 0) return 0;
  return Math.max(0, Math.min(left.last, right.last) - Math.max(left.first, right.first) + 1);
}

/** Kinds of the operators that read one tensor and write another: what computes in place may do so, others may not. */
function operatorsBetween({ graphs }: Model): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  let start = 0;
  for (const { tensors, operators } of graphs) {
    const placed = (list: readonly number[]): readonly number[] =>
      list.filter((index) => index >= 0 && !isConstant(tensors[index])).map((index) => start + index);
    for (const { kind, inputs, outputs } of operators) {
      for (const output of placed(outputs)) {
        for (const input of placed(inputs)) {
          const pair = pairOf({ position: input }, { position: output });
          kinds.set(pair, `${kinds.get(pair) ?? ''} ${kind}`);
        }
      }
    }
    start += tensors.length;
  }
  return kinds;
}

function pairOf(left: Pick<PlacedBuffer, 'position'>, right: Pick<PlacedBuffer, 'position'>): string {
  return `${Math.min(left.position, right.position)} ${Math.max(left.position, right.position)}`;
}

/** The end of what the planner places, with the plan or without it. */
function plannedBytes({ buffers }: Placement, how: 'offline' | 'anew'): number {
  const rounded = buffers.map(({ bytes, first, last, offset }) => ({
    bytes: roundUp(bytes, bufferAlignment),
    first,
    last,
    ...(how === 'offline' && offset !== onlinePlanned && { fixedOffset: offset }),
  }));
  return planGreedily(rounded).reduce((end, offset, index) => Math.max(end, offset + rounded[index].bytes), 0);
}
