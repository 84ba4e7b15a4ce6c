import type { Model, Tensor } from '../../../model/model';
import { countText } from '../../wording';
import type { CleanStep } from '../cleanStep';

/** Lets constants with equal bytes share one buffer. */
export const duplicates: CleanStep = {
  id: 'duplicates',
  apply: (model) => {
    const buffers = new Buffers();
    const graphs = model.graphs.map((graph) => ({
      ...graph,
      tensors: graph.tensors.map((each) => shareBuffer(each, buffers)),
    }));
    if (buffers.savedBytes === 0) return undefined;
    return {
      model: { ...model, graphs } satisfies Model,
      decisions: [
        `${countText(buffers.shared, 'buffer')} held the same bytes as another one, which now serves both: ${buffers.savedBytes} bytes less.`,
      ],
    };
  },
};

function shareBuffer(tensor: Tensor, buffers: Buffers): Tensor {
  if (tensor.data === undefined || tensor.data.length === 0 || tensor.isVariable) return tensor;
  const data = buffers.first(tensor.data);
  return data === tensor.data ? tensor : { ...tensor, data };
}

class Buffers {
  /** By length and a sum of the bytes: equal keys are compared. */
  readonly #known = new Map<string, Uint8Array[]>();
  readonly #seen = new Map<Uint8Array, Uint8Array>();
  savedBytes = 0;
  shared = 0;

  /** The first array with these bytes. */
  first(data: Uint8Array): Uint8Array {
    const seen = this.#seen.get(data);
    if (seen !== undefined) return seen;
    const key = keyOf(data);
    const candidates = this.#known.get(key) ?? [];
    this.#known.set(key, candidates);
    const equal = candidates.find((other) => other.every((byte, index) => byte === data[index]));
    if (equal === undefined) candidates.push(data);
    else {
      this.savedBytes += data.length;
      this.shared += 1;
    }
    this.#seen.set(data, equal ?? data);
    return equal ?? data;
  }
}

/** FNV-1a over the bytes, with their number. */
function keyOf(data: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${data.length} ${hash}`;
}
