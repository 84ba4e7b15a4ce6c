import { constantBytes, constantKey } from '../../model/constants';
import type { Model, Tensor } from '../../model/model';
import { layOutBuffers } from './writeBuffers';
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

/**
 * The size of the files of models that differ from `model` in the lengths of constants and in numbers that stand in
 * lists, and in nothing else: exact, with what stands before the constants laid out once. `undefined` for a model
 * without constants.
 */
export function sizesLike(model: Model): ((changed: Model) => number) | undefined {
  const count = layOutBuffers(model).tables.filter(isStored).length;
  if (count === 0) return undefined;
  const single = new Map<unknown, Uint8Array>();
  const shortened = (tensor: Tensor): Tensor => {
    if (tensor.data === undefined || tensor.data.byteLength === 0) return tensor;
    const data = single.get(tensor.data) ?? new Uint8Array(1);
    single.set(tensor.data, data);
    return { ...tensor, data };
  };
  const graphs = model.graphs.map((graph) => ({ ...graph, tensors: graph.tensors.map(shortened) }));
  const metadata = model.metadata.map((entry) => ({ ...entry, data: single.get(entry.data) ?? entry.data }));
  const outlined: Model = { ...model, formatVersion: 3, graphs, metadata };
  // All constants behind the first one begin where the one before them does, and as many bytes on as its own take.
  let first = writeTflite(outlined).byteLength;
  const lengths = layOutBuffers(outlined)
    .tables.filter(isStored)
    .map(({ byteLength }) => byteLength);
  first -= lengths[lengths.length - 1];
  for (const length of lengths.slice(0, -1)) first -= stride(length);
  return (changed) =>
    layOutBuffers(changed)
      .tables.filter(isStored)
      .reduce(({ start }, { byteLength }) => ({ end: start + byteLength, start: start + stride(byteLength) }), {
        end: first,
        start: first,
      }).end;
}

function isStored(data: Uint8Array | undefined): data is Uint8Array {
  return data !== undefined && data.byteLength > 0;
}

/** From where a constant begins to where the next one does: its length stands before each. */
function stride(byteLength: number): number {
  return Math.ceil((byteLength + 4) / alignment) * alignment;
}
