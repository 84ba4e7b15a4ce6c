import { elementsOf, inputOf, outputOf } from '../../operands';
import type { StructureTable } from '../layout';
import { type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import { reductionKernels } from './reductions';

/** Reductions until early 2026: sums kept nothing for their iteration in the arena. */
export const earlierReductionStructures: StructureTable = {
  OpDataReduce: {
    multiplier: 'int32',
    shift: 'int',
    bufferIndices: 'int[2]',
    inputZeroPoint: 'int',
    inputScale: 'float',
    outputZeroPoint: 'int',
    outputScale: 'float',
    numOutputElements: 'int',
    numAxis: 'int',
  },
};

/**
 * Source: espressif/esp-tflite-micro 5f31ea0 (1.3.5) and tensorflow/tflite-micro-arduino-examples 7948b85,
 * tensorflow/lite/micro/kernels/reduce_common.cc and reduce.h.
 */
export const earlierReductionKernels: readonly (readonly [string, KernelMemory])[] = reductionKernels
  .filter(([kind]) => kind !== 'REDUCE_ALL')
  .map(([kind, kernel]) => [kind, kind === 'MEAN' || kind === 'SUM' ? { ...kernel, prepare: sums } : kernel]);

/** Quantized sums are accumulated in 32 bits. */
function sums(call: PreparedOperator): PrepareRequests {
  const type = inputOf(call, 0)?.type;
  return { scratch: type === 'int8' || type === 'int16' ? [4 * elementsOf(outputOf(call))] : [] };
}
