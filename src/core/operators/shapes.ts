import { bitsPerElement } from '../model/dataType';
import type { Graph, Operator, Tensor } from '../model/model';
import { decode } from '../model/values/stored';

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
  if (tensor?.type !== 'int32' && tensor?.type !== 'int64') return undefined;
  return shortConstant(tensor, mostIntegers * 8);
}

/** The values of a short constant of type int16; `undefined` for anything else. */
export function constantIntegers16(tensor: Tensor | undefined): readonly number[] | undefined {
  return tensor?.type === 'int16' ? shortConstant(tensor, mostIntegers * 2) : undefined;
}

/**
 * All whole elements that the data hold, whatever the shape says; `undefined` for data of more bytes than `mostBytes`.
 */
function shortConstant({ type, data }: Tensor, mostBytes: number): readonly number[] | undefined {
  if (data === undefined || data.length > mostBytes) return undefined;
  const values = decode(type, data, Math.floor((data.length * 8) / bitsPerElement[type]));
  return values && Array.from(values);
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
