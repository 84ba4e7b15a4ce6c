import { espNnKernels, espNnStructures } from '../memory/espNn/espNn';
import { referenceKernelStructures } from '../memory/reference/reference';
import type { Runtime } from '../runtime';

/**
 * TensorFlow Lite Micro with Espressif's ESP-NN: assembly for ESP32-S3 and ESP32-P4, optimized C for the other chips.
 */
export const tflmEspNn: Runtime = {
  id: 'tflm-esp-nn',
  name: 'TFLM, ESP-NN kernels',
  kernelLibrary: 'esp_nn',
  isas: ['xtensa-lx6', 'esp32s3', 'esp32p4', 'riscv'],
  kernels: espNnKernels,
  structures: { ...referenceKernelStructures, ...espNnStructures },
  codeImages: {
    library: 'cmsis_nn',
    note: 'No images with ESP-NN were linked: those with CMSIS-NN stand for them.',
  },
  outputRemark:
    'On this board, ESP-NN may round ties otherwise than the kernels computed here, so that integers may differ by one.',
};
