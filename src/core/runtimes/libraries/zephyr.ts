import type { Library } from '../library';

/** Zephyr's fork of TFLM, whose tags say on which day it was made. Its Kconfig decides on CMSIS-NN. */
export const zephyrTfliteMicro: Library = {
  id: 'zephyr-tflite-micro',
  name: "Zephyr's tflite-micro module",
  names: ['zephyrproject-rtos/tflite-micro', 'modules/lib/tflite-micro', 'optional/modules/lib/tflite-micro'],
  holds: 'interpreter',
  usualFor: ['zephyr'],
  releases: [
    { version: '20240627', date: '2024-05-29', id: 'zephyr-tflite-micro-20240627' },
    { version: '20230809', date: '2023-06-30', id: 'zephyr-tflite-micro-20230809' },
    { version: '20210823', date: '2021-08-04', id: 'zephyr-tflite-micro-20210823' },
  ],
  source: 'tags of github:zephyrproject-rtos/tflite-micro, files equal to those of github:tensorflow/tflite-micro',
};
