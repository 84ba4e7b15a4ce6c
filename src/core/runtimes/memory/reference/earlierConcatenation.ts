import { inputOf, outputOf } from '../../operands';
import type { Tensor } from '../../../model/model';
import { everyTensor, type KernelMemory, type PreparedOperator, type PrepareRequests } from '../kernelMemory';

/**
 * CONCATENATION until December 2024 (tensorflow/tflite-micro 50e7e5db): scales and zero points of the inputs were kept.
 * Source: tensorflow/lite/micro/kernels/concatenation.cc.
 */
export const earlierConcatenation: readonly [string, KernelMemory] = [
  'CONCATENATION',
  { state: 'ConcatenationParams', temporaries: concatenatedInputs, prepare: concatenation },
];

/** Input 0 and the output are taken first, then all inputs, the output again, and for int8 all inputs again. */
function concatenatedInputs(call: PreparedOperator): readonly (Tensor | undefined)[] {
  const once = [inputOf(call, 0), ...everyTensor(call), outputOf(call)];
  const inputs = call.operator.inputs.map((_, position) => inputOf(call, position));
  return outputOf(call)?.type === 'int8' ? [...once, ...inputs] : once;
}

/** Kept for int8. */
function concatenation(call: PreparedOperator): PrepareRequests {
  const bytes = 4 * call.operator.inputs.length;
  return { persistent: outputOf(call)?.type === 'int8' ? [bytes, bytes] : [] };
}
