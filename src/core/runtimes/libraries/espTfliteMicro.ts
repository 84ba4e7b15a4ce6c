import type { Library } from '../library';

/**
 * Espressif's component for ESP-IDF. Its manifest takes ESP-NN `^1.0.0-rc1`, from 1.3.2 `^1.1.0`, from 1.3.4
 * `>=1.1.1`.
 */
export const espTfliteMicro: Library = {
  id: 'esp-tflite-micro',
  name: 'esp-tflite-micro',
  names: [
    'espressif/esp-tflite-micro',
    'esp-tflite-micro',
    'espressif__esp-tflite-micro',
    'tflite-micro-esp-examples',
    'espressif/tflite-micro-esp-examples',
  ],
  holds: 'interpreter',
  kernelLibrary: 'esp_nn',
  usualFor: ['esp-idf'],
  releases: [
    { version: '1.4.0', date: '2026-07-20', id: 'esp-tflite-micro-1.4.0', kernels: 'esp-nn-1.2.3' },
    { version: '1.3.8', date: '2026-07-20', id: 'esp-tflite-micro-1.3.8', kernels: 'esp-nn-1.2.3' },
    { version: '1.3.7', date: '2026-05-06', id: 'esp-tflite-micro-1.3.7', kernels: 'esp-nn-1.2.3' },
    { version: '1.3.5', date: '2025-11-10', id: 'esp-tflite-micro-1.3.5', kernels: 'esp-nn-1.1.2' },
    { version: '1.3.4', date: '2025-08-25', id: 'esp-tflite-micro-1.3.4', kernels: 'esp-nn-1.1.2' },
    { version: '1.3.3~1', date: '2025-01-07', id: 'esp-tflite-micro-1.3.3.1', kernels: 'esp-nn-1.1.0' },
    { version: '1.3.3', date: '2025-01-07', id: 'esp-tflite-micro-1.3.3', kernels: 'esp-nn-1.1.0' },
    { version: '1.3.2', date: '2024-09-27', id: 'esp-tflite-micro-1.3.2', kernels: 'esp-nn-1.1.0' },
    { version: '1.3.1', date: '2024-05-29', id: 'esp-tflite-micro-1.3.1', kernels: 'esp-nn-1.0.2' },
    { version: '1.3.0', date: '2024-04-29', id: 'esp-tflite-micro-1.3.0', kernels: 'esp-nn-1.0.2' },
    { version: '1.2.0', date: '2023-09-29', id: 'esp-tflite-micro-1.2.0', kernels: 'esp-nn-1.0.2' },
    { version: '1.1.0', date: '2023-09-29', id: 'esp-tflite-micro-1.1.0', kernels: 'esp-nn-1.0.1' },
    { version: '1.0.0', date: '2023-08-18', id: 'esp-tflite-micro-1.0.0', kernels: 'esp-nn-1.0.1' },
  ],
  source: 'tags of github:espressif/esp-tflite-micro, files equal to those of github:tensorflow/tflite-micro',
};
