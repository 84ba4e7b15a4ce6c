import type { Graph, Model, Tensor } from '../../../model/model';
import { floatModelOf } from '../../rewrite/dequantizeModel';
import type { Repaired } from './repair';

/** Layers that keep numbers of 16 bits beside activations of 8, and those that begin with them. */
const withStates: ReadonlySet<string> = new Set(['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM']);

/** True where every quantized activation has 16 bits: it has room for half of its bytes. */
export function isInt16Model({ inputs, operators, tensors }: Graph): boolean {
  const activations = [...inputs, ...operators.flatMap(({ outputs }) => outputs)].map((index) => tensors[index]);
  const quantized = activations.filter(isQuantized);
  const isPlain = !operators.some(({ kind }) => withStates.has(kind));
  return isPlain && quantized.length > 0 && quantized.every(({ type }) => type === 'int16');
}

function isQuantized({ type, quantization }: Tensor): boolean {
  return /^u?int/.test(type) && (quantization?.scales.length ?? 0) > 0;
}

/** The float model that one with activations of 16 bits stands for. */
export function widenInt16(model: Model): Repaired {
  return {
    model: floatModelOf(model),
    decisions: [
      'The activations had 16 bits: the float numbers that they stand for were quantized to 8 bits. The float model that the source was made from would lose a little less.',
    ],
  };
}
