import type { LayerValue, Rounding, TensorValue } from '../../execute/executable';
import { inputBytes } from '../../execute/inputBytes';
import { prepare } from '../../execute/prepare';
import type { Model } from '../../model/model';
import type { Samples } from '../../samples/samples';
import { isStream } from '../../samples/stream';

export interface SampleRunOptions {
  readonly rounding: Rounding;
  readonly signal?: AbortSignal;
  /** Lets messages in, an order to stop among them; called now and then. */
  readonly pause?: () => Promise<void>;
  readonly progress?: (share: number) => void;
}

/** What is told of each sample: what its operators compute, and then its outputs. Values may be overwritten later. */
interface SampleVisitor {
  layer?(sample: number, layer: LayerValue): void;
  outputs?(sample: number, outputs: readonly TensorValue[]): void;
}

const samplesBetweenPauses = 4;

/**
 * Executes a model on every sample as the device would: real numbers become what its inputs take, and states are reset
 * with each sample, but for a stream, whose samples follow one another.
 */
export async function runSamples(
  model: Model,
  { inputs: all, count }: Pick<Samples, 'inputs' | 'count'>,
  { rounding, signal, pause, progress }: SampleRunOptions,
  visitor: SampleVisitor,
): Promise<void> {
  const [graph] = model.graphs;
  const executable = prepare(model, { rounding });
  const isFresh = !isStream(graph);
  for (let sample = 0; sample < count; sample++) {
    if (sample % samplesBetweenPauses === 0) await pause?.();
    signal?.throwIfAborted();
    if (isFresh) executable.reset();
    const inputs = graph.inputs.map((index, position) => {
      const size = all[position].length / count;
      const values = all[position].subarray(sample * size, (sample + 1) * size);
      return inputBytes(graph.tensors[index], { values, areReal: true });
    });
    const outputs = executable.invoke(inputs, (layer) => visitor.layer?.(sample, layer));
    visitor.outputs?.(sample, outputs);
    progress?.((sample + 1) / count);
  }
}
