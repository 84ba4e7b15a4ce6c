import { enumOption } from '../../model/options';
import { HumanError } from '../../model/problem';
import type { TfjsCall, Tf, TfTensor } from './call';
import { lookup } from '../../text/lookup';

const functions: Readonly<Record<string, (tf: Tf, value: TfTensor) => TfTensor>> = lookup({
  NONE: (_, value) => value,
  RELU: (tf, value) => tf.relu(value),
  RELU6: (tf, value) => tf.relu6(value),
  RELU_N1_TO_1: (tf, value) => tf.clipByValue(value, -1, 1),
  TANH: (tf, value) => tf.tanh(value),
  SIGN_BIT: (tf, value) => tf.cast(tf.less(value, 0), 'float32'),
});

/** Applies the activation function that is fused into the operator. */
export function applyActivation(call: TfjsCall, value: TfTensor): TfTensor {
  const name = enumOption(call.operator, 'fusedActivationFunction', 'NONE');
  const apply = functions[name];
  if (apply !== undefined) return apply(call.tf, value);
  throw new HumanError(
    'float-operator-unsupported',
    `The activation ${name} of ${call.operator.kind} (operator ${call.operator.index}) is not one of TFLite's.`,
  );
}

/** Adds the bias at input `position`, where there is one, then applies the fused activation. */
export function biasedAndActivated(call: TfjsCall, value: TfTensor, position: number): TfTensor {
  const bias = call.optional(position);
  return applyActivation(call, bias === undefined ? value : call.tf.add(value, bias));
}
