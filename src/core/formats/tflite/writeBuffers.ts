import type { Model, OptionValue } from '../../model/model';

/** Which buffer each constant goes to. */
export interface BufferLayout {
  /** Contents in order; absent ones are empty. Number 0 is always empty: it stands for "no data". */
  readonly tables: readonly (Uint8Array | undefined)[];
  /** The buffer that holds this very array; 0 for an empty one. */
  readonly indexOf: (data: Uint8Array) => number;
  /** Buffers of the old list of metadata buffers. */
  readonly oldMetadata: readonly number[];
}

/**
 * Gives every distinct array one buffer, in order of use. Buffers that only metadata may name keep the index that they
 * had, so that what names them (such as TFLM's compression metadata) still finds them.
 */
export function layOutBuffers(model: Model): BufferLayout {
  const kept = keptBuffers(model.preserved?.unreferencedBuffers);
  const tables: (Uint8Array | undefined)[] = Array.from(
    { length: [...kept.keys()].reduce((highest, index) => Math.max(highest, index), 0) + 1 },
    (_none, index) => kept.get(index),
  );
  const indices = new Map<Uint8Array, number>();
  let next = 1;
  const place = (data: Uint8Array): void => {
    if (data.byteLength === 0 || indices.has(data)) return;
    while (kept.has(next)) next += 1;
    tables[next] = data;
    indices.set(data, next);
    next += 1;
  };
  const oldMetadata = listOf(model.preserved?.metadataBuffer).filter((data) => data instanceof Uint8Array);
  for (const graph of model.graphs) {
    for (const tensor of graph.tensors) if (tensor.data !== undefined) place(tensor.data);
  }
  for (const data of oldMetadata) place(data);
  for (const entry of model.metadata) place(entry.data);
  const indexOf = (data: Uint8Array): number => indices.get(data) ?? 0;
  return { tables, indexOf, oldMetadata: oldMetadata.map(indexOf) };
}

function keptBuffers(preserved: OptionValue): ReadonlyMap<number, Uint8Array> {
  const kept = new Map<number, Uint8Array>();
  for (const entry of listOf(preserved)) {
    if (typeof entry !== 'object' || !('index' in entry)) continue;
    const { index, data } = entry;
    if (typeof index === 'number' && index > 0 && data instanceof Uint8Array) kept.set(index, data);
  }
  return kept;
}

function listOf(value: OptionValue): readonly OptionValue[] {
  return Array.isArray(value) ? (value as readonly OptionValue[]) : [];
}
