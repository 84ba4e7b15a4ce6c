import { elementCount } from '../model/dataType';
import type { Operator, Quantization, Tensor } from '../model/model';
import { decode, encode } from '../model/values/stored';

/** What a graph is made of while it is drafted. */
interface Draft {
  readonly tensors: Tensor[];
  readonly operators: Operator[];
}

/** Operators whose channels are rows of their weights. */
const producers: ReadonlySet<string> = new Set(['CONV_2D', 'FULLY_CONNECTED']);

/** What gives each number by itself, so that a change of order may as well come before. */
const elementwise: ReadonlySet<string> = new Set([
  ...['RELU', 'RELU6', 'LOGISTIC', 'TANH', 'HARD_SWISH', 'LEAKY_RELU', 'ELU', 'RESHAPE', 'QUANTIZE', 'DEQUANTIZE'],
]);

/**
 * Changes of the order of channels, right behind a convolution or a dense layer, go into its weights: a TRANSPOSE of
 * what a dense layer gives as a picture, a GATHER that only reorders channels. What else reads the result keeps it.
 */
export function foldOrders({ tensors, operators }: Draft, outputs: readonly number[]): void {
  const readers = new Map<number, number>();
  for (const { inputs } of operators) for (const tensor of inputs) readers.set(tensor, (readers.get(tensor) ?? 0) + 1);
  for (const tensor of outputs) readers.set(tensor, (readers.get(tensor) ?? 0) + 1);
  const makers = new Map<number, number>();
  operators.forEach(({ outputs: made }, at) => made.forEach((tensor) => makers.set(tensor, at)));
  operators.forEach((operator, at) => {
    if (operator.kind !== 'TRANSPOSE' && operator.kind !== 'GATHER') return;
    const chain: number[] = [];
    let tensor = operator.inputs[0];
    for (;;) {
      const maker = makers.get(tensor);
      if (maker === undefined || readers.get(tensor) !== 1) return;
      const { kind, inputs } = operators[maker];
      chain.push(maker);
      if (producers.has(kind)) break;
      if (!elementwise.has(kind)) return;
      tensor = inputs[0];
    }
    reorder({ tensors, operators }, { at, chain, isOutput: outputs.includes(operator.outputs[0]) });
  });
}

interface Found {
  readonly at: number;
  /** From right before the change of order back to the weights. */
  readonly chain: readonly number[];
  readonly isOutput: boolean;
}

function reorder({ tensors, operators }: Draft, { at, chain, isOutput }: Found): void {
  const change = operators[at];
  const producer = operators[chain.at(-1)!];
  const units = tensors[producer.inputs[1]].shape[0];
  const from = tensors[change.inputs[0]];
  const to = tensors[change.outputs[0]];
  const isPicture = tensors[producer.outputs[0]].shape.length === 4;
  // Rows in front of the channels stay as they are; all else is about one row.
  if (elementCount(from.shape) % units !== 0) return;
  const rows = elementCount(from.shape) / units;
  if (isPicture ? from.shape.at(-1) !== units : rows !== 1) return;
  const order = orderOf({ tensors, operators }, { change, units, from });
  if (order === undefined) return;
  const [, weights, bias] = producer.inputs;
  if (producer.kind === 'CONV_2D' && tensors[weights].shape[3] !== tensors[producer.inputs[0]].shape[3]) return;
  const inputs = [producer.inputs[0], ...[weights, bias].map((tensor) => reordered(tensors, tensor, order))];
  operators[chain.at(-1)!] = { ...producer, inputs };
  const isSame = from.shape.length === to.shape.length && from.shape.every((size, axis) => size === to.shape[axis]);
  if (isSame && !isOutput) {
    // The operator is left out, once nothing reads what it gives.
    operators.forEach((each, index) => {
      if (!each.inputs.includes(to.index)) return;
      operators[index] = { ...each, inputs: each.inputs.map((tensor) => (tensor === to.index ? from.index : tensor)) };
    });
    return;
  }
  operators[at] = {
    ...change,
    kind: 'RESHAPE',
    inputs: [change.inputs[0], shapeList(tensors, to)],
    ...reshapeOptions(to),
  };
}

function reshapeOptions({ shape }: Tensor): Pick<Operator, 'options'> {
  return { options: { table: 'ReshapeOptions', values: { newShape: [...shape] } } };
}

function shapeList(tensors: Tensor[], { name, shape }: Tensor): number {
  const data = encode('int32', shape)!;
  const index = tensors.length;
  tensors.push({ index, name: `${name}/shape`, type: 'int32', shape: [shape.length], isVariable: false, data });
  return index;
}

/** Which unit stands at each place afterwards; `undefined` where more than units are moved, or some are lost. */
function orderOf(
  { tensors }: Draft,
  { change, units, from }: { readonly change: Operator; readonly units: number; readonly from: Tensor },
): readonly number[] | undefined {
  const list = tensors[change.inputs[1]];
  const numbers = list.data === undefined ? undefined : decode(list.type, list.data, elementCount(list.shape));
  if (numbers === undefined) return undefined;
  if (change.kind === 'GATHER') {
    const axis = Number(change.options?.values['axis'] ?? 0);
    const isLast = axis === from.shape.length - 1 && from.shape[axis] === units;
    return isLast && isPermutation(numbers, units) ? [...numbers] : undefined;
  }
  if (elementCount(from.shape) !== units) return undefined;
  const strides = from.shape.map((_, axis) => elementCount(from.shape.slice(axis + 1)));
  let places = [0];
  for (const axis of numbers) {
    const [size, stride] = [from.shape[axis], strides[axis]];
    places = places.flatMap((place) => Array.from({ length: size }, (_, step) => place + step * stride));
  }
  return places;
}

function isPermutation(numbers: Float64Array, count: number): boolean {
  return numbers.length === count && new Set(numbers).size === count;
}

/** A constant whose rows stand in another order. */
function reordered(tensors: Tensor[], tensor: number, order: readonly number[]): number {
  if (tensor < 0) return tensor;
  const source = tensors[tensor];
  const { data, quantization } = source;
  if (data === undefined) return tensor;
  const index = tensors.length;
  tensors.push({ ...source, index, data: rowsInOrder(data, order), quantization: scalesInOrder(quantization, order) });
  return index;
}

function rowsInOrder(data: Uint8Array, order: readonly number[]): Uint8Array {
  const width = data.length / order.length;
  const result = new Uint8Array(data.length);
  order.forEach((from, to) => result.set(data.subarray(from * width, (from + 1) * width), to * width));
  return result;
}

function scalesInOrder(quantization: Quantization | undefined, order: readonly number[]): Quantization | undefined {
  if (quantization === undefined || quantization.scales.length === 1) return quantization;
  const { scales, zeroPoints } = quantization;
  return { ...quantization, scales: order.map((at) => scales[at]), zeroPoints: order.map((at) => zeroPoints[at] ?? 0) };
}
