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
    const from = hasBit(range.beginMask, axis) ? edges[0] : limitIndex(begin, size, stride);
    const to = hasBit(range.endMask, axis) ? edges[1] : limitIndex(end, size, stride);
    lengths.push(size === 0 ? 0 : Math.max(0, Math.ceil((to - from) / stride)));
  }
  return lengths;
}

/** As TF Lite reads it: with new axes and one ellipsis, and the dimensions that are not named taken whole. */
interface StridedSpec extends StridedRange {
  readonly newAxisMask: number;
  readonly ellipsisMask: number;
}

/**
 * The shape of a strided slice by TF Lite's rules. Source: BuildStridedSliceParams in
 * tensorflow/lite/kernels/strided_slice.cc.
 */
export function stridedLengths(spec: StridedSpec): readonly number[] | undefined {
  const { sizes, begin, newAxisMask, ellipsisMask, shrinkMask } = spec;
  const entries = begin.length;
  const isNew = (entry: number): boolean => hasBit(newAxisMask, entry) && !hasBit(ellipsisMask, entry);
  const named = begin.filter((_, entry) => !isNew(entry) && !hasBit(ellipsisMask, entry)).length;
  const lengths: number[] = [];
  let axis = 0;
  for (let entry = 0; entry < entries; entry++) {
    if (hasBit(ellipsisMask, entry)) {
      const whole = Math.max(0, sizes.length - named);
      lengths.push(...sizes.slice(axis, axis + whole));
      axis += whole;
    } else if (isNew(entry)) {
      lengths.push(1);
    } else {
      const one = oneLength(spec, entry, sizes[axis]);
      if (one === undefined) return undefined;
      if (!hasBit(shrinkMask, entry)) lengths.push(one);
      axis++;
    }
  }
  return [...lengths, ...sizes.slice(axis)];
}

function oneLength(spec: StridedSpec, entry: number, size: number | undefined): number | undefined {
  if (size === undefined) return undefined;
  const bit = (mask: number): number => (hasBit(mask, entry) ? 1 : 0);
  const [length] =
    sliceLengths({
      sizes: [size],
      begin: [spec.begin[entry]],
      end: [spec.end[entry]],
      strides: [spec.strides[entry]],
      beginMask: bit(spec.beginMask),
      endMask: bit(spec.endMask),
      shrinkMask: 0,
    }) ?? [];
  return length;
}

function limitIndex(index: number, size: number, stride: number): number {
  const counted = index < 0 ? index + size : index;
  return stride > 0 ? Math.min(Math.max(counted, 0), size) : Math.min(Math.max(counted, -1), size - 1);
}

function hasBit(mask: number, axis: number): boolean {
  return (mask & (1 << axis)) !== 0;
}
