import type { Graph, Operator, Tensor } from '../../model/model';
import type { Reader } from './readers';
import { visitValues } from '../../model/values/stored';

/** A channel that holds one value, where a layer reads it. */
export interface ConstantInput {
  readonly reader: Reader;
  /** Index along the weights' input axis. */
  readonly input: number;
  /** The stored value; between two of them for a mean of many, whose share is then rounded once. */
  readonly value: number;
}

/**
 * Adds what constant inputs contribute to the biases of the layers that read them: (value - zero point) x weights, in
 * the integers of the sums, so that every sum stays the same number. A layer without bias gets one; a bias that other
 * layers use stays with them.
 */
export function foldIntoBiases(
  graph: Graph,
  inputs: readonly ConstantInput[],
): { readonly graph: Graph; readonly fixed: number } {
  const byReader = new Map<Reader, ConstantInput[]>();
  for (const input of inputs) byReader.set(input.reader, [...(byReader.get(input.reader) ?? []), input]);
  const tensors = [...graph.tensors];
  const operators = [...graph.operators];
  for (const [reader, contributions] of byReader) {
    const bias = biasWith(reader, contributions);
    const position = 2;
    const isShared =
      reader.bias === undefined ||
      graph.operators.some((other) => other !== reader.operator && other.inputs.includes(bias.index));
    const index = isShared ? tensors.length : bias.index;
    tensors[index] = { ...bias, index };
    operators[reader.operator.index] = withInput(reader.operator, position, index);
  }
  return { graph: { ...graph, tensors, operators }, fixed: byReader.size };
}

function withInput(operator: Operator, position: number, tensor: number): Operator {
  const inputs = [...operator.inputs];
  while (inputs.length <= position) inputs.push(-1);
  inputs[position] = tensor;
  return { ...operator, inputs };
}

function biasWith(reader: Reader, contributions: readonly ConstantInput[]): Tensor {
  const outputs = reader.weights.shape[0];
  const sums = new Float64Array(outputs);
  if (reader.bias !== undefined) visitValues(reader.bias, (value, index) => (sums[index] = value));
  for (const { input, value } of contributions) {
    reader.weightSums(input).forEach((sum, output) => (sums[output] += (value - reader.zeroPoint) * sum));
  }
  const isFloat = reader.image.type === 'float32';
  const data = isFloat ? Float32Array.from(sums) : Int32Array.from(sums, Math.round);
  return { ...(reader.bias ?? newBias(reader)), data: new Uint8Array(data.buffer) };
}

/** A bias is in the integers of the sums: scale of the image x scale of the weights. */
function newBias({ image, weights, operator, output }: Reader): Tensor {
  const name = `${output.name || String(operator.index)}/bias`;
  const bias = { index: -1, name, shape: [weights.shape[0]], isVariable: false };
  if (image.type === 'float32') return { ...bias, type: 'float32' };
  const scale = image.quantization?.scales[0] ?? 1;
  const scales = (weights.quantization?.scales ?? [1]).map((each) => each * scale);
  return { ...bias, type: 'int32', quantization: { scales, zeroPoints: scales.map(() => 0), axis: 0 } };
}
