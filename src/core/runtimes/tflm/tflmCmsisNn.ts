import { cmsisNnKernels, cmsisNnKernelStructures } from '../memory/cmsisNn/cmsisNn';
import type { Runtime } from '../runtime';

/**
 * TensorFlow Lite Micro with Arm's CMSIS-NN: plain C on M0+ and M3, DSP instructions on M4, M7 and M33, MVE on M55 and
 * M85.
 */
export const tflmCmsisNn: Runtime = {
  id: 'tflm-cmsis-nn',
  name: 'TFLM, CMSIS-NN kernels',
  kernelLibrary: 'cmsis_nn',
  isas: ['none', 'dsp', 'mve'],
  kernels: cmsisNnKernels,
  structures: cmsisNnKernelStructures,
  codeImages: { library: 'cmsis_nn' },
  countedAs: 'cmsis_nn',
};
