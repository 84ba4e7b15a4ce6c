import { referenceKernels, referenceKernelStructures } from '../memory/reference/reference';
import type { Runtime } from '../runtime';

/** TensorFlow Lite Micro with its own portable kernels: plain C++, runs on every core. */
export const tflmReference: Runtime = {
  id: 'tflm-reference',
  name: 'TFLM, reference kernels',
  kernelLibrary: 'reference',
  isas: ['none', 'dsp', 'mve', 'xtensa-lx6', 'esp32s3', 'esp32p4', 'riscv', 'rv32'],
  kernels: referenceKernels,
  structures: referenceKernelStructures,
  codeImages: { library: 'reference' },
  countedAs: 'reference',
};
