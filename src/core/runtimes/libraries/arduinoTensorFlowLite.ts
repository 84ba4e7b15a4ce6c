import type { Library } from '../library';

/**
 * The library of TensorFlow's authors for Arduino, as its repository has been since February 2023. Its manifest has
 * said 2.4.0-ALPHA since 2021, also of copies that are older than that.
 */
export const arduinoTensorFlowLite: Library = {
  id: 'arduino_tensorflowlite',
  name: 'Arduino_TensorFlowLite',
  names: ['arduino_tensorflowlite', 'tensorflow/tflite-micro-arduino-examples', 'tflite-micro-arduino-examples'],
  holds: 'interpreter',
  kernelLibrary: 'cmsis_nn',
  usualFor: ['arduino-mbed', 'arduino-nrf52', 'arduino-samd', 'arduino-renesas', 'arduino-apollo3', 'arduino-silabs'],
  isDesktop: true,
  releases: [{ version: '2.4.0-alpha', date: '2023-02-27', id: 'arduino-2.4.0', isAmbiguous: true }],
  source:
    'github:tensorflow/tflite-micro-arduino-examples 7948b85, files equal to those of github:tensorflow/tflite-micro',
};
