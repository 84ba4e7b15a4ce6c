import type { Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import { encodeReal, realValuesOf } from '../../model/values/real';
import { decode, encode, holdsNumbers } from '../../model/values/stored';
import type { KernelMaker } from '../kernel';
import { Value } from '../value';

/**
 * What an operator computes whose types TFLM has no kernel for: with the real numbers that integers stand for, rounded
 * once at its end, and with indices of 64 bits in 32. TF Lite rounds on its way, so that it may be a step away.
 */
export function byOtherTypes(maker: KernelMaker): KernelMaker {
  return (call) => {
    const inputs = call.inputs.map((value) => value && twinOf(value));
    const outputs = call.outputs.map(twinOf);
    const kernel = maker({ ...call, inputs, outputs });
    return () => {
      inputs.forEach((twin, position) => twin !== undefined && copy(call.inputs[position]!, twin));
      kernel();
      outputs.forEach((twin, position) => copy(twin, call.outputs[position]));
    };
  };
}

/**
 * The value itself where a kernel takes it as it is.
 * @throws HumanError where a scale is said to make numbers of what holds none.
 */
function twinOf(value: Value): Value {
  const { tensor, shape } = value;
  const type = typeOf(tensor);
  if (type !== tensor.type && !holdsNumbers(tensor.type)) {
    throw new HumanError(
      'operator-not-executed',
      `"${tensor.name}" is quantized, but ${tensor.type} holds no numbers, so that it cannot be executed. Convert the model again.`,
    );
  }
  return type === tensor.type ? value : new Value({ ...tensor, type, quantization: undefined, data: undefined }, shape);
}

function typeOf({ type, quantization }: Tensor): Tensor['type'] {
  if (type === 'int64' && (quantization?.scales.length ?? 0) === 0) return 'int32';
  return type === 'float16' || (quantization?.scales.length ?? 0) > 0 ? 'float32' : type;
}

function copy(from: Value, to: Value): void {
  if (from === to) return;
  const isIndex = to.tensor.type === 'int32' || from.tensor.type === 'int32';
  const bytes =
    isIndex && (to.tensor.type === 'int64' || from.tensor.type === 'int64') ? copied(from, to) : real(from, to);
  to.bytes.set(bytes);
}

function copied(from: Value, to: Value): Uint8Array {
  return encode(to.tensor.type, decode(from.tensor.type, from.bytes, from.elements)!)!;
}

function real(from: Value, to: Value): Uint8Array {
  return encodeReal(to.tensor, realValuesOf(from, from.tensor))!;
}
