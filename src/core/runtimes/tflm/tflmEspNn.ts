import type { Runtime } from '../runtime';

/** TensorFlow Lite Micro with Espressif's ESP-NN: assembly for ESP32-S3 and ESP32-P4, optimized C for the other chips. */
export const tflmEspNn: Runtime = {
  id: 'tflm-esp-nn',
  name: 'TFLM, ESP-NN kernels',
  kernelLibrary: 'esp_nn',
  isas: ['xtensa-lx6', 'esp32s3', 'esp32p4', 'riscv'],
};
