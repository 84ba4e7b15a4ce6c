import type { Library } from '../library';

/** The port to the Raspberry Pi Pico, which has no releases: a version is the day on which it took over TFLM. */
export const picoTflmicro: Library = {
  id: 'pico-tflmicro',
  name: 'pico-tflmicro',
  names: ['raspberrypi/pico-tflmicro', 'pico-tflmicro', 'petewarden/pico-tflmicro'],
  holds: 'interpreter',
  kernelLibrary: 'cmsis_nn',
  usualFor: ['pico-sdk'],
  releases: [
    { version: '2024-12-26', date: '2024-12-23', id: 'pico-tflmicro-2024-12-26' },
    { version: '2024-03-03', date: '2024-02-27', id: 'pico-tflmicro-2024-03-03' },
    { version: '2023-12-29', date: '2023-12-12', id: 'pico-tflmicro-2023-12-29' },
    { version: '2023-10-18', date: '2023-10-18', id: 'pico-tflmicro-2023-10-18' },
    { version: '2023-08-09', date: '2023-08-09', id: 'pico-tflmicro-2023-08-09' },
    { version: '2023-01-21', date: '2023-01-12', id: 'pico-tflmicro-2023-01-21' },
    { version: '2020-12-06', date: '2020-12-06', id: 'pico-tflmicro-2020-12-06' },
  ],
  source: 'github:raspberrypi/pico-tflmicro, files equal to those of github:tensorflow/tflite-micro',
};
