import type { Model } from '../../model/model';
import type { PlannedBuffer } from '../../runtimes/facts';
import { graphOffsets, tensorCount } from '../../runtimes/tflm/lifetimes';
import { offlinePlanName, onlinePlanned, withOffsets } from '../../runtimes/tflm/offlinePlan';

/** Version 1 of the format, for graph 0; the offsets are those of the tensors of all graphs. */
const header = new Uint8Array(new Int32Array([1, 0, 0]).buffer);

/** The model without an offline plan. */
export function withoutPlan(model: Model): Model {
  return { ...model, metadata: model.metadata.filter(({ name }) => name !== offlinePlanName) };
}

/**
 * The model with the tensors among `buffers` at these offsets. Scratch buffers have no index that a file could name:
 * the interpreter's planner places them around the tensors.
 */
export function withPlan(model: Model, buffers: readonly PlannedBuffer[], offsets: ArrayLike<number>): Model {
  const starts = graphOffsets(model);
  const plan = new Int32Array(tensorCount(model)).fill(onlinePlanned);
  buffers.forEach((buffer, position) => {
    if (buffer.kind === 'tensor') plan[starts[buffer.graph] + buffer.index] = offsets[position];
  });
  return withPlanOffsets(model, plan);
}

function withPlanOffsets(model: Model, plan: Int32Array): Model {
  leaveVariablesOut(model, plan);
  const data = withOffsets(header, plan);
  return { ...model, metadata: [...withoutPlan(model).metadata, { name: offlinePlanName, data }] };
}

/**
 * The interpreter looks a variable's entry up by its index in its own graph, so that for a variable of another graph
 * the entry of a tensor of graph 0 decides: those entries are left to the planner too.
 */
function leaveVariablesOut(model: Model, plan: Int32Array): void {
  for (const { tensors } of model.graphs) {
    for (const tensor of tensors) if (tensor.isVariable) plan[tensor.index] = onlinePlanned;
  }
}
