import type { DataType } from '../model/dataType';
import type { InputRole } from './operator';

/** What to do about a tensor of type `found` where only `accepted` are taken, as the end of a sentence. */
export function typeRemedy(found: DataType, accepted: readonly DataType[], role: InputRole | 'output'): string {
  const known = remedies[found]?.(accepted);
  if (known !== undefined) return known;
  if (role === 'weights' || role === 'bias') return `convert the model again with ${constantWords(accepted, role)}`;
  return `cast it to ${typeWords(accepted)} in the model before converting it`;
}

const floatAgain = 'convert the model again as float32 or int8, without float16 among the supported types';

/** Remedies for types that a converter writes; each returns `undefined` where it would not help. */
const remedies: Readonly<Partial<Record<DataType, (accepted: readonly DataType[]) => string | undefined>>> = {
  uint8: (accepted) =>
    accepted.includes('int8')
      ? 'convert the model again with int8 quantization, since TFLite Micro has dropped uint8'
      : dequantizeRemedy(accepted),
  int8: dequantizeRemedy,
  int16: (accepted) =>
    accepted.includes('int8')
      ? 'quantize the model again with int8 activations, or keep this operator in float32'
      : dequantizeRemedy(accepted),
  float16: () => floatAgain,
  bfloat16: () => floatAgain,
};

function dequantizeRemedy(accepted: readonly DataType[]): string | undefined {
  return accepted.join() === 'float32' ? 'keep it in float32, or put DEQUANTIZE before the operator' : undefined;
}

function constantWords(accepted: readonly DataType[], role: 'weights' | 'bias'): string {
  const noun = role === 'bias' ? 'biases' : role;
  return accepted.length === 1 ? `${accepted.join()} ${noun}` : `${noun} of one of these types`;
}

function typeWords(accepted: readonly DataType[]): string {
  return accepted.length === 1 ? accepted.join() : 'one of these types';
}
