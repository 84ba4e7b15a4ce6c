import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../src/core/analysis/analyse';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { blankBodies } from '../../src/core/firmware/arrays/blankBodies';
import { scanArrays } from '../../src/core/firmware/arrays/scan';
import { unitsOf } from '../../src/core/firmware/arrays/units';
import { modelsInText } from '../../src/core/formats/cArray/modelsInText';
import { readModel } from '../../src/core/formats/formats';
import type { Model } from '../../src/core/model/model';
import { largeModel } from '../support/largeModel';
import { xxdNumbers } from '../support/sources';
import { timeFirmware } from './firmware';
import { timeKerasSources } from './keras';
import { timeStarts } from './starts';

/**
 * `npm run bench`: medians of reading, analysing and executing real models, and the sizes of what is shipped. Figures,
 * no verdict: timed tests would fail on a busy machine and prove nothing on an idle one.
 */
const root = join(__dirname, '..', '..');
const models = join(root, '..', 'shared', 'data', 'models');

/** Models near the sizes the targets name, smallest first. */
const timed = [
  'tflm_hello_world_int8',
  'mlperf_kws_ref_model',
  'tflm_person_detect',
  'mlperf_vww_96_int8',
  'tflm_mobilenet_v2_quantized_1x3x224x224',
];

function main(): void {
  console.log(
    `${'what'.padEnd(54)}${['median', 'least', 'most', 'processor'].map((head) => head.padStart(13)).join('')}`,
  );
  for (const name of timed) timeModel(name);
  timeLargeModel();
  timeSources();
  timeFirmware(printTimes);
  timeKerasSources(printTimes);
  timeStarts(root);
  const bundles = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
  for (const bundle of bundles.filter((name) => /^(?!node_modules).*\.(js|css)$/.test(name)).sort()) printSize(bundle);
}

function timeModel(name: string): void {
  const path = join(models, `${name}.tflite`);
  if (!existsSync(path)) {
    console.log(`${name}: skipped, ../shared/data/models is not here`);
    return;
  }
  const bytes = readFileSync(path);
  const kilobytes = Math.round(bytes.length / 1024);
  const request = { path, bytes, target: { board: 'arduino_nano33ble_sense_rev2' } };
  printTimes(`${name} (${kilobytes} KB): read`, () => readModel({ bytes, path }));
  printTimes(`${name} (${kilobytes} KB): analyse`, () => analyse(request));
  timeExecution(`${name} (${kilobytes} KB)`, readModel({ bytes, path }).model);
}

/** Making ready, and one inference as the device computes it, in one thread. */
function timeExecution(what: string, model: Model): void {
  const [graph] = model.graphs;
  const inputs = seededInputs(
    graph.inputs.map((tensor) => graph.tensors[tensor]),
    1,
  );
  const executable = prepare(model, { rounding: 'double' });
  printTimes(`${what}: prepare`, () => prepare(model, { rounding: 'double' }));
  printTimes(`${what}: execute`, () => executable.invoke(inputs));
}

/** How long 20 MB take, and how much memory is held while the largest part of it is. */
function timeLargeModel(): void {
  const path = join(models, 'tflm_mobilenet_v2_quantized_1x3x224x224.tflite');
  if (!existsSync(path)) return;
  const bytes = largeModel(readFileSync(path));
  const request = { path, bytes, target: { board: 'arduino_nano33ble_sense_rev2' } };
  const megabytes = (bytes.length / 2 ** 20).toFixed(1);
  printTimes(`a model of ${megabytes} MB: read`, () => readModel({ bytes, path }));
  printTimes(`a model of ${megabytes} MB: analyse`, () => analyse(request));
  global.gc?.();
  const before = heldBytes();
  const kept = analyse(request);
  const most = heldBytes() - before;
  global.gc?.();
  const after = heldBytes() - before;
  const part = (held: number): string =>
    `${(held / 2 ** 20).toFixed(1)} MB (${(held / bytes.length).toFixed(2)} of its size)`;
  console.log(
    `beside its bytes: ${part(most)} with what is garbage, ${part(after)} kept, for ${kept.report.layers.length} layers`,
  );
}

/** A source of 2,000 lines beside an array of 2 MB of text, and the array alone: each key makes the first again. */
function timeSources(): void {
  const numbers = xxdNumbers(largeTflite());
  const array = `alignas(16) const unsigned char g_model[] = {\n${numbers}\n};\n`;
  const source = `${'void f(int x) { g(x, "text", 0x1f); }\n'.repeat(2000)}${array}`;
  const units = unitsOf(array);
  const megabytes = (array.length / 1e6).toFixed(1);
  printTimes(`an array of ${megabytes} MB of text: scan`, () => scanArrays(units));
  printTimes(`an array of ${megabytes} MB of text: blank for a parser`, () => blankBodies(array));
  printTimes(`2,000 lines and that array: find and decode models`, () =>
    modelsInText({ path: 'main.cc', content: source }),
  );
}

/** Some 340,000 bytes that begin as a model does. */
function largeTflite(): Uint8Array {
  const bytes = Uint8Array.from({ length: 340_000 }, (_none, index) => (index * 37) & 0xff);
  bytes.set([28, 0, 0, 0, 84, 70, 76, 51]);
  return bytes;
}

/** Bytes on the heap and in arrays outside of it. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function printTimes(what: string, run: () => unknown, runs = 21): void {
  for (let warmUp = 1; warmUp < runs; warmUp++) run();
  const cpuBefore = process.cpuUsage();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(cpuBefore);
  // What the machine does besides stretches the time by the clock, hardly that of the processor.
  const figures = [times[(runs - 1) / 2], times[0], times[runs - 1], (user + system) / 1000 / runs];
  const text = figures.map((ms) => `${ms.toFixed(2)} ms`.padStart(13));
  console.log(`${what.padEnd(54)}${text.join('')}`);
}

function printSize(bundle: string): void {
  const path = join(root, 'dist', bundle);
  console.log(
    `${`dist/${bundle}`.padEnd(54)}${existsSync(path) ? `${(statSync(path).size / 1024).toFixed(0)} KB` : 'not built'}`,
  );
}

main();
