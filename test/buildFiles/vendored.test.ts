import { buildFilePlaceOf, readBuildFile } from '../../src/core/buildFiles/buildFiles';
import { buildProjects } from '../../src/core/buildFiles/buildProjects';
import type { BuildFact, BuildReading } from '../../src/core/buildFiles/facts';
import { mayHoldBuildFiles, ownBuildFilePlace } from '../../src/core/buildFiles/ownFiles';
import { projectTarget } from '../../src/core/buildFiles/projectTargets';
import { tellingKernelFiles } from '../../src/core/runtimes/vendoredKernels';

import { check } from '../support/check';

/** Files by path: a text, or of a copy of TFLM `first day..day without it`, empty for contents of no day. */
type Files = Readonly<Record<string, string>>;

const nowhere = { line: 0, column: 0, start: 0, end: 0 };

function readingOf(path: string, said: string): BuildReading {
  const { kind } = buildFilePlaceOf(path)!;
  if (kind.id === 'vendored kernels') return kernelsReading(path, said);
  if (kind.id !== 'vendored') return readBuildFile(kind, said, path);
  const [since, until = ''] = said.split('..');
  const state = { ...(since === '' ? {} : { since }), ...(until === '' ? {} : { until }) };
  const copy = path.slice(0, path.indexOf('tensorflow/lite/micro'));
  const place = { file: path, span: nowhere };
  const fact: BuildFact = { kind: 'vendored', value: { copy, name: path, ...state }, place };
  return { environments: [{ facts: [fact] }], problems: [] };
}

/** A file of ESP-NN whose code these releases have. */
function kernelsReading(path: string, said: string): BuildReading {
  const name = tellingKernelFiles.find((each) => path.endsWith(each))!;
  const copy = path.slice(0, path.length - name.length);
  const releases = said.split(' ').filter((each) => each !== '');
  const value = { copy, library: 'esp-nn', name, releases };
  const fact: BuildFact = { kind: 'vendoredRelease', value, place: { file: path, span: nowhere } };
  return { environments: [{ facts: [fact] }], problems: [] };
}

/** Values of each project as `folder: key value file`. */
function proposedOf(files: Files): readonly string[] {
  const read = Object.entries(files).map(([path, said]) => ({
    path,
    place: ownBuildFilePlace(path)!,
    reading: readingOf(path, said),
  }));
  return buildProjects(read)
    .map((project) => projectTarget(project))
    .flatMap(({ folder, target }) =>
      target.values.map(({ key, value, place }) => `${folder}: ${key} ${value} ${place.file}`),
    );
}

/** The same days for as many files of a copy as are enough. */
function copy(folder: string, days: string, ...others: readonly string[]): Files {
  const names = ['micro_allocator.h', 'micro_interpreter.h', 'kernels/micro_ops.h', 'kernels/kernel_util.h'];
  const said = [days, days, days, ...others];
  return Object.fromEntries(said.map((each, index) => [`${folder}tensorflow/lite/micro/${names[index]}`, each]));
}

const pio = '[env:a]\nboard = pico\n';
const pioSays = 'board raspberry_pi_pico platformio.ini';

check('the version of copies of TFLM in a project', proposedOf, [
  {
    name: 'a library of PlatformIO',
    input: { 'platformio.ini': pio, ...copy('lib/tflm/src/', '2023-03-22..2023-04-06') },
    expected: [`: ${pioSays}`, ': tflmVersion 2023-03-22 lib/tflm/src/tensorflow/lite/micro/kernels/micro_ops.h'],
  },
  {
    name: 'foreign code',
    input: { 'platformio.ini': pio, ...copy('third_party/tflm/', '2023-03-22..') },
    expected: [`: ${pioSays}`, ': tflmVersion 2023-03-22 third_party/tflm/tensorflow/lite/micro/kernels/micro_ops.h'],
  },
  {
    name: 'two of the same days',
    input: { ...copy('lib/a/', '2023-03-22..2023-04-06'), ...copy('lib/b/', '2023-03-22..2023-04-06') },
    expected: [': tflmVersion 2023-03-22 lib/a/tensorflow/lite/micro/kernels/micro_ops.h'],
  },
  {
    name: 'two that differ say none',
    input: { ...copy('lib/a/', '2023-03-22..2023-04-06'), ...copy('lib/b/', '2024-03-22..') },
    expected: [],
  },
  {
    name: 'a file that was changed does no harm',
    input: copy('lib/a/', '2023-03-22..2023-04-06', ''),
    expected: [': tflmVersion 2023-03-22 lib/a/tensorflow/lite/micro/kernels/micro_ops.h'],
  },
  {
    name: 'two files say too little',
    input: {
      'tensorflow/lite/micro/micro_allocator.h': '2023-03-22..',
      'tensorflow/lite/micro/micro_interpreter.h': '2023-03-22..',
    },
    expected: [],
  },
  {
    name: 'outside of the only project it is its own',
    input: { 'node/platformio.ini': pio, ...copy('vendor/', '2023-03-22..') },
    expected: [
      'node: board raspberry_pi_pico node/platformio.ini',
      'node: tflmVersion 2023-03-22 vendor/tensorflow/lite/micro/kernels/micro_ops.h',
    ],
  },
  {
    name: 'outside of two projects it is of none',
    input: { 'a/platformio.ini': pio, 'b/platformio.ini': pio, ...copy('vendor/', '2023-03-22..') },
    expected: ['a: board raspberry_pi_pico a/platformio.ini', 'b: board raspberry_pi_pico b/platformio.ini'],
  },
  {
    // The release of 2022-05-13, whose files those are.
    name: "days that hold the release of the library's own name",
    input: {
      'platformio.ini': `${pio}lib_deps = tanakamasayuki/TensorFlowLite_ESP32\n`,
      ...copy('lib/tflm/', '2022-05-12..2022-05-20'),
    },
    expected: [
      `: ${pioSays}`,
      ': runtime tflm-reference platformio.ini',
      ': tflmVersion tensorflowlite_esp32-1.0.0 lib/tflm/tensorflow/lite/micro/kernels/micro_ops.h',
    ],
  },
  {
    name: 'a manifest beside a copy that is newer',
    input: {
      'lib/TFLM/library.properties': 'name=TensorFlowLite_ESP32\nversion=1.0.0\n',
      ...copy('lib/TFLM/src/', '2023-09-11..2023-11-07'),
    },
    expected: [': tflmVersion 2023-09-11 lib/TFLM/src/tensorflow/lite/micro/kernels/micro_ops.h'],
  },
  {
    name: 'of a library whose examples are projects',
    input: {
      'library.properties': 'name=TensorFlowLite_ESP32\nversion=1.0.0\n',
      'examples/a/platformio.ini': pio,
      ...copy('src/', '2022-05-12..2022-05-20'),
    },
    expected: [
      ': tflmVersion tensorflowlite_esp32-1.0.0 src/tensorflow/lite/micro/kernels/micro_ops.h',
      'examples/a: board raspberry_pi_pico examples/a/platformio.ini',
    ],
  },
  {
    name: 'an exact version of the project goes before a copy',
    input: {
      'platformio.ini': `${pio}lib_deps = tanakamasayuki/TensorFlowLite_ESP32@1.0.0\n`,
      ...copy('lib/other/', '2023-09-11..2023-11-07'),
    },
    expected: [
      `: ${pioSays}`,
      ': runtime tflm-reference platformio.ini',
      ': tflmVersion tensorflowlite_esp32-1.0.0 platformio.ini',
    ],
  },
]);

