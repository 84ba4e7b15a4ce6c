import { constantBytes, constantKey } from '../../model/constants';
import type { Model, Tensor } from '../../model/model';
import { writeTflite } from './writer';

/** What `writeTflite` aligns the bytes of constants to. */
const alignment = 16;

/** The format's sizes have 32 bits; a larger one, of a source file, takes as many bytes there. */
const largestSize = 2 ** 31 - 1;

/**
 * Size in bytes of the `.tflite` file that `writeTflite` makes of `model`, exact, with declared constants taken as if
 * they had bytes. No constant is copied: each is stood for by a few bytes that leave the alignment of what follows as
 * it is, and the rest is added.
 */
export function tfliteBytes(model: Model): number {
  const standIns = new Map<unknown, Uint8Array>();
  let leftOut = 0;
  const outlined = (tensor: Tensor): Tensor => {
    const shape = tensor.shape.map((size) => Math.min(size, largestSize));
    if (tensor.data === undefined && tensor.declared === undefined) return { ...tensor, shape };
    const key = constantKey(tensor);
    const bytes = constantBytes(tensor);
    const standIn = standIns.get(key) ?? new Uint8Array(bytes === 0 ? 0 : ((bytes - 1) % alignment) + 1);
    if (!standIns.has(key)) leftOut += bytes - standIn.byteLength;
    standIns.set(key, standIn);
    return { ...tensor, shape, data: standIn, declared: undefined };
  };
  const graphs = model.graphs.map((graph) => ({ ...graph, tensors: graph.tensors.map(outlined) }));
  return writeTflite({ ...model, formatVersion: 3, graphs }).byteLength + leftOut;
}
