import type { Graph, Model, Tensor } from '../../model/model';
import type { Lifetimes, ScratchRequest } from './lifetimes';
import { onlinePlanned, type OfflinePlan } from './offlinePlan';
import type { Resources } from './resources';
import { arenaBytes, isActivation } from './tensorBytes';

/** A tensor or scratch request that the planner is to place, in the planner's order. */
export interface BufferToPlan {
  readonly kind: 'tensor' | 'scratch';
  readonly graph: Graph;
  /** Tensor index, or operator index of a scratch request. */
  readonly index: number;
  readonly name: string;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  readonly fixedOffset?: number;
}

/** All that decides which buffers are planned. */
interface BufferSources {
  readonly model: Model;
  readonly scratch: readonly ScratchRequest[];
  readonly lifetimes: Lifetimes;
  readonly resources: Resources;
  readonly offline: OfflinePlan | undefined;
}

/**
 * The planner's list: tensors of all graphs by index, then scratch requests. A tensor is in it when it has bytes, no
 * data in the file, no memory from a kernel, and is no variable, unless an offline plan fixes where the variable lies.
 * Tensors that nothing uses are in it too. Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/micro_allocation_info.cc (InitializeAllocationInfo).
 */
export function buffersToPlan(sources: BufferSources): readonly BufferToPlan[] {
  const buffers: BufferToPlan[] = [];
  let position = 0;
  for (const graph of sources.model.graphs) {
    for (const tensor of graph.tensors) {
      const buffer = tensorBuffer(sources, graph, tensor, position++);
      if (buffer !== undefined) buffers.push(buffer);
    }
  }
  return [...buffers, ...scratchBuffers(sources, position)];
}

function tensorBuffer(
  sources: BufferSources,
  graph: Graph,
  tensor: Tensor,
  position: number,
): BufferToPlan | undefined {
  const bytes = arenaBytes(tensor) ?? 0;
  const offset = sources.offline?.[position] ?? onlinePlanned;
  const isFixedVariable = tensor.isVariable && offset !== onlinePlanned;
  const isPlanned = isActivation(tensor) && bytes !== 0 && !sources.resources.isHandle(graph, tensor.index);
  if (!isPlanned && !isFixedVariable) return undefined;
  return {
    kind: 'tensor',
    graph,
    index: tensor.index,
    name: tensor.name,
    bytes,
    first: sources.lifetimes.first[position],
    last: sources.lifetimes.last[position],
    ...(offset === onlinePlanned ? {} : { fixedOffset: offset }),
  };
}

function scratchBuffers(sources: BufferSources, tensorCount: number): readonly BufferToPlan[] {
  return sources.scratch.map((request, index) => {
    const graph = sources.model.graphs[request.graph];
    return {
      kind: 'scratch',
      graph,
      index: request.operator,
      name: `scratch of ${graph.operators[request.operator]?.kind ?? 'operator'}`,
      bytes: request.bytes,
      first: sources.lifetimes.first[tensorCount + index],
      last: sources.lifetimes.last[tensorCount + index],
    };
  });
}

/**
 * Variables that are kept for good: all but those that an offline plan places. The interpreter looks the offset up by
 * the tensor's index in its own graph, whichever graph that is.
 */
export function persistentVariables(model: Model, offline: OfflinePlan | undefined): readonly Tensor[] {
  return model.graphs.flatMap((graph) =>
    graph.tensors.filter(
      (tensor) => tensor.isVariable && (offline === undefined || offline[tensor.index] === onlinePlanned),
    ),
  );
}
