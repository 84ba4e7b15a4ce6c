import type { Graph, Operator, Tensor } from '../../model/model';
import type { ActivationType, Affine, Range } from './affine';
import { quantizationOf } from './affine';
import { bytesOf } from './repair/repair';
import type { ScaleSource } from './scaleClasses';
import type { MatrixRule, RecurrentRule, StateRule } from './schemes/scheme';
import { schemeOf } from './schemes/schemes';
import { quantizeBias, quantizeWeights } from './weights';
import { encodeReal, realValues } from '../../model/values/real';

/**
 * Puts a tensor that was made into the graph under construction and gives its index; the same key gives the same
 * tensor.
 */
export type Share = (key: string, tensor: Omit<Tensor, 'index'>) => number;

interface RecurrentSource {
  readonly graph: Graph;
  readonly operator: Operator;
  readonly rule: RecurrentRule;
  readonly activations: ActivationType;
  readonly scales: ScaleSource;
  /** The quantization of a float value. */
  readonly affineOf: (tensor: number) => Affine;
}

/** Quantized states, weights and biases of an operator with memory, by position of the input. */
export function recurrentInputs(source: RecurrentSource, share: Share): ReadonlyMap<number, number> {
  const { graph, operator, rule, activations } = source;
  const states = new Map<number, Omit<Tensor, 'index'>>();
  for (const [position, how] of Object.entries(rule.states)) {
    const tensor = graph.tensors[operator.inputs[Number(position)]];
    if (tensor !== undefined) states.set(Number(position), stateTensor(source, tensor, how));
  }
  const placed = new Map([...states].map(([position, tensor]) => [position, share(`state ${tensor.name}`, tensor)]));
  const scaleOf = (position: number): number =>
    states.get(position)?.quantization?.scales[0] ?? source.affineOf(operator.inputs[position]).scale;
  for (const matrix of rule.matrices) {
    const index = operator.inputs[matrix.weights] ?? -1;
    const values = index < 0 ? undefined : realValues(graph.tensors[index]);
    if (values === undefined) continue;
    const weights = matrixTensor(graph.tensors[index], values, matrix);
    placed.set(matrix.weights, share(`matrix ${index} ${matrix.type}`, weights));
    const bias = graph.tensors[operator.inputs[matrix.bias?.position ?? -1] ?? -1];
    const biasValues = bias === undefined ? undefined : realValues(bias);
    if (matrix.bias === undefined || biasValues === undefined) continue;
    const type = activations === 'int8' ? 'int32' : 'int64';
    const quantized = quantizeBias(biasValues, scaleOf(matrix.bias.biasWith), weights.quantization!, type);
    const data = bytesOf(quantized.data);
    const key = `bias ${bias.index} ${quantized.quantization.scales.join()}`;
    placed.set(matrix.bias.position, share(key, { ...bias, type, data, quantization: quantized.quantization }));
  }
  return placed;
}

function stateTensor(source: RecurrentSource, tensor: Tensor, how: StateRule): Omit<Tensor, 'index'> {
  const { activations, scales, affineOf, operator } = source;
  if (how === 'output') {
    return { ...tensor, type: activations, quantization: quantizationOf(affineOf(operator.outputs[0])) };
  }
  const imposed = scales.imposed?.get(tensor.index);
  const affine = imposed ?? stateAffine(scales.ranges.get(tensor.index) ?? { min: -1, max: 1 }, how);
  return { ...tensor, type: 'int16', quantization: quantizationOf(affine) };
}

function stateAffine({ min, max }: Range, how: StateRule): Affine {
  const most = Math.max(-min, max, 2 ** -15);
  const scale = how === 'powerOfTwo' ? 2 ** (Math.ceil(Math.log2(most)) - 15) : Math.fround(most / 32767);
  return { scale, zeroPoint: 0 };
}

function matrixTensor(tensor: Tensor, values: Float32Array, { type }: MatrixRule): Omit<Tensor, 'index'> {
  if (type === 'int8') {
    const { data, quantization } = quantizeWeights({ values, shape: tensor.shape });
    return { ...tensor, type, data: bytesOf(data), quantization };
  }
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const quantization = quantizationOf({ scale: Math.fround(most > 0 ? most / 32767 : 1), zeroPoint: 0 });
  return { ...tensor, type, data: encodeReal({ type, quantization }, values), quantization };
}

/**
 * The intermediate tensors of an LSTM: none for the gates without layer normalization, and the hidden state's
 * quantization.
 */
export function recurrentIntermediates({ operator, activations, affineOf }: RecurrentSource, share: Share): number[] {
  const empty = { shape: [0], isVariable: false };
  const gate = (place: number): number =>
    share(`intermediate ${operator.index} ${place}`, { name: `intermediate_${place}`, type: 'float32', ...empty });
  const hidden = { name: 'intermediate_4', type: activations, ...empty };
  const quantization = quantizationOf(affineOf(operator.outputs[0]));
  return [...[0, 1, 2, 3].map(gate), share(`intermediate ${operator.index} 4`, { ...hidden, quantization })];
}

/** The variable tensors whose ranges calibration has to see. */
export function* rangedStates({ operators }: Graph): Iterable<number> {
  for (const { kind, inputs } of operators) {
    for (const [position, how] of Object.entries(schemeOf(kind)?.recurrent?.states ?? {})) {
      if (how !== 'output' && inputs[Number(position)] >= 0) yield inputs[Number(position)];
    }
  }
}
