import type { Executable } from '../../../execute/executable';
import { prepare } from '../../../execute/prepare';
import type { Rounding } from '../../../execute/executable';
import { inputBytes } from '../../../execute/inputBytes';
import { elementCount } from '../../../model/dataType';
import { realValuesOf } from '../../../model/values/real';
import { isStream } from '../../../samples/stream';
import type { QuantizedGraph } from '../quantizeGraph';
import { ErrorSums } from './errorSums';
import type { Reference } from './reference';
import { finalSoftmax, valueIn } from './reference';

/** How far a quantized graph is from the float one, over all samples of a reference. */
export interface Measured {
  readonly output: ErrorSums;
  readonly beforeSoftmax?: ErrorSums;
  /** What the result has before a final softmax, less what the float graph has there, sample by sample. */
  readonly softmaxErrors?: readonly Float32Array[];
  /** Squared error of all outputs, sample by sample. */
  readonly noise: readonly number[];
  /** By tensor of the float graph: every one that the reference has and an operator of the result computes. */
  readonly tensors: ReadonlyMap<number, ErrorSums>;
  /** Largest outputs of both, sample by sample; absent where the only output is no vector of classes. */
  readonly classes?: { readonly reference: readonly number[]; readonly result: readonly number[] };
}

export interface MeasureOptions {
  readonly rounding: Rounding;
  readonly signal?: AbortSignal;
  /** Lets messages in, an order to stop among them; called now and then. */
  readonly pause?: () => Promise<void>;
  readonly progress?: (share: number) => void;
}

/** Executes the quantized graph on every sample of `reference` as the device would, and compares. */
export async function measure(
  quantized: QuantizedGraph,
  reference: Reference,
  { rounding, signal, pause, progress }: MeasureOptions,
): Promise<Measured> {
  const executable = prepare(quantized.model, { rounding });
  const sums = new Map([...reference.values.keys()].map((tensor) => [tensor, new ErrorSums()]));
  const output = new ErrorSums();
  const result: number[] = [];
  const softmaxErrors: Float32Array[] = [];
  const noise: number[] = [];
  const { samples, graph } = reference;
  const isFresh = !isStream(graph);
  for (let sample = 0; sample < samples.count; sample++) {
    if (sample % samplesBetweenPauses === 0) await pause?.();
    signal?.throwIfAborted();
    if (isFresh) executable.reset();
    const outputs = execute(executable, { quantized, reference, sample, sums, softmaxErrors });
    const before = output.noise;
    outputs.forEach((values, position) => output.add(valueIn(reference, graph.outputs[position], sample), values));
    noise.push(output.noise - before);
    result.push(largest(outputs[0]));
    progress?.((sample + 1) / samples.count);
  }
  return {
    output,
    beforeSoftmax: beforeSoftmax(reference, sums),
    ...(softmaxErrors.length === samples.count && { softmaxErrors }),
    noise,
    tensors: sums,
    classes: classes(reference, result),
  };
}

const samplesBetweenPauses = 4;

interface Execution {
  readonly quantized: QuantizedGraph;
  readonly reference: Reference;
  readonly sample: number;
  readonly sums: ReadonlyMap<number, ErrorSums>;
  /** Takes up what is before a final softmax. */
  readonly softmaxErrors: Float32Array[];
}

/** One inference; answers with the real values of the outputs. */
function execute(executable: Executable, execution: Execution): readonly Float32Array[] {
  const { quantized, reference, sample, sums, softmaxErrors } = execution;
  const softmaxInput = finalSoftmax(reference.graph)?.inputs[0];
  const [after] = quantized.model.graphs;
  const inputs = after.inputs.map((index, position) => {
    const { inputs: all, count } = reference.samples;
    const elements = all[position].length / count;
    const values = all[position].subarray(sample * elements, (sample + 1) * elements);
    return inputBytes(after.tensors[index], { values, areReal: true });
  });
  const outputs = executable.invoke(inputs, ({ operator, tensor, value }) => {
    const origin = quantized.origins[operator.index];
    if (origin < 0) return;
    const source = reference.graph.operators[origin].outputs[operator.outputs.indexOf(tensor)];
    const sum = sums.get(source);
    if (sum === undefined) return;
    const [exact, values] = [valueIn(reference, source, sample), realValuesOf(value, after.tensors[tensor])];
    sum.add(exact, values);
    if (source === softmaxInput) softmaxErrors.push(values.map((each, place) => each - exact[place]));
  });
  return outputs.map((value, position) => realValuesOf(value, after.tensors[after.outputs[position]]));
}

function beforeSoftmax({ graph }: Reference, sums: ReadonlyMap<number, ErrorSums>): ErrorSums | undefined {
  const softmax = finalSoftmax(graph);
  return softmax === undefined ? undefined : sums.get(softmax.inputs[0]);
}

function classes(reference: Reference, result: readonly number[]): Measured['classes'] {
  const { graph, samples } = reference;
  const [output] = graph.outputs;
  const { shape } = graph.tensors[output];
  const classCount = shape.at(-1) ?? 1;
  // A vector of classes: one row, more than one entry; as large as the input it is a picture or a spectrum given back.
  const isRebuilt = elementCount(graph.tensors[graph.inputs[0]].shape) === classCount;
  if (graph.outputs.length !== 1 || elementCount(shape) !== classCount || classCount < 2 || isRebuilt) return undefined;
  return {
    reference: Array.from({ length: samples.count }, (_, sample) => largest(valueIn(reference, output, sample))),
    result,
  };
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}
