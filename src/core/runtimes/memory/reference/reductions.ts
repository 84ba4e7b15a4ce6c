import { elementsOf, inputOf, outputOf } from '../../operands';
import type { Tensor } from '../../../model/model';
import { tensorsAt, type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import { inputRank } from '../shapes';

const meanOrSum: KernelMemory = { state: 'OpDataReduce', temporaries: twice, prepare: accumulation };
const extremum: KernelMemory = { state: 'OpDataReduce', temporaries: twice, prepare: iteration };

/**
 * Reductions over axes.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/reduce_common.cc.
 */
export const reductionKernels: readonly (readonly [string, KernelMemory])[] = [
  ['MEAN', meanOrSum],
  ['SUM', meanOrSum],
  ['REDUCE_MAX', extremum],
  ['REDUCE_MIN', extremum],
  ['REDUCE_ALL', extremum],
];

/** A shared first part takes the inputs, and for int8 the output; the operator's own part takes all again. */
function twice(call: PreparedOperator): readonly (Tensor | undefined)[] {
  return tensorsAt([0, 1, 0, 1], inputOf(call, 0)?.type === 'int8' ? [0, 0] : [0])(call);
}

function iteration(call: PreparedOperator): PrepareRequests {
  return { scratch: [4 * inputRank(call), 4 * elementsOf(inputOf(call, 1))] };
}

/** Quantized sums are accumulated in 32 bits before the iteration's own buffers are asked for. */
function accumulation(call: PreparedOperator): PrepareRequests {
  const type = inputOf(call, 0)?.type;
  const accumulators = type === 'int8' || type === 'int16' ? [4 * elementsOf(outputOf(call))] : [];
  return { scratch: [...accumulators, ...(iteration(call).scratch ?? [])] };
}
