import type { Library } from '../library';

/** A port for Arduino on the ESP32 with TFLM's own kernels; before 1.0.0 it held TensorFlow 2.1.1. */
export const tensorFlowLiteEsp32: Library = {
  id: 'tensorflowlite_esp32',
  name: 'TensorFlowLite_ESP32',
  names: ['tensorflowlite_esp32', 'tanakamasayuki/tensorflowlite_esp32', 'tanakamasayuki/arduino_tensorflowlite_esp32'],
  holds: 'interpreter',
  kernelLibrary: 'reference',
  isDesktop: true,
  releases: [
    { version: '1.0.0', date: '2022-05-13', id: 'tensorflowlite_esp32-1.0.0' },
    ...['0.9.0', '0.8.0', '0.7.0', '0.6.0', '0.5.0', '0.4.0', '0.3.0', '0.2.0'].map((version) => ({
      version,
      id: `tensorflowlite_esp32-${version}`,
    })),
  ],
  source:
    'tags of github:tanakamasayuki/Arduino_TensorFlowLite_ESP32, files equal to those of github:tensorflow/tflite-micro',
};
