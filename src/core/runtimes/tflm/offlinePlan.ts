import type { Model } from '../../model/model';

/** Offset of every tensor of all graphs as a file fixes it; -1 leaves the placement to the planner. */
export type OfflinePlan = Int32Array;

export type OfflinePlanResult =
  { readonly valid: true; readonly plan: OfflinePlan | undefined } | { readonly valid: false; readonly reason: string };

const metadataName = 'OfflineMemoryAllocation';
/** Marks a tensor that is not placed offline. */
export const onlinePlanned = -1;

/**
 * The offline plan of a model: metadata of 32-bit integers, of which the third is the number of tensors and the rest are offsets.
 * The last entry of that name counts. Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/micro_allocation_info.cc and
 * tensorflow/lite/micro/docs/memory_management.md.
 */
export function offlinePlanOf(model: Model, tensorCount: number): OfflinePlanResult {
  const entry = model.metadata.filter(({ name }) => name === metadataName).at(-1);
  if (entry === undefined) return { valid: true, plan: undefined };
  const { data } = entry;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = data.byteLength >= 12 ? view.getInt32(8, true) : 0;
  if (count !== tensorCount || data.byteLength < 12 + 4 * tensorCount) {
    return { valid: false, reason: wrongCount(count, tensorCount) };
  }
  const plan = Int32Array.from({ length: tensorCount }, (_, index) => view.getInt32(12 + 4 * index, true));
  if (plan.some((offset) => offset < onlinePlanned)) {
    return { valid: false, reason: 'The offline memory plan of the model has a negative offset. Make the plan again.' };
  }
  return { valid: true, plan };
}

function wrongCount(count: number, tensorCount: number): string {
  return (
    `The offline memory plan of the model is for ${count} tensors but the model has ${tensorCount}, so AllocateTensors() fails. ` +
    'Make the plan again, or remove the metadata OfflineMemoryAllocation.'
  );
}
