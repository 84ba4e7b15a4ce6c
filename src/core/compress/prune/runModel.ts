import { realValues } from '../../execute/constantValues';
import type { Rounding } from '../../execute/executable';
import type { FloatEngine } from '../../execute/floatEngine';
import { prepare } from '../../execute/prepare';
import { elementCount } from '../../model/dataType';
import type { Model, Tensor } from '../../model/model';
import type { Samples } from '../../samples/samples';

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
  const sizes = new Map(wanted.map((index) => [index, elementCount(graph.tensors[index].shape)]));
  const results = new Map(wanted.map((index) => [index, new Float32Array(samples.count * sizes.get(index)!)]));
  for (let sample = 0; sample < samples.count; sample++) {
    if (sample % samplesBetweenPauses === 0) await pause?.();
    signal?.throwIfAborted();
    const inputs = graph.inputs.map((index, position) => {
      const size = samples.inputs[position].length / samples.count;
      return storedBytes(graph.tensors[index], samples.inputs[position].subarray(sample * size, (sample + 1) * size));
    });
    executable.invoke(inputs, ({ tensor, value }) => {
      const target = results.get(tensor);
      if (target === undefined) return;
      target.set(realValues({ ...graph.tensors[tensor], data: value.bytes })!, sample * sizes.get(tensor)!);
    });
  }
  return results;
}

/** Real values as the bytes of an input: rounded to the nearest integer of its scale, and clamped. */
export function storedBytes({ type, quantization }: Tensor, values: Float32Array): Uint8Array {
  if (type === 'float32') return new Uint8Array(values.slice().buffer);
  const [scale, zeroPoint] = [quantization?.scales[0] ?? 1, quantization?.zeroPoints[0] ?? 0];
  const round = (value: number): number => Math.round(value / scale) + zeroPoint;
  const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
  const makers: Readonly<Record<string, () => ArrayBufferView>> = {
    int8: () => Int8Array.from(values, (value) => clamp(round(value), -128, 127)),
    uint8: () => Uint8Array.from(values, (value) => clamp(round(value), 0, 255)),
    int16: () => Int16Array.from(values, (value) => clamp(round(value), -32768, 32767)),
    int32: () => Int32Array.from(values, round),
    bool: () => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
  };
  const array = makers[type]?.() ?? values.slice();
  return new Uint8Array(array.buffer);
}
