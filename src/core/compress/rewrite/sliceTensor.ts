import { elementCount, storedBytes } from '../../model/dataType';
import type { Quantization, Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import { elementLayout, packElements, unpackElements } from './storedElements';

/** For each axis the indices that stay, in ascending order; `undefined` where all stay. */
export type KeptIndices = readonly (readonly number[] | undefined)[];

/**
 * The tensor with only the kept indices of each axis: shape, per-channel quantization and, for a constant, its values.
 */
export function sliceTensor(tensor: Tensor, kept: KeptIndices): Tensor {
  return slicedWith(tensor, kept, sliceData);
}

/** As `sliceTensor`, but a constant's values are zeros: for costs, which follow from shapes alone. */
export function outlineTensor(tensor: Tensor, kept: KeptIndices): Tensor {
  return slicedWith(tensor, kept, ({ type, shape }, _data, indices) => {
    const elements = shape.reduce((product, size, axis) => product * (indices[axis]?.length ?? size), 1);
    return new Uint8Array(storedBytes(type, elements));
  });
}

type SliceData = (tensor: Tensor, data: Uint8Array, kept: KeptIndices) => Uint8Array;

function slicedWith(tensor: Tensor, kept: KeptIndices, slice: SliceData): Tensor {
  if (kept.every((indices) => indices === undefined)) return tensor;
  const shape = tensor.shape.map((size, axis) => kept[axis]?.length ?? size);
  return {
    ...tensor,
    shape,
    shapeSignature: tensor.shapeSignature?.map((size, axis) => (size < 0 ? size : shape[axis])),
    quantization: tensor.quantization && sliceQuantization(tensor.quantization, kept),
    data: tensor.data && slice(tensor, tensor.data, kept),
  };
}

function sliceQuantization(quantization: Quantization, kept: KeptIndices): Quantization {
  const indices = kept[quantization.axis];
  if (indices === undefined || quantization.scales.length < 2) return quantization;
  // Some converters write one zero point for many scales.
  const pick = (list: readonly number[]): readonly number[] =>
    list.length < 2 ? list : indices.map((index) => list[index]);
  return {
    ...quantization,
    scales: pick(quantization.scales),
    zeroPoints: pick(quantization.zeroPoints),
    min: quantization.min && pick(quantization.min),
    max: quantization.max && pick(quantization.max),
  };
}

function sliceData(tensor: Tensor, data: Uint8Array, kept: KeptIndices): Uint8Array {
  const layout = elementLayout(tensor.type);
  if (layout === undefined) {
    throw new HumanError(
      'constant-not-sliced',
      `"${tensor.name}" is a constant of type ${tensor.type}, from which no channels can be cut. Leave its layer as it is.`,
    );
  }
  const source = unpackElements(data, elementCount(tensor.shape), layout);
  const pieces = visitKept(tensor.shape, kept, layout.bytes);
  const result = new Uint8Array(pieces.total);
  let end = 0;
  for (const [start, length] of pieces.runs) {
    result.set(source.subarray(start, start + length), end);
    end += length;
  }
  return packElements(result, layout);
}

interface Runs {
  readonly total: number;
  readonly runs: Iterable<readonly [start: number, length: number]>;
}

/** Byte runs of the kept elements in row-major order; whole trailing axes are one run. */
function visitKept(shape: readonly number[], kept: KeptIndices, elementBytes: number): Runs {
  const strides = new Array<number>(shape.length).fill(elementBytes);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  const last = shape.reduce((latest, _, axis) => (kept[axis] === undefined ? latest : axis), 0);
  const total = shape.reduce((product, size, axis) => product * (kept[axis]?.length ?? size), elementBytes);
  function* walk(axis: number, offset: number): Generator<readonly [number, number]> {
    const indices = kept[axis] ?? Array.from({ length: shape[axis] }, (_, index) => index);
    for (const index of indices) {
      const start = offset + index * strides[axis];
      if (axis === last) yield [start, strides[axis]];
      else yield* walk(axis + 1, start);
    }
  }
  return { total, runs: walk(0, 0) };
}
