/** What a strided slice takes along each dimension: one entry of every list for each entry of `sizes`, masks by bit. */
export interface StridedRange {
  readonly sizes: readonly number[];
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly strides: readonly number[];
  /** Dimensions that begin at their start whatever `begin` says. */
  readonly beginMask: number;
  /** Dimensions that go to their end whatever `end` says. */
  readonly endMask: number;
  /** Dimensions of which one element is taken, and which are dropped. */
  readonly shrinkMask: number;
}

/**
 * The shape of a strided slice by TFLM's own rules; `undefined` when an entry is lacking or a stride is 0.
 * Source: kernels/internal/strided_slice_logic.h and CheckOutputSize in kernels/strided_slice_common.cc.
 */
export function sliceLengths(range: StridedRange): readonly number[] | undefined {
  const lengths: number[] = [];
  for (const axis of range.sizes.keys()) {
    const stride = range.strides[axis];
    const begin = range.begin[axis];
    const end = range.end[axis];
    if (stride === undefined || stride === 0 || begin === undefined || end === undefined) return undefined;
    if (hasBit(range.shrinkMask, axis)) continue;
    const size = range.sizes[axis];
    const edges = stride > 0 ? ([0, size] as const) : ([size - 1, -1] as const);
    const from = hasBit(range.beginMask, axis) ? edges[0] : limited(begin, size, stride);
    const to = hasBit(range.endMask, axis) ? edges[1] : limited(end, size, stride);
    lengths.push(size === 0 ? 0 : Math.max(0, Math.ceil((to - from) / stride)));
  }
  return lengths;
}

function limited(index: number, size: number, stride: number): number {
  const counted = index < 0 ? index + size : index;
  return stride > 0 ? Math.min(Math.max(counted, 0), size) : Math.min(Math.max(counted, -1), size - 1);
}

function hasBit(mask: number, axis: number): boolean {
  return (mask & (1 << axis)) !== 0;
}
