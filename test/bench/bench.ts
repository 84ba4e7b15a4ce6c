import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../src/core/analysis/analyse';
import { readModel } from '../../src/core/formats/formats';

/**
 * `npm run bench`: medians of reading and analysing real models, and the sizes of what is shipped. Figures, no verdict:
 * timed tests would fail on a busy machine and prove nothing on an idle one.
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
  console.log('what                                                    median     least   most');
  for (const name of timed) timeModel(name);
  timeLargeModel();
  for (const bundle of ['extension.js', 'analysisWorker.js', 'cli.js', 'webview/model.js', 'webview/model.css'])
    printSize(bundle);
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
  printTimes(`${name} (${kilobytes} KB): read`, () => readModel(bytes, path));
  printTimes(`${name} (${kilobytes} KB): analyse`, () => analyse(request));
}

/** A model of 20 MB: the largest there is with its constants repeated would need a file; a padded one reads the same way. */
function timeLargeModel(): void {
  const path = join(models, 'tflm_mobilenet_v2_quantized_1x3x224x224.tflite');
  if (!existsSync(path)) return;
  const small = readFileSync(path);
  const bytes = new Uint8Array(20 * 1024 * 1024);
  bytes.set(small);
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept = analyse({ path, bytes, target: {} });
  global.gc?.();
  const grown = process.memoryUsage().heapUsed - before;
  printTimes('a file of 20 MB: analyse', () => analyse({ path, bytes, target: {} }));
  console.log(
    `a file of 20 MB: ${(grown / 1048576).toFixed(1)} MB of heap kept by an analysis of ${kept.report.layers.length} layers`,
  );
}

function printTimes(what: string, run: () => unknown, runs = 21): void {
  for (let warmUp = 0; warmUp < 5; warmUp++) run();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const text = [times[(runs - 1) / 2], times[0], times[runs - 1]].map((ms) => `${ms.toFixed(2)} ms`.padStart(10));
  console.log(`${what.padEnd(54)}${text.join('')}`);
}

function printSize(bundle: string): void {
  const path = join(root, 'dist', bundle);
  console.log(
    `${`dist/${bundle}`.padEnd(54)}${existsSync(path) ? `${(statSync(path).size / 1024).toFixed(0)} KB` : 'not built'}`,
  );
}

main();
