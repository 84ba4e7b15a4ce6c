import { arduino } from './bases';
import type { Change, CorpusRow, Project } from './corpus';

const scaled: Project = { ...arduino, models: { 'sketch/model.cpp g_model': 'scaled' } };
/** A sketch takes another library in by its header. */
const plain: Change = ['sketch/sketch.ino', '<TensorFlowLite.h>', '<Arduino.h>'];
/** What the model needs on the board. */
const enough: Change = ['sketch/sketch.ino', '= 784', '= 832'];
const cmake = 'include($ENV{IDF_PATH}/tools/cmake/project.cmake)\nproject(x)\n';
const row = { project: scaled, board: 'esp32_s3_devkitc', changes: [enough, plain] } as const;
const asked = (version: string): string => `dependencies:\n  espressif/esp-tflite-micro: "${version}"\n`;

/** A model with a scale for each output of a dense layer, which TFLM computes right since September 27, 2024. */
export const libraryVersionRows: readonly CorpusRow[] = [
  {
    name: 'a version of a component with a known fault',
    ...row,
    files: { 'CMakeLists.txt': cmake, 'main/idf_component.yml': asked('1.3.0') },
    expected: ['warning build-library-version main/idf_component.yml:2'],
    says: 'esp-tflite-micro 1.3.0 has known faults at FULLY_CONNECTED of g_model. 1.4.0 has none of that: take that version.',
    fixed: [['main/idf_component.yml', '"1.3.0"', '"==1.4.0"']],
  },
  {
    name: 'a range whose version a lock file says: what is asked for is the place to ask',
    ...row,
    files: {
      'CMakeLists.txt': cmake,
      'main/idf_component.yml': asked('^1.3.0'),
      'dependencies.lock':
        'dependencies:\n  espressif/esp-tflite-micro:\n    version: 1.3.1\ntarget: esp32s3\nversion: 2.0.0\n',
    },
    expected: ['warning build-library-version main/idf_component.yml:2'],
    says: 'esp-tflite-micro 1.3.1 has known faults',
    fixed: [['main/idf_component.yml', '"^1.3.0"', '"==1.4.0"']],
  },
  {
    name: 'a version without the fault',
    ...row,
    files: { 'CMakeLists.txt': cmake, 'main/idf_component.yml': asked('1.3.4') },
    expected: [],
  },
  {
    name: 'a version that is not known',
    ...row,
    files: { 'CMakeLists.txt': cmake, 'main/idf_component.yml': asked('^1.3.0') },
    expected: [],
  },
  {
    name: 'a library of which no release is without the fault',
    ...row,
    board: 'esp32_devkit',
    files: { 'platformio.ini': '[env:a]\nboard = x\nlib_deps = tanakamasayuki/TensorFlowLite_ESP32@1.0.0\n' },
    expected: ['information build-library-version platformio.ini:3'],
    says: 'TensorFlowLite_ESP32 1.0.0 has known faults at FULLY_CONNECTED of g_model. No release of it is without that: change the model',
  },
  {
    name: 'a component in an environment of PlatformIO',
    ...row,
    files: { 'platformio.ini': '[env:a]\nboard = x\nlib_deps =\n  espressif/esp-tflite-micro @ 1.3.0 ; pinned\n' },
    expected: ['warning build-library-version platformio.ini:4'],
    fixed: [['platformio.ini', 'espressif/esp-tflite-micro @ 1.3.0', 'espressif/esp-tflite-micro@1.4.0']],
  },
  {
    name: 'a tag of a repository is no version to write',
    ...row,
    files: {
      'platformio.ini': '[env:a]\nboard = x\nlib_deps = https://github.com/espressif/esp-tflite-micro.git#v1.3.0\n',
    },
    expected: ['warning build-library-version platformio.ini:3'],
  },
];
