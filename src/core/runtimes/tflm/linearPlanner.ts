/**
 * Most buffers that the planner can hold. Source: kMaxBufferCount in
 * tensorflow/lite/micro/memory_planner/linear_memory_planner.h.
 */
export const mostLinearBuffers = 1024;

/**
 * Offsets of buffers one after another, none shared: what the interpreter does when it is to preserve all tensors.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/memory_planner/linear_memory_planner.cc.
 */
export function planLinearly(buffers: readonly { readonly bytes: number }[]): readonly number[] {
  let end = 0;
  return buffers.map(({ bytes }) => (end += bytes) - bytes);
}
