import { elementCount } from '../../../model/dataType';
import type { Graph } from '../../../model/model';
import { HumanError } from '../../../model/problem';
import type { FloatProgram } from '../../../execute/floatEngine';
import type { Samples } from '../../../samples/samples';
import { pickSamples } from '../../../samples/samples';
import { GrowingHistogram } from './histogram';

/** What was seen of one float value over all samples. */
interface Observed {
  readonly histogram: GrowingHistogram;
  /** Mean over samples of every element. */
  readonly mean: Float64Array;
  /** Largest magnitude of every channel (index along the last dimension). */
  readonly channelMost: Float64Array;
}

export type Observations = ReadonlyMap<number, Observed>;

/** Bytes of observed values that are held at once. */
const chunkBytes = 48 * 2 ** 20;

/**
 * Executes a float model on samples and keeps of every value of `tensors` what calibration needs. Memory is bounded by
 * chunks of samples.
 * @throws HumanError `quantize-not-finite` where a value is not finite, naming the first such tensor and the sample.
 */
export async function observe(
  graph: Graph,
  program: FloatProgram,
  samples: Samples,
  {
    tensors,
    signal,
    progress,
    continues = false,
  }: {
    tensors: readonly number[];
    signal?: AbortSignal;
    progress?: (share: number) => void;
    /** True where the samples follow those that were executed last. */
    continues?: boolean;
  },
): Promise<Observations> {
  const observed = new Map(tensors.map((index) => [index, emptyObserved(graph.tensors[index].shape)]));
  for (const chunk of chunks(graph, samples, tensors)) {
    const values = await program.run(chunk.inputs, chunk.count, tensors, {
      signal,
      continues: continues || chunk.first > 0,
    });
    for (const [index, seen] of values) {
      checkFinite(graph, index, seen, chunk);
      addTo(observed.get(index)!, seen, samples.count);
    }
    progress?.((chunk.first + chunk.count) / samples.count);
  }
  return observed;
}

/** What two disjoint sets of samples showed together; `share` is the part of all samples that the first one holds. */
export function mergeObservations(first: Observations, second: Observations, share: number): Observations {
  return new Map(
    [...first].map(([index, left]) => {
      const right = second.get(index)!;
      const both: Observed = {
        histogram: left.histogram.with(right.histogram),
        mean: left.mean.map((value, element) => share * value + (1 - share) * right.mean[element]),
        channelMost: left.channelMost.map((value, channel) => Math.max(value, right.channelMost[channel])),
      };
      return [index, both] as const;
    }),
  );
}

type Chunk = Samples & { readonly first: number };

/** Samples in pieces whose values of `tensors` fit into memory. */
export function* chunks(graph: Graph, samples: Samples, tensors: readonly number[]): Iterable<Chunk> {
  const elements = tensors.reduce((sum, index) => sum + elementCount(graph.tensors[index].shape), 0);
  const most = Math.max(1, Math.floor(chunkBytes / (4 * Math.max(1, elements))));
  for (let first = 0; first < samples.count; first += most) {
    const count = Math.min(most, samples.count - first);
    const indices = Array.from({ length: count }, (_, index) => first + index);
    yield { ...pickSamples(samples, indices), first };
  }
}

function emptyObserved(shape: readonly number[]): Observed {
  return {
    histogram: new GrowingHistogram(),
    mean: new Float64Array(elementCount(shape)),
    channelMost: new Float64Array(shape.at(-1) ?? 1),
  };
}

function addTo({ histogram, mean, channelMost }: Observed, values: Float32Array, samples: number): void {
  histogram.add(values);
  const [elements, channels] = [mean.length, channelMost.length];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    mean[index % elements] += value / samples;
    const magnitude = value < 0 ? -value : value;
    if (magnitude > channelMost[index % channels]) channelMost[index % channels] = magnitude;
  }
}

function checkFinite({ tensors }: Graph, index: number, values: Float32Array, chunk: Chunk): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const sample = Math.floor(at / elementCount(tensors[index].shape));
  const name = chunk.names?.[sample] ?? `sample ${chunk.first + sample + 1}`;
  throw new HumanError(
    'quantize-not-finite',
    `"${tensors[index].name}" becomes ${values[at]} with ${name}, so that it has no range. Check the scaling of the data, and the model's weights.`,
  );
}
