import type { Library } from '../library';

/** Himax's kit for the WE-I Plus, whose kernels are those of Synopsys: none of the runtimes here. */
export const himax: Library = {
  id: 'himax_tflm',
  name: 'himax_tflm',
  names: ['himaxwiseeyeplus/himax_tflm', 'himax_tflm'],
  holds: 'interpreter',
  releases: [
    { version: '2.0', date: '2021-11-23', id: 'himax_tflm-2.0' },
    { version: '1.1', date: '2021-11-23', id: 'himax_tflm-1.1' },
    { version: '1.0.1', date: '2021-06-08', id: 'himax_tflm-1.0.1' },
    { version: '1.0', date: '2021-06-08', id: 'himax_tflm-1.0' },
  ],
  source: 'tags of github:HimaxWiseEyePlus/himax_tflm, files equal to those of github:tensorflow/tflite-micro',
};
