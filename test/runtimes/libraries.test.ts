import { libraries, libraryVersion, type NamedLibrary } from '../../src/core/runtimes/libraries';
import { takesVersion } from '../../src/core/runtimes/versionRange';
import { check } from '../support/check';

function read(named: NamedLibrary): Record<string, string> | undefined {
  const found = libraryVersion(named);
  return found && (JSON.parse(JSON.stringify({ ...found, library: found.library.id })) as Record<string, string>);
}

const arduino = { library: 'arduino_tensorflowlite', runtime: 'tflm-cmsis-nn', tflmVersion: 'arduino-2.4.0' };
const esp = { library: 'esp-tflite-micro', runtime: 'tflm-esp-nn' };

check('libraries as projects name them', read, [
  { name: 'no library of kernels', input: { name: 'Adafruit BME280 Library' }, expected: undefined },
  { name: 'an Arduino library', input: { name: 'Arduino_TensorFlowLite' }, expected: { ...arduino, known: 'newest' } },
  {
    name: 'a version that older copies have, too',
    input: { name: 'Arduino_TensorFlowLite', version: '2.4.0-ALPHA' },
    expected: { ...arduino, known: 'newest' },
  },
  {
    name: 'the address of a repository',
    input: { name: 'https://github.com/tensorflow/tflite-micro-arduino-examples.git#main' },
    expected: { ...arduino, known: 'newest' },
  },
  {
    name: 'a component of a registry',
    input: { name: 'espressif/esp-tflite-micro', version: '1.3.3~1' },
    expected: { ...esp, tflmVersion: 'esp-tflite-micro-1.3.3.1', known: 'exact' },
  },
  {
    name: 'a range of versions',
    input: { name: 'espressif/esp-tflite-micro', version: '^1.2.0' },
    expected: { ...esp, tflmVersion: 'esp-tflite-micro-1.4.0', known: 'newest' },
  },
  {
    name: 'a version that is not in the list',
    input: { name: 'espressif/esp-tflite-micro', version: '2.0.0' },
    expected: { ...esp, known: 'unknown' },
  },
  {
    name: 'a library of kernels',
    input: { name: 'espressif/esp-nn', version: '1.1.2' },
    expected: { library: 'esp-nn', runtime: 'tflm-esp-nn', kernelsVersion: 'esp-nn-1.1.2', known: 'exact' },
  },
  {
    name: 'a library whose kernels do not run on the board',
    input: { name: 'Chirale_TensorFLowLite', version: '2.0.0', board: 'esp32_devkit' },
    expected: { library: 'chirale_tensorflowlite', tflmVersion: 'chirale_tensorflowlite-2.0.0', known: 'exact' },
  },
  {
    name: 'a commit of TFLM',
    input: { name: 'git@github.com:tensorflow/tflite-micro.git', version: '71fba59b5' },
    expected: { library: 'tflite-micro', tflmVersion: '71fba59b5', known: 'exact' },
  },
  {
    name: 'a tag of Zephyr',
    input: { name: 'https://github.com/zephyrproject-rtos/tflite-micro', version: 'zephyr_20240627' },
    expected: { library: 'zephyr-tflite-micro', tflmVersion: 'zephyr-tflite-micro-20240627', known: 'exact' },
  },
  {
    name: 'a library without releases',
    input: { name: 'edge-impulse-sdk' },
    expected: { library: 'edge-impulse-sdk', known: 'unknown' },
  },
]);

const ranges: readonly (readonly [string, string, boolean])[] = [
  ['', '1.3.5', true],
  ['*', '1.3.5', true],
  ['^1.3.4', '1.3.5', true],
  ['^1.3.4', '1.3.3', false],
  ['^1.3.4', '2.0.0', false],
  ['^0.2.3', '0.3.0', false],
  ['~1.3.4', '1.3.9', true],
  ['~1.3.4', '1.4.0', false],
  ['~1', '1.4.0', true],
  ['>=1.1.1', '1.1.1', true],
  ['>= 1.1, <1.2', '1.1.9', true],
  ['>=1.1 <1.2', '1.2.0', false],
  ['!=1.2.0', '1.2.0', false],
  ['==1.0.0', '1.0.0-rc1', false],
  ['^1.0.0-rc1', '1.0.0', true],
  ['main', '1.0.0', false],
];
check(
  'ranges of versions',
  ([range, version]) => takesVersion(range, version),
  ranges.map(([range, version, expected]) => ({ name: `${range} ${version}`, input: [range, version], expected })),
);

check(
  'names of libraries',
  () => {
    const names = libraries.flatMap((library) => library.names);
    const ids = libraries.flatMap(({ releases }) => releases.map(({ id }) => id));
    return [...names, ...ids].filter((name, index, all) => name !== name.toLowerCase() || all.indexOf(name) < index);
  },
  [{ name: 'are in lower case and name one thing', input: undefined, expected: [] }],
);
