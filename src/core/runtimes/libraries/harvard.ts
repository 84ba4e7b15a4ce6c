import type { Library } from '../library';

/** The library of the edX course: from 1.2.0 with TFLM of spring 2021 in it, before beside Arduino_TensorFlowLite. */
export const harvardTinyMlx: Library = {
  id: 'harvard_tinymlx',
  name: 'Harvard_TinyMLx',
  names: ['harvard_tinymlx', 'tinymlx/arduino-library'],
  holds: 'interpreter',
  kernelLibrary: 'cmsis_nn',
  isDesktop: true,
  releases: [
    ...['1.2.4-alpha', '1.2.3-alpha', '1.2.2-alpha', '1.2.1-alpha'].map((version) => ({
      version,
      date: '2021-04-09',
      id: `harvard_tinymlx-${version}`,
    })),
    ...['1.1.0-alpha', '1.0.1-alpha', '1.0.0-alpha'].map((version) => ({ version, id: `harvard_tinymlx-${version}` })),
  ],
  source: 'tags of github:tinyMLx/arduino-library, files equal to those of github:tensorflow/tflite-micro',
};
