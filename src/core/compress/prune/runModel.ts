import type { Rounding } from '../../execute/executable';
import type { FloatEngine } from '../../execute/floatEngine';
import { inputBytes } from '../../execute/inputBytes';
import { prepare } from '../../execute/prepare';
import { elementCount } from '../../model/dataType';
import type { Model } from '../../model/model';
import type { Samples } from '../../samples/samples';
import { isStream } from '../../samples/stream';
import { realValuesOf } from '../../model/values/real';

/** With what models are executed. */
export interface Runner {
  readonly engine?: FloatEngine;
  readonly rounding: Rounding;
  readonly pause?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * The real values of graph 0's tensors `wanted` for all samples, one after another: float models by the engine where there is one, all others as
 * the device computes them.
 */
export async function runModel(
  model: Model,
  samples: Samples,
  wanted: readonly number[],
  runner: Runner,
): Promise<ReadonlyMap<number, Float32Array>> {
  const [graph] = model.graphs;
  const isFloat = graph.tensors.every(({ type, data }) => data !== undefined || type === 'float32');
  if (isFloat && runner.engine !== undefined) {
    const program = await runner.engine.load(model);
    try {
      return await program.run(samples.inputs, samples.count, wanted, { signal: runner.signal });
    } finally {
      program.dispose();
    }
  }
  return evaluate(model, samples, wanted, runner);
}

const samplesBetweenPauses = 4;

async function evaluate(
  model: Model,
  samples: Samples,
  wanted: readonly number[],
  { rounding, pause, signal }: Runner,
): Promise<ReadonlyMap<number, Float32Array>> {
  const [graph] = model.graphs;
  const executable = prepare(model, { rounding });
  const isFresh = !isStream(graph);
  const sizes = new Map(wanted.map((index) => [index, elementCount(graph.tensors[index].shape)]));
  const results = new Map(wanted.map((index) => [index, new Float32Array(samples.count * sizes.get(index)!)]));
  for (let sample = 0; sample < samples.count; sample++) {
    if (sample % samplesBetweenPauses === 0) await pause?.();
    signal?.throwIfAborted();
    if (isFresh) executable.reset();
    const inputs = graph.inputs.map((index, position) => {
      const size = samples.inputs[position].length / samples.count;
      const values = samples.inputs[position].subarray(sample * size, (sample + 1) * size);
      return inputBytes(graph.tensors[index], { values, areReal: true });
    });
    executable.invoke(inputs, ({ tensor, value }) => {
      const target = results.get(tensor);
      if (target === undefined) return;
      target.set(realValuesOf(value, graph.tensors[tensor]), sample * sizes.get(tensor)!);
    });
  }
  return results;
}
