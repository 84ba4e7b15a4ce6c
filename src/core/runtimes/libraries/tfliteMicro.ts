import type { Library } from '../library';

/** TensorFlow Lite Micro itself, which has no releases: a commit or a day names a version. */
export const tfliteMicro: Library = {
  id: 'tflite-micro',
  name: 'TensorFlow Lite Micro',
  names: ['tensorflow/tflite-micro', 'tflite-micro', 'tflite_micro'],
  holds: 'interpreter',
  releases: [{ version: '90b983c2', date: '2026-08-20', id: '90b983c2' }],
  source: 'github:tensorflow/tflite-micro',
};
