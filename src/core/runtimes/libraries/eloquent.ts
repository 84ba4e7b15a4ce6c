import type { Library } from '../library';

/** Holds TFLM up to 2.4.4; from 3.0.0 it is a wrapper beside `tflm_esp32` or `tflm_cortexm`. */
export const eloquentTinyMl: Library = {
  id: 'eloquenttinyml',
  name: 'EloquentTinyML',
  names: ['eloquenttinyml', 'eloquentarduino/eloquenttinyml'],
  holds: 'interpreter',
  releases: [
    ...['3.0.1', '3.0.0', '2.4.4', '2.4.3', '2.4.2', '2.4.1', '2.4.0', '0.0.10', '0.0.9', '0.0.8', '0.0.7', '0.0.6'],
    ...['0.0.5', '0.0.4'],
  ].map((version) => ({ version, id: `eloquenttinyml-${version}` })),
  source: 'tags of github:eloquentarduino/EloquentTinyML',
};

/** Compiled beforehand for the ESP32 family. */
export const tflmEsp32: Library = {
  id: 'tflm_esp32',
  name: 'tflm_esp32',
  names: ['tflm_esp32', 'eloquentarduino/tflm_esp32'],
  holds: 'interpreter',
  releases: [
    { version: '2.0.0', date: '2024-06-24', id: 'tflm_esp32-2.0.0' },
    { version: '1.0.0', date: '2022-05-13', id: 'tflm_esp32-1.0.0' },
  ],
  source: 'tags of github:eloquentarduino/tflm_esp32, headers equal to those of github:tensorflow/tflite-micro',
};

/** Compiled beforehand for Cortex-M. */
export const tflmCortexM: Library = {
  id: 'tflm_cortexm',
  name: 'tflm_cortexm',
  names: ['tflm_cortexm', 'eloquentarduino/tflm_cortexm'],
  holds: 'interpreter',
  releases: [],
  source: 'github:eloquentarduino/EloquentTinyML, README.md',
};
