import type { LayerValue, TensorValue } from '../../../execute/executable';
import { realValuesOf } from '../../../model/values/real';
import type { Answers } from '../../judge/answers';
import { answersFrom } from '../../judge/answers';
import { ErrorSums } from '../../judge/errorSums';
import { judgedTensors } from '../../judge/judgedOutputs';
import type { SampleRunOptions } from '../../judge/runSamples';
import { runSamples } from '../../judge/runSamples';
import { neededValues } from '../calibrate/needed';
import type { QuantizedGraph } from '../quantizedGraph';
import type { Reference } from './reference';
import { valueIn } from './reference';

/** What a quantized graph answers to all samples of a reference. */
export interface Measured {
  readonly answers: Answers;
  /**
   * How far it is from the reference, by tensor of the float graph: every one that the reference has and an operator of
   * the result computes.
   */
  readonly tensors: ReadonlyMap<number, ErrorSums>;
}

/** Executes the quantized graph on every sample of `reference` as the device would, and compares. */
export async function measure(
  quantized: QuantizedGraph,
  reference: Reference,
  options: SampleRunOptions,
): Promise<Measured> {
  const measuring = new Measuring(quantized, reference);
  await runSamples(quantized.model, reference.samples, options, {
    layer: (sample, layer) => measuring.layer(sample, layer),
    outputs: (sample, outputs) => measuring.outputs(sample, outputs),
  });
  return { answers: answersFrom(reference.graph, measuring.values), tensors: measuring.sums };
}

class Measuring {
  readonly #quantized: QuantizedGraph;
  readonly #reference: Reference;
  readonly #judged: ReadonlySet<number>;
  readonly sums: ReadonlyMap<number, ErrorSums>;
  /** Of the judged tensors, by their index in the float graph, as far as the result has them. */
  readonly values = new Map<number, Float32Array>();

  constructor(quantized: QuantizedGraph, reference: Reference) {
    this.#quantized = quantized;
    this.#reference = reference;
    this.#judged = new Set(judgedTensors(reference.graph));
    this.sums = new Map([...reference.values.keys()].map((tensor) => [tensor, new ErrorSums()]));
  }

  layer(sample: number, { operator, tensor, value }: LayerValue): void {
    const { origins, model } = this.#quantized;
    const origin = origins[operator.index];
    if (origin < 0) return;
    const source = this.#reference.graph.operators[origin].outputs[operator.outputs.indexOf(tensor)];
    const sum = this.sums.get(source);
    if (sum === undefined) return;
    const values = realValuesOf(value, model.graphs[0].tensors[tensor]);
    sum.add(this.#needed(source, valueIn(this.#reference, source, sample)), this.#needed(source, values));
    if (this.#judged.has(source)) this.#keep(sample, source, values);
  }

  outputs(sample: number, outputs: readonly TensorValue[]): void {
    const [after] = this.#quantized.model.graphs;
    outputs.forEach((value, position) => {
      const values = realValuesOf(value, after.tensors[after.outputs[position]]);
      this.#keep(sample, this.#reference.graph.outputs[position], values);
    });
  }

  #needed(source: number, values: Float32Array): Float32Array {
    return neededValues(values, this.#quantized.needed?.get(source));
  }

  #keep(sample: number, source: number, values: Float32Array): void {
    let all = this.values.get(source);
    if (all === undefined)
      this.values.set(source, (all = new Float32Array(values.length * this.#reference.samples.count)));
    all.set(values, sample * values.length);
  }
}
