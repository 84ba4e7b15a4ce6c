import { everyTensor, kernelsByState } from '../kernelMemory';

/**
 * Pooling. (L2_POOL_2D, which has no state, is with the kernels that copy their output's dims.)
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/pooling.cc.
 */
export const poolingKernels = kernelsByState(
  [
    ['AVERAGE_POOL_2D', 'OpDataPooling'],
    ['MAX_POOL_2D', 'OpDataPooling'],
  ],
  everyTensor,
);
