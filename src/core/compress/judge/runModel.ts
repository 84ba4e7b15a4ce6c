import type { TensorValue } from '../../execute/executable';
import type { FloatEngine } from '../../execute/floatEngine';
import { elementCount } from '../../model/dataType';
import type { Model } from '../../model/model';
import { realValuesOf } from '../../model/values/real';
import type { Samples } from '../../samples/samples';
import type { SampleRunOptions } from './runSamples';
import { runSamples } from './runSamples';

/** With what models are executed. */
export interface Runner extends Omit<SampleRunOptions, 'progress'> {
  readonly engine?: FloatEngine;
}

/**
 * The real values of graph 0's tensors `wanted` for all samples, one after another: float models by the engine where
 * there is one, all others as the device computes them.
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

async function evaluate(
  model: Model,
  samples: Samples,
  wanted: readonly number[],
  runner: Runner,
): Promise<ReadonlyMap<number, Float32Array>> {
  const [{ tensors, outputs }] = model.graphs;
  const sizes = new Map(wanted.map((index) => [index, elementCount(tensors[index].shape)]));
  const results = new Map(wanted.map((index) => [index, new Float32Array(samples.count * sizes.get(index)!)]));
  const keep = (sample: number, tensor: number, value: TensorValue): void =>
    results.get(tensor)?.set(realValuesOf(value, tensors[tensor]), sample * sizes.get(tensor)!);
  await runSamples(model, samples, runner, {
    layer: (sample, { graph, tensor, value }) => {
      if (graph.index === 0) keep(sample, tensor, value);
    },
    outputs: (sample, values) => values.forEach((value, position) => keep(sample, outputs[position], value)),
  });
  return results;
}
