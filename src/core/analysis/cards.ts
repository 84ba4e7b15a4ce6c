import { constantBytes } from '../model/constants';
import { elementCount, storedBytes } from '../model/dataType';
import type { Graph, Model, Operator, OptionValue, Quantization, Tensor } from '../model/model';
import { isConstant, operatorName } from '../model/model';
import { definitionOf } from '../operators/operators';
import type { OperatorCard, TensorCard, ValueRange } from './analysis';
import { visitValues } from '../model/values/stored';

/** Facts for a hover over each operator of all graphs, in the order of the report's layers. */
export function operatorCards(model: Model): readonly OperatorCard[] {
  return model.graphs.flatMap((graph) => graph.operators.map((operator) => operatorCard(graph, operator)));
}

/**
 * Facts for a hover over each tensor of all graphs. Ranges of constants are left to `tensorRange`, which reads them
 * all.
 */
export function tensorCards(model: Model): readonly TensorCard[] {
  return model.graphs.flatMap((graph) => graph.tensors.map((tensor) => tensorCard(graph, tensor)));
}

/**
 * Smallest and largest value of a constant (real values where it is quantized per tensor) and how many are zero; absent
 * where it has no readable data.
 */
export function tensorRange(tensor: Tensor): ValueRange | undefined {
  const { scales = [], zeroPoints = [] } = tensor.quantization ?? {};
  // Of several scales each has a zero point of its own: they are 0 wherever a runtime takes several.
  const zeroPoint = scales.length === 1 ? (zeroPoints.at(0) ?? 0) : 0;
  let min = Infinity;
  let max = -Infinity;
  let zeros = 0;
  const read = visitValues(tensor, (value) => {
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === zeroPoint) zeros++;
  });
  if (!read || min > max) return undefined;
  if (scales.length > 1) return { min, max, zeros, unit: 'stored' };
  const real = (stored: number): number => (stored - zeroPoint) * (scales.at(0) ?? 1);
  return { min: real(min), max: real(max), zeros, unit: 'real' };
}

function operatorCard(graph: Graph, operator: Operator): OperatorCard {
  const definition = definitionOf(operator);
  const values = { ...operator.options?.values, ...operator.options2?.values };
  return {
    graph: graph.index,
    index: operator.index,
    kind: operatorName(operator),
    summary: definition?.summary ?? 'An operator that Milliwatt has no facts about.',
    version: operator.version,
    inputs: operator.inputs,
    outputs: operator.outputs,
    options: Object.entries(values).flatMap(([name, value]) => {
      const text = optionText(value);
      return text === undefined ? [] : [[name, text] as const];
    }),
  };
}

function optionText(value: OptionValue): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'object') return Array.isArray(value) ? `[${value.map(optionText).join(', ')}]` : undefined;
  return String(value);
}

function tensorCard(graph: Graph, tensor: Tensor): TensorCard {
  const constant = isConstant(tensor);
  return {
    graph: graph.index,
    tensor: tensor.index,
    name: tensor.name,
    type: tensor.type,
    shape: tensor.shape,
    shapeSignature: tensor.shapeSignature,
    bytes: constant ? constantBytes(tensor) : storedBytes(tensor.type, elementCount(tensor.shape)),
    constant,
    variable: tensor.isVariable,
    quantization: quantizationSentence(tensor.quantization),
  };
}

function quantizationSentence(quantization: Quantization | undefined): string | undefined {
  if (quantization === undefined || quantization.scales.length === 0) return undefined;
  const { scales, zeroPoints, axis } = quantization;
  if (scales.length === 1) return `scale ${scaleText(scales[0])}, zero point ${zeroPoints.at(0) ?? 0}`;
  const smallest = scales.reduce((a, b) => Math.min(a, b));
  const largest = scales.reduce((a, b) => Math.max(a, b));
  return `per channel along axis ${axis}: ${scales.length} scales from ${scaleText(smallest)} to ${scaleText(largest)}`;
}

function scaleText(scale: number): string {
  return `${Number(scale.toPrecision(5))}`;
}