check('the release of the kernels', proposedOf, [
  {
    name: 'that a lock file says',
    input: {
      'dependencies.lock':
        'dependencies:\n  espressif/esp-nn:\n    version: 1.1.2\n  espressif/esp-tflite-micro:\n    version: 1.3.4\ntarget: esp32s3\n',
    },
    expected: [
      ': board esp32_s3_devkitc dependencies.lock',
      ': runtime tflm-esp-nn dependencies.lock',
      ': tflmVersion esp-tflite-micro-1.3.4 dependencies.lock',
      ': kernelsVersion esp-nn-1.1.2 dependencies.lock',
    ],
  },
  {
    name: 'that a manifest says as a range is not known',
    input: {
      'dependencies.lock': 'dependencies:\n  espressif/esp-tflite-micro:\n    version: 1.3.4\ntarget: esp32s3\n',
      'main/idf_component.yml': 'dependencies:\n  espressif/esp-nn: "^1.1.0"\n',
    },
    expected: [
      ': board esp32_s3_devkitc dependencies.lock',
      ': runtime tflm-esp-nn dependencies.lock',
      ': tflmVersion esp-tflite-micro-1.3.4 dependencies.lock',
    ],
  },
]);

const esp = '[env:a]\nboard = esp32-s3-devkitc-1\nlib_deps = https://github.com/espressif/esp-tflite-micro\n';
const espSays = [': board esp32_s3_devkitc platformio.ini', ': runtime tflm-esp-nn platformio.ini'];

function kernels(folder: string, ...said: readonly string[]): Files {
  const names = ['include/esp_nn.h', 'include/esp_nn_esp32s3.h', 'src/common/common_functions.h'];
  return Object.fromEntries(names.map((name, index) => [`${folder}${name}`, said[index]]));
}

check('the release of a copy of kernels', proposedOf, [
  {
    name: 'that all of its files have',
    input: { 'platformio.ini': esp, ...kernels('lib/esp-nn/', '1.1.1 1.1.2', '1.1.2', '1.1.1 1.1.2') },
    expected: [...espSays, ': kernelsVersion esp-nn-1.1.2 lib/esp-nn/include/esp_nn.h'],
  },
  {
    name: 'code of no release says none',
    input: { 'platformio.ini': esp, ...kernels('lib/esp-nn/', '1.1.1 1.1.2', '', '1.1.2') },
    expected: espSays,
  },
  {
    name: 'two copies that differ say none',
    input: {
      'platformio.ini': esp,
      ...kernels('lib/a/', '1.1.2', '1.1.2', '1.1.2'),
      ...kernels('lib/b/', '1.2.0', '1.2.0', '1.2.0'),
    },
    expected: espSays,
  },
  {
    name: 'kernels that the board does not run say none',
    input: { 'platformio.ini': pio, ...kernels('lib/esp-nn/', '1.1.2', '1.1.2', '1.1.2') },
    expected: [`: ${pioSays}`],
  },
]);

check('folders that may hold build files', mayHoldBuildFiles, [
  { name: 'of a library', input: 'third_party/tflite-micro', expected: true },
  { name: 'of what was built', input: 'build/CMakeFiles/app.dir', expected: false },
]);
