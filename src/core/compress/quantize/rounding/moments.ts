import type { FloatProgram } from '../../../execute/floatEngine';
import type { Graph, Operator } from '../../../model/model';
import { isConstant } from '../../../model/model';
import type { Samples } from '../../../samples/samples';
import { chunks } from '../calibrate/observe';
import type { Patches } from '../../patches';
import { patchesOf } from '../../patches';

/** Sums over what the weights of one layer are multiplied with: how their errors go together in its output. */
export interface Moments {
  readonly patches: Patches;
  /** Patches that were added. */
  readonly count: number;
  /** By group. */
  readonly groups: readonly GroupMoments[];
}

export interface GroupMoments {
  readonly sums: Float64Array;
  /** By block of `blockLength` weights: products of all pairs within it, row after row, the lower triangle filled. */
  readonly products: readonly Float64Array[];
}

/**
 * Longer patches are taken in blocks, between which errors do not go together: memory and time grow with the square.
 */
export const blockLength = 640;

/** Patches of a layer that are looked at: spread over all samples and positions. */
const mostPatches = 4096;

/** The moments of all layers with constant weights of a float model, by operator. */
export async function momentsOf(
  graph: Graph,
  program: FloatProgram,
  samples: Samples,
  { signal, progress }: { readonly signal?: AbortSignal; readonly progress?: (share: number) => void },
): Promise<ReadonlyMap<number, Moments>> {
  const layers = graph.operators.flatMap((operator) => layerOf(operator, graph));
  const tensors = [...new Set(layers.map(({ operator }) => operator.inputs[0]))];
  for (const chunk of chunks(graph, samples, tensors)) {
    const values = await program.run(chunk.inputs, chunk.count, tensors, { signal, continues: chunk.first > 0 });
    for (const layer of layers) {
      const all = values.get(layer.operator.inputs[0])!;
      const elements = all.length / chunk.count;
      for (let sample = 0; sample < chunk.count; sample++) {
        layer.add(all.subarray(sample * elements, (sample + 1) * elements), chunk.first + sample, samples.count);
      }
      signal?.throwIfAborted();
    }
    progress?.((chunk.first + chunk.count) / samples.count);
  }
  return new Map(layers.map((layer) => [layer.operator.index, layer.moments]));
}

function layerOf(operator: Operator, graph: Graph): readonly Layer[] {
  const input = graph.tensors[operator.inputs[0] ?? -1];
  const weights = graph.tensors[operator.inputs[1] ?? -1];
  if (input?.type !== 'float32' || weights === undefined || !isConstant(weights) || isConstant(input)) return [];
  const patches = patchesOf(operator, graph);
  return patches === undefined ? [] : [new Layer(operator, patches)];
}

class Layer {
  readonly operator: Operator;
  readonly #patches: Patches;
  readonly #groups: readonly GroupMoments[];
  readonly #patch: Float64Array;
  #count = 0;

  constructor(operator: Operator, patches: Patches) {
    this.operator = operator;
    this.#patches = patches;
    this.#patch = new Float64Array(patches.length);
    this.#groups = Array.from({ length: patches.groups }, () => emptyGroup(patches.length));
  }

  get moments(): Moments {
    return { patches: this.#patches, count: this.#count, groups: this.#groups };
  }

  /** Adds patches of one of `samples` samples. */
  add(values: Float32Array, sample: number, samples: number): void {
    const { positions, groups } = this.#patches;
    const taken = Math.min(positions, Math.ceil(mostPatches / samples));
    // Each sample starts elsewhere, so that no position is left out in all of them.
    const shift = (sample * goldenShare) % 1;
    for (let step = 0; step < taken; step++) {
      const position = Math.floor(((step + shift) * positions) / taken);
      for (let group = 0; group < groups; group++) {
        this.#patches.read(values, position, group, this.#patch);
        addTo(this.#groups[group], this.#patch);
      }
    }
    this.#count += taken;
  }
}

const goldenShare = 0.6180339887;

function emptyGroup(length: number): GroupMoments {
  const blocks = Array.from({ length: Math.ceil(length / blockLength) }, (_, block) =>
    Math.min(blockLength, length - block * blockLength),
  );
  return { sums: new Float64Array(length), products: blocks.map((size) => new Float64Array(size * size)) };
}

function addTo({ sums, products }: GroupMoments, patch: Float64Array): void {
  for (let index = 0; index < patch.length; index++) sums[index] += patch[index];
  products.forEach((matrix, block) => {
    const first = block * blockLength;
    const size = Math.min(blockLength, patch.length - first);
    for (let row = 0; row < size; row++) {
      const value = patch[first + row];
      if (value === 0) continue;
      const at = row * size;
      for (let column = 0; column <= row; column++) matrix[at + column] += value * patch[first + column];
    }
  });
}
