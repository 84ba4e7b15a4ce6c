import { elementCount } from '../model/dataType';
import type { Graph, Operator, Tensor } from '../model/model';
import { isConstant } from '../model/model';
import { definitionOf } from '../operators/operators';
import { integerValues } from '../model/values/stored';

/** Longest constant that is written out as values. */
const mostValues = 4;

/**
 * How an input of `operator` is written: an activation by name, a constant by what it is for (`w[64,10,4,1]
 * per-channel`, `b`, `[-1,640]`).
 */
export function operandText(operator: Operator, position: number, graph: Graph, names: readonly string[]): string {
  const index = operator.inputs[position];
  if (index < 0) return '-';
  const tensor = graph.tensors[index];
  if (!isConstant(tensor)) return names[index];
  const role = definitionOf(operator)?.role(position);
  if (role === 'weights') return `w${shapeText(tensor)}${isPerChannel(tensor) ? ' per-channel' : ''}`;
  if (role === 'bias') return 'b';
  return constantText(tensor);
}

/**
 * `[1,25,5,64]`, with `?` for a dimension that has no size at all. A batch of unknown size stands in the file as 1, and
 * runs as 1.
 */
function shapeText({ shape }: Tensor): string {
  return `[${shape.map((dimension) => (dimension < 0 ? '?' : `${dimension}`)).join(',')}]`;
}

/** `int8[1,25,5,64]`. */
export function typeText(tensor: Tensor): string {
  return `${tensor.type}${shapeText(tensor)}`;
}

/** `q 0.5847 +83`, `q 64 scales`, or nothing for a tensor without quantization. */
export function quantizationText(tensor: Tensor): string {
  const quantization = tensor.quantization;
  if (quantization === undefined || quantization.scales.length === 0) return '';
  if (quantization.scales.length > 1) return `q ${quantization.scales.length} scales`;
  const zeroPoint = quantization.zeroPoints.at(0) ?? 0;
  return `q ${Number(quantization.scales[0].toPrecision(4))} ${zeroPoint < 0 ? '' : '+'}${zeroPoint}`;
}

function isPerChannel(tensor: Tensor): boolean {
  return (tensor.quantization?.scales.length ?? 0) > 1;
}

function constantText(tensor: Tensor): string {
  if (elementCount(tensor.shape) > mostValues) return `const ${typeText(tensor)}`;
  const values = integerValues(tensor);
  if (values === undefined) return `const ${typeText(tensor)}`;
  return tensor.shape.length === 0 ? `${values[0]}` : `[${values.join(',')}]`;
}
