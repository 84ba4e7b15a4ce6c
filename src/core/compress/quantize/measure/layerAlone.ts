import type { Rounding } from '../../../execute/executable';
import type { Graph, Model, Operator } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { realValuesOf } from '../../../model/values/real';
import { ErrorSums } from '../../judge/errorSums';
import { runSamples } from '../../judge/runSamples';
import { neededValues } from '../calibrate/needed';
import type { QuantizedGraph } from '../quantizedGraph';

import type { Reference } from './reference';
import { valueIn } from './reference';

/**
 * The error of one operator of a quantized graph by itself: exact float inputs, rounded to what the operator takes,
 * against the float operator's output. `reference` has to hold the operator's inputs and its output. Absent for
 * conversions and for what stays float.
 */
export async function errorAlone(
  quantized: QuantizedGraph,
  place: number,
  reference: Reference,
  rounding: Rounding,
): Promise<ErrorSums | undefined> {
  const [graph] = quantized.model.graphs;
  const operator = graph.operators[place];
  const origin = reference.graph.operators[quantized.origins[place] ?? -1];
  const isInteger = ['int8', 'int16'].includes(graph.tensors[operator.outputs[0]].type);
  if (
    origin === undefined ||
    !isInteger ||
    operator.inputs.some((index) => index >= 0 && graph.tensors[index].isVariable)
  ) {
    return undefined;
  }
  const positions = [...operator.inputs.keys()].filter((position) => isValue(graph, operator.inputs[position]));
  if (!positions.every((position) => reference.values.has(origin.inputs[position]))) return undefined;
  const output = graph.tensors[operator.outputs[0]];
  const { count } = reference.samples;
  const inputs = positions.map((position) => reference.values.get(origin.inputs[position])!);
  const sums = new ErrorSums();
  const needed = quantized.needed?.get(origin.outputs[0]);
  await runSamples(
    modelAlone(quantized.model, operator, positions),
    { inputs, count },
    { rounding },
    {
      outputs: (sample, [value]) =>
        sums.add(
          neededValues(valueIn(reference, origin.outputs[0], sample), needed),
          neededValues(realValuesOf(value, output), needed),
        ),
    },
  );
  return sums;
}

function isValue({ tensors }: Graph, index: number): boolean {
  return index >= 0 && !isConstant(tensors[index]);
}

/**
 * A model of one operator and the tensors that it touches alone, so that the work for all operators grows with their
 * number.
 */
function modelAlone(model: Model, operator: Operator, positions: readonly number[]): Model {
  const [graph] = model.graphs;
  const touched = [...operator.inputs, ...operator.outputs, ...operator.intermediates].filter((index) => index >= 0);
  const places = new Map([...new Set(touched)].map((index, place) => [index, place] as const));
  const placesOf = (indices: readonly number[]): readonly number[] => indices.map((index) => places.get(index) ?? -1);
  const [inputs, outputs, intermediates] = [operator.inputs, operator.outputs, operator.intermediates].map(placesOf);
  const alone: Graph = {
    ...graph,
    tensors: [...places].map(([index, place]) => ({ ...graph.tensors[index], index: place })),
    operators: [{ ...operator, index: 0, inputs, outputs, intermediates }],
    inputs: positions.map((position) => inputs[position]),
    outputs: outputs.slice(0, 1),
  };
  return { ...model, graphs: [alone], signatures: [], metadata: [] };
}
