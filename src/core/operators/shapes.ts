import type { Graph, Operator, Tensor } from '../model/model';

/** The tensor at input `position`, or `undefined` when the operator has none there. */
export function inputTensor(operator: Operator, graph: Graph, position: number): Tensor | undefined {
  return graph.tensors[operator.inputs[position] ?? -1];
}

/** The tensor at output `position`, or `undefined` when the operator has none there. */
export function outputTensor(operator: Operator, graph: Graph, position: number): Tensor | undefined {
  return graph.tensors[operator.outputs[position] ?? -1];
}

/** The size along `axis` (negative: from the end); `undefined` when there is no such axis or its size is not known. */
export function dimension(tensor: Tensor | undefined, axis: number): number | undefined {
  const size = tensor?.shape.at(axis);
  return size === undefined || !(size >= 0) ? undefined : size;
}

/** Product of the factors; `undefined` when one is not known, or when the product is no exact integer (past 2^53). */
export function product(...factors: readonly (number | undefined)[]): number | undefined {
  return productOf(factors);
}

/** As `product`, of a list that may be long. */
export function productOf(factors: readonly (number | undefined)[]): number | undefined {
  let result = 1;
  for (const factor of factors) {
    if (factor === undefined || !(factor >= 0)) return undefined;
    result *= factor;
  }
  return Number.isSafeInteger(result) ? result : undefined;
}

/** Number of elements; `undefined` when a dimension is not known. */
export function elements(tensor: Tensor | undefined): number | undefined {
  return tensor === undefined ? undefined : productOf(tensor.shape);
}

/** Axes, sizes and paddings are short; a longer list in a model is not what it claims to be. */
const mostIntegers = 1024;

/** The values of a short constant of type int32 or int64; `undefined` for anything else. */
export function constantIntegers(tensor: Tensor | undefined): readonly number[] | undefined {
  if (tensor?.data === undefined) return undefined;
  const { data, type } = tensor;
  if (data.length > mostIntegers * 8) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'int32') return Array.from({ length: data.length >> 2 }, (_, index) => view.getInt32(index * 4, true));
  if (type !== 'int64') return undefined;
  return Array.from({ length: data.length >> 3 }, (_, index) => Number(view.getBigInt64(index * 8, true)));
}

/** The values of a short constant of type int16; `undefined` for anything else. */
export function constantIntegers16(tensor: Tensor | undefined): readonly number[] | undefined {
  if (tensor?.data === undefined || tensor.type !== 'int16' || tensor.data.length > mostIntegers * 2) return undefined;
  const { data } = tensor;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length >> 1 }, (_, index) => view.getInt16(index * 2, true));
}

/** Numbers as text, of a long list only the first ones: `1,2,3`. */
export function listText(values: readonly number[]): string {
  return values.length > mostShown ? `${values.slice(0, mostShown).join(',')},…` : values.join(',');
}

const mostShown = 16;

/** A tensor's type and shape as text: `int8[1,49,10,1]`. */
export function shapeText(tensor: Tensor): string {
  return `${tensor.type}[${listText(tensor.shape)}]`;
}
