import { elementCount } from '../model/dataType';
import type { Quantization } from '../model/model';
import { encode } from '../model/values/stored';
import type { Content } from './draft';
import type { Known, Lowering } from './lowering';
import { numberOf, refused } from './nodes';
import type { OnnxNode } from './onnxModel';

/** uint8 becomes int8, and its zero point with it: the same numbers, in the type that TFLM's kernels take. */
const shift = 128;

/** What a QuantizeLinear makes: int8 or int16 of one scale. `undefined` for another node or one that is not known. */
export function quantizedContent(lowering: Lowering, node: OnnxNode): Content | undefined {
  if (node.kind !== 'QuantizeLinear') return undefined;
  const [scale, zero] = [lowering.numbers(node.inputs[1]), lowering.known(node.inputs.at(2))];
  if (scale?.values.length !== 1) return undefined;
  const type = zero?.type ?? 'uint8';
  const zeroPoint = lowering.numbers(node.inputs.at(2))?.values[0] ?? 0;
  const scales = [scale.values[0]];
  if (type === 'uint8') return { type: 'int8', quantization: { scales, zeroPoints: [zeroPoint - shift], axis: 0 } };
  if (type !== 'int8' && type !== 'int16') return undefined;
  return { type, quantization: { scales, zeroPoints: [zeroPoint], axis: 0 } };
}

/** A constant behind DequantizeLinear: its integers with the scales that say what they mean. */
function dequantizedConstant(lowering: Lowering, node: OnnxNode): Known | undefined {
  const [stored, scale] = [lowering.known(node.inputs[0]), lowering.numbers(node.inputs[1])];
  if (stored === undefined || scale === undefined || 'values' in stored) return undefined;
  const zero = lowering.numbers(node.inputs.at(2));
  const rank = Math.max(1, stored.shape.length);
  const given = numberOf(node, 'axis', 1);
  const axis = scale.values.length === 1 ? 0 : given < 0 ? given + rank : given;
  if (scale.values.length > 1 && scale.values.length !== stored.shape[axis]) {
    throw refused(node, 'its scales are neither one nor one for each slice of an axis.');
  }
  const zeroPoints = Array.from(scale.values, (_, index) => zero?.values[index] ?? zero?.values[0] ?? 0);
  const quantization: Quantization = { scales: [...scale.values], zeroPoints, axis };
  if (stored.type !== 'uint8') return { ...stored, quantization };
  // The uppermost bit is what tells both apart.
  const data = stored.data.map((byte) => byte ^ shift);
  return {
    ...stored,
    type: 'int8',
    data,
    quantization: { ...quantization, zeroPoints: zeroPoints.map((point) => point - shift) },
  };
}

/** The integers that QuantizeLinear makes of a constant: exporters keep it behind weights that are transposed. */
function quantizedConstant(lowering: Lowering, node: OnnxNode): Known | undefined {
  const [numbers, scale] = [lowering.numbers(node.inputs[0]), lowering.numbers(node.inputs[1])];
  if (numbers === undefined || scale === undefined) return undefined;
  const zero = lowering.numbers(node.inputs.at(2));
  const type = zero?.type ?? 'uint8';
  const rank = numbers.shape.length;
  const given = numberOf(node, 'axis', 1);
  const inner = elementCount(numbers.shape.slice((given < 0 ? given + rank : given) + 1));
  const count = scale.values.length;
  const values = numbers.values.map((value, index) => {
    const slice = count === 1 ? 0 : Math.floor(index / inner) % count;
    return roundEven(value / scale.values[slice]) + (zero?.values[slice] ?? zero?.values[0] ?? 0);
  });
  // What is beyond the type is held within it.
  const data = encode(type, values);
  return data && { name: node.outputs[0], type, shape: numbers.shape, data };
}

/** Halves go to the even neighbour, as ONNX has it. */
function roundEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** QuantizeLinear of a value, where no operator has taken it. */
export function lowerQuantize(node: OnnxNode, lowering: Lowering): void {
  const constant = lowering.isValue(node.inputs[0]) ? undefined : quantizedConstant(lowering, node);
  if (constant !== undefined) {
    lowering.know(node.outputs[0], constant);
    return;
  }
  const content = quantizedContent(lowering, node);
  if (content === undefined)
    throw refused(node, 'it quantizes to a type or by scales that TensorFlow Lite Micro does not take.');
  const value = lowering.isQuantized(node.inputs[0])
    ? lowering.followed(node, node.inputs[0]).value
    : lowering.real(node, node.inputs[0]);
  const own = lowering.draft.contentOf(value.tensor);
  const [a, b] = [own.quantization, content.quantization];
  if (own.type === content.type && a?.scales[0] === b?.scales[0] && a?.zeroPoints[0] === b?.zeroPoints[0]) {
    lowering.set(node.outputs[0], value, false);
    return;
  }
  const tensor = requantized(lowering, value.tensor, { name: node.outputs[0], content });
  lowering.set(node.outputs[0], { tensor, layout: value.layout }, false);
}

/** A tensor of the same numbers by another scale. */
export function requantized(
  { draft }: Lowering,
  from: number,
  { name, content }: { readonly name: string; readonly content: Content },
): number {
  const tensor = draft.add(name, draft.tensor(from).shape, content);
  draft.emit({ kind: 'QUANTIZE', version: 2, inputs: [from], outputs: [tensor], table: 'QuantizeOptions' });
  return tensor;
}

/** Kinds whose kernels take integers of whatever scale. */
const anyScale: ReadonlySet<string> = new Set(['Mul', 'Add', 'Sub', 'Conv', 'Gemm', 'MatMul']);

/**
 * True where all that reads these integers takes them by the scale that a kernel gives of itself: to round them once
 * more to the scale of the file would cost an operator and a part of what they say.
 */
export function takesAnyScale(lowering: Lowering, name: string): boolean {
  const readers = lowering.readersOf(name);
  const isFree = ({ kind, outputs: [real] }: OnnxNode): boolean =>
    kind === 'DequantizeLinear' &&
    !lowering.isOutput(real) &&
    lowering.readersOf(real).every((reader) => anyScale.has(reader.kind));
  return readers.length > 0 && !lowering.isOutput(name) && readers.every(isFree);
}

/** DequantizeLinear: from here on the integers are the real numbers that they stand for. */
export function lowerDequantize(node: OnnxNode, lowering: Lowering): void {
  const constant = dequantizedConstant(lowering, node);
  if (constant !== undefined) {
    lowering.know(node.outputs[0], constant);
    return;
  }
  lowering.set(node.outputs[0], lowering.followed(node, node.inputs[0]).value);
}
