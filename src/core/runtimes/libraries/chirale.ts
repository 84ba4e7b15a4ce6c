import type { Library } from '../library';

/** All four releases hold the same files of TFLM. */
export const chirale: Library = {
  id: 'chirale_tensorflowlite',
  name: 'Chirale_TensorFLowLite',
  names: ['chirale_tensorflowlite', 'spaziochirale/chirale_tensorflowlite'],
  holds: 'interpreter',
  kernelLibrary: 'cmsis_nn',
  isDesktop: true,
  releases: ['2.0.0', '1.1.1', '1.1.0', '1.0.1'].map((version) => ({
    version,
    date: '2023-01-12',
    id: `chirale_tensorflowlite-${version}`,
  })),
  source: 'tags of github:spaziochirale/Chirale_TensorFlowLite, files equal to those of github:tensorflow/tflite-micro',
};
