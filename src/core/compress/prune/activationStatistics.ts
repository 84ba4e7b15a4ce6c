import type { FloatEngine } from '../../execute/floatEngine';
import { elementCount } from '../../model/dataType';
import type { Model } from '../../model/model';
import type { Samples } from '../../samples/samples';

/** What each channel (last axis) of a tensor held over samples and places, in real numbers. */
export interface ChannelStatistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Bytes of observed values that are held at once. */
const heldBytes = 64 * 2 ** 20;

/** Means and variances of tensors (by index in graph 0) of a float model over samples. */
export async function activationStatistics(
  engine: FloatEngine,
  model: Model,
  { samples, tensors }: { readonly samples: Samples; readonly tensors: readonly number[] },
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, ChannelStatistics>> {
  const [graph] = model.graphs;
  const sums = new Map(tensors.map((index) => [index, new Sums(graph.tensors[index].shape.at(-1) ?? 1)]));
  const elements = tensors.reduce((sum, index) => sum + elementCount(graph.tensors[index].shape), 0);
  const atOnce = Math.max(1, Math.floor(heldBytes / 4 / Math.max(1, elements)));
  const program = await engine.load(model);
  try {
    for (let first = 0; first < samples.count; first += atOnce) {
      const count = Math.min(atOnce, samples.count - first);
      const inputs = samples.inputs.map((values) => {
        const size = values.length / samples.count;
        return values.subarray(first * size, (first + count) * size);
      });
      const observed = await program.run(inputs, count, tensors, { signal, continues: first > 0 });
      for (const [index, values] of observed) sums.get(index)!.add(values);
    }
  } finally {
    program.dispose();
  }
  return new Map([...sums].map(([index, sum]) => [index, sum.statistics()]));
}

class Sums {
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(channels: number) {
    this.#sum = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
  }

  add(values: Float32Array): void {
    const channels = this.#sum.length;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      this.#sum[index % channels] += value;
      this.#squares[index % channels] += value * value;
    }
    this.#count += values.length / channels;
  }

  statistics(): ChannelStatistics {
    const count = Math.max(1, this.#count);
    const mean = this.#sum.map((sum) => sum / count);
    return { mean, variance: this.#squares.map((sum, channel) => Math.max(0, sum / count - mean[channel] ** 2)) };
  }
}
