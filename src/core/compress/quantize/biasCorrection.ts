import { elementCount } from '../../model/dataType';
import type { Graph, Model, Operator } from '../../model/model';
import { isConstant } from '../../model/model';
import type { FloatEngine } from '../../execute/floatEngine';
import type { Observations } from './calibrate/observe';
import type { QuantizedGraph } from './quantizedGraph';
import { bytesOf } from './repair/repair';
import { schemeOf } from './schemes/schemes';
import { realValues } from '../../model/values/real';

interface CorrectionWork {
  readonly engine: FloatEngine;
  /** Layers without a bias may get one: it takes room in the arena and in the file. */
  readonly addsBiases: boolean;
}

/**
 * What quantized weights add to every output channel on average, to be taken off the bias: the layer of the rounded
 * weights' difference, applied to the mean input (a layer is linear, so that this is the mean of the difference,
 * borders included). By operator of the float graph. Source: Nagel et al., Data-Free Quantization Through Weight
 * Equalization and Bias Correction (2019), section 4.2, with measured means.
 */
export async function biasCorrections(
  model: Model,
  quantized: QuantizedGraph,
  observations: Observations,
  { engine, addsBiases }: CorrectionWork,
): Promise<ReadonlyMap<number, Float32Array>> {
  const [graph] = model.graphs;
  const corrections = new Map<number, Float32Array>();
  for (const [place, operator] of quantized.model.graphs[0].operators.entries()) {
    const origin = graph.operators[quantized.origins[place] ?? -1];
    const difference = origin === undefined ? undefined : weightsDifference(graph, origin, quantized, operator);
    if (difference === undefined) continue;
    const rule = schemeOf(origin.kind)!.weights!;
    if (!addsBiases && (origin.inputs[rule.bias] ?? -1) < 0) continue;
    const input = observations.get(origin.inputs[rule.input]);
    if (input === undefined) continue;
    const program = await engine.load(differenceModel(graph, origin, difference));
    const values = await program.run([Float32Array.from(input.mean)], 1, [outputOfDifference]);
    program.dispose();
    corrections.set(origin.index, minusChannelMeans(values.get(outputOfDifference)!, graph, origin));
  }
  return corrections;
}

function weightsDifference(
  graph: Graph,
  origin: Operator,
  { model: { graphs } }: QuantizedGraph,
  operator: Operator,
): Float32Array | undefined {
  const rule = schemeOf(origin.kind)?.weights;
  const before = rule === undefined ? undefined : graph.tensors[origin.inputs[rule.weights]];
  if (before === undefined || !isConstant(before)) return undefined;
  const after = graphs[0].tensors[operator.inputs[rule!.weights]];
  if (after.type !== 'int8') return undefined;
  const [exact, stored] = [realValues(before), realValues(after)];
  return exact === undefined ? undefined : stored?.map((value, index) => value - exact[index]);
}

const outputOfDifference = 2;

/** One operator on its own: input, weights, output; neither bias nor activation. */
function differenceModel(graph: Graph, origin: Operator, difference: Float32Array): Model {
  const rule = schemeOf(origin.kind)!.weights!;
  const tensors = [origin.inputs[rule.input], origin.inputs[rule.weights], origin.outputs[0]].map((index, place) => ({
    ...graph.tensors[index],
    index: place,
  }));
  tensors[1] = { ...tensors[1], data: bytesOf(difference) };
  const inputs = origin.inputs.map((_, position) => (position === rule.input ? 0 : position === rule.weights ? 1 : -1));
  const values = { ...origin.options?.values, fusedActivationFunction: 'NONE' };
  const options = origin.options === undefined ? undefined : { ...origin.options, values };
  const operator = { ...origin, index: 0, inputs, outputs: [outputOfDifference], options };
  const alone: Graph = {
    index: 0,
    name: '',
    tensors,
    operators: [operator],
    inputs: [0],
    outputs: [outputOfDifference],
  };
  return { format: 'tflite', formatVersion: 3, fileBytes: 0, graphs: [alone], metadata: [], signatures: [] };
}

function minusChannelMeans(values: Float32Array, { tensors }: Graph, { outputs }: Operator): Float32Array {
  const { shape } = tensors[outputs[0]];
  const channels = shape.at(-1) ?? 1;
  const positions = elementCount(shape) / channels;
  const means = new Float32Array(channels);
  values.forEach((value, index) => {
    means[index % channels] -= value / positions;
  });
  return means;
}
