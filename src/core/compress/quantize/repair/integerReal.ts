import type { Graph, Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';

/** True for float activations beside integer weights ("dynamic range" or hybrid quantization), which TFLM rejects. */
export function isHybrid({ inputs, outputs, kind }: Operator, { tensors }: Graph): boolean {
  if (kind === 'DEQUANTIZE' || tensors[outputs[0]]?.type !== 'float32') return false;
  return inputs.some((index) => index >= 0 && isConstant(tensors[index]) && isIntegerReal(tensors[index]));
}

/** An integer constant that stands for real numbers. */
export function isIntegerReal({ type, quantization }: Tensor): boolean {
  return ['int8', 'uint8', 'int16', 'int4'].includes(type) && (quantization?.scales.length ?? 0) > 0;
}
