import type { ProjectRow } from './project';

const sketch = '#include <TensorFlowLite.h>\nvoid setup() {}\n';

export const arduinoProjects: readonly ProjectRow[] = [
  {
    name: 'a sketch alone names no board',
    files: { 'kws.ino': sketch },
    expected: [],
    defined: '…',
  },
  {
    name: 'a board and libraries of a profile',
    files: {
      'kws.ino': sketch,
      'sketch.yaml': [
        'profiles:',
        '  nano:',
        '    fqbn: arduino:mbed_nano:nano33ble',
        '    libraries:',
        '      - Arduino_TensorFlowLite (2.4.0-ALPHA)',
      ].join('\n'),
    },
    expected: ['board arduino_nano33ble sketch.yaml:3', 'runtime tflm-cmsis-nn sketch.yaml:5', 'environment nano'],
  },
  {
    name: 'the profile by default',
    files: {
      'sketch.yaml':
        'profiles:\n  a:\n    fqbn: arduino:mbed_nano:nano33ble\n  b:\n    fqbn: rp2040:rp2040:rpipico\ndefault_profile: b\n',
    },
    expected: ['board raspberry_pi_pico sketch.yaml:5', 'environment b'],
  },
  {
    name: 'a board without a profile',
    files: { 'sketch.yaml': 'default_fqbn: esp32:esp32:esp32s3:CPUFreq=160\ndefault_port: /dev/ttyACM0\n' },
    expected: ['board esp32_s3_devkitc sketch.yaml:1', 'clockHz 160000000 sketch.yaml:1', 'environment default_fqbn'],
  },
  {
    name: 'the board that was picked in an editor',
    files: { 'kws.ino': sketch, '.vscode/arduino.json': '{"board": "arduino:mbed_nano:nano33ble"}' },
    expected: ['board arduino_nano33ble .vscode/arduino.json:1', 'runtime tflm-cmsis-nn kws.ino:1'],
  },
  {
    name: 'a sketch in a folder below the picked board',
    files: { 'app/app.ino': sketch, '.vscode/arduino.json': '{"board": "arduino:mbed_nano:nano33ble"}' },
    of: 'app/model.h',
    expected: ['board arduino_nano33ble .vscode/arduino.json:1', 'runtime tflm-cmsis-nn app/app.ino:1'],
  },
  {
    name: 'a library that is worked on is not its last release',
    files: {
      'library.properties': 'name=TensorFlowLite_ESP32\nversion=1.0.0\n',
      'examples/x/x.ino': 'void setup() {}\n',
    },
    of: 'src/a.cpp',
    expected: [],
  },
  {
    name: 'examples of TensorFlow that lie in a project',
    files: {
      'kws.ino': 'void setup() {}\n',
      'src/tensorflow/lite/micro/examples/x/esp/sdkconfig.defaults': 'CONFIG_COMPILER_OPTIMIZATION_PERF=y\n',
    },
    of: 'src/tensorflow/lite/micro/examples/x/esp/main.cc',
    expected: [],
  },
  {
    name: 'an installed library says its version',
    files: {
      'kws.ino': '#include <Chirale_TensorFlowLite.h>\n',
      'libraries/Chirale_TensorFLowLite/library.properties': 'name=Chirale_TensorFLowLite\nversion=1.1.0\n',
    },
    expected: ['tflmVersion chirale_tensorflowlite-1.1.0 libraries/Chirale_TensorFLowLite/library.properties:2'],
  },
  {
    name: 'examples of an installed library say nothing',
    files: {
      'kws.ino': 'void setup() {}\n',
      'libraries/A/examples/x/x.ino': sketch,
      'libraries/A/examples/x/sketch.yaml': 'default_fqbn: arduino:mbed_nano:nano33ble\n',
    },
    expected: [],
  },
  {
    name: 'two files that name different boards: none',
    files: {
      'sketch.yaml': 'default_fqbn: arduino:mbed_nano:nano33ble\n',
      '.vscode/arduino.json': '{"board": "esp32:esp32:esp32"}',
    },
    expected: [
      'environment default_fqbn',
      'The project names two boards, "arduino:mbed_nano:nano33ble" (sketch.yaml) and "esp32:esp32:esp32" (arduino.json). Choose one.',
    ],
  },
  {
    name: 'an FQBN that is cut off',
    files: { 'sketch.yaml': 'default_fqbn: arduino:mbed_nano\n' },
    expected: ['no project'],
  },
];
