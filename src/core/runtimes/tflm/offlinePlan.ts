import type { Model } from '../../model/model';

/** Offset of every tensor of all graphs as a file fixes it; -1 leaves the placement to the planner. */
export type OfflinePlan = Int32Array;

type OfflinePlanResult =
  { readonly valid: true; readonly plan: OfflinePlan | undefined } | { readonly valid: false; readonly reason: string };

/** Name of the metadata that hold an offline plan. */
export const offlinePlanName = 'OfflineMemoryAllocation';
/** Marks a tensor that is not placed offline. */
export const onlinePlanned = -1;

/**
 * The offline plan of a model: metadata of 32-bit integers, of which the third is the number of tensors and the rest
 * are offsets. The last entry of that name counts. Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/micro_allocation_info.cc and tensorflow/lite/micro/docs/memory_management.md.
 */
export function offlinePlanOf(model: Model, tensorCount: number): OfflinePlanResult {
  const entry = model.metadata.filter(({ name }) => name === offlinePlanName).at(-1);
  if (entry === undefined) return { valid: true, plan: undefined };
  return readOfflinePlan(entry.data, tensorCount);
}

/** As `offlinePlanOf`, of the bytes of the metadata. */
export function readOfflinePlan(data: Uint8Array, tensorCount: number): OfflinePlanResult {
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

/** The bytes of `data`, a plan, with these offsets instead of its own. */
export function withOffsets(data: Uint8Array, plan: OfflinePlan): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const words = [view.getInt32(0, true), view.getInt32(4, true), plan.length, ...plan];
  const result = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, index) => result.setInt32(4 * index, word, true));
  return new Uint8Array(result.buffer);
}
