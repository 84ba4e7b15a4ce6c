import { elementCount } from '../../../model/dataType';
import type { Graph, Model } from '../../../model/model';
import type { FloatProgram } from '../../../execute/floatEngine';
import type { Samples } from '../../../samples/samples';

/** What the float model answers to some samples: values of tensors of its graph 0, all samples one after another. */
export interface Reference {
  readonly graph: Graph;
  readonly samples: Samples;
  readonly values: ReadonlyMap<number, Float32Array>;
}

/** Executes the float model on samples and keeps the values of `tensors`. */
export async function referenceOf(
  { graphs: [graph] }: Model,
  program: FloatProgram,
  samples: Samples,
  { tensors, signal }: { tensors: readonly number[]; signal?: AbortSignal },
): Promise<Reference> {
  const values = await program.run(samples.inputs, samples.count, [...new Set(tensors)], { signal });
  return { graph, samples, values };
}

/** The values of one tensor in one sample. */
export function valueIn({ graph, values }: Reference, tensor: number, sample: number): Float32Array {
  const elements = elementCount(graph.tensors[tensor].shape);
  return values.get(tensor)!.subarray(sample * elements, (sample + 1) * elements);
}
