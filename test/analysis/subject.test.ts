import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { buildSync } from 'esbuild';
import { analyse } from '../../src/core/analysis/analyse';
import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import type { Proof } from '../../src/core/compress/proof';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import type { Report } from '../../src/core/estimate/report';
import { timingTables } from '../../src/core/estimate/timing/timingTables';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { measurementsText, noMeasurements } from '../../src/core/measure/measurementsFile';
import type { StoredCalibration } from '../../src/core/measure/storedCalibration';
import { AnalysisWorker } from '../../src/host/analysis/workerClient';
import type { CompressionHow } from '../../src/protocol/jobs';
import { compress } from '../../src/worker/jobs/compress';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';
import { noBesideHost, noFilesBeside } from '../support/noFilesBeside';

const plainOptions = options('FullyConnectedOptions', { fusedActivationFunction: 'RELU' });
const dense = (input: number, name: number): ReturnType<typeof operator> =>
  operator('FULLY_CONNECTED', [input, name, -1], [name + 1], { options: plainOptions });
const bytes = writeTflite(
  model(
    graph(
      [
        tensor('x', 'float32', [1, 16]),
        floats(
          'a',
          [8, 16],
          Array.from({ length: 128 }, (_, index) => ((index * 7) % 11) - 5),
        ),
        tensor('mid', 'float32', [1, 8]),
        floats(
          'b',
          [4, 8],
          Array.from({ length: 32 }, (_, index) => ((index * 5) % 7) - 3),
        ),
        tensor('y', 'float32', [1, 4]),
      ],
      [dense(0, 1), dense(2, 3)],
      { inputs: [0], outputs: [4] },
    ),
  ),
);
const board = 'arduino_nano33ble_sense_rev2';
const calibration: StoredCalibration = {
  board,
  runtime: 'tflm-cmsis-nn',
  scale: 2,
  cyclesPerOperator: 0,
  source: 'Calibrated.',
  tables: timingTables(),
  models: [],
  before: { median: 0.5, worst: 0.5 },
  after: { median: 0, worst: 0 },
  recordedAt: '2026-01-02T03:04:05Z',
};
const request: AnalysisRequest = { path: 'dense.tflite', bytes, target: { board, runtime: 'tflm-cmsis-nn' } };
const calibrated: AnalysisRequest = { ...request, measured: { measurements: [], calibrations: [calibration] } };

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-subject-'));
after(() => rmSync(folder, { recursive: true }));
for (const place of ['plain', 'calibrated']) {
  mkdirSync(join(folder, place, '.milliwatt'), { recursive: true });
  writeFileSync(join(folder, place, 'dense.tflite'), bytes);
  writeFileSync(
    join(folder, place, 'milliwatt.json'),
    JSON.stringify({ board, runtime: 'tflm-cmsis-nn', models: [{ path: 'dense.tflite' }] }),
  );
}
writeFileSync(
  join(folder, 'calibrated', '.milliwatt', 'measurements.json'),
  measurementsText({ ...noMeasurements, calibrations: [calibration] }),
);

/** Milliseconds of the model that one way of asking tells, for a request and for a folder that says the same. */
type Way = (asked: AnalysisRequest, place: string) => Promise<number | undefined> | number | undefined;

const thread = join(folder, 'thread.cjs');
buildSync({
  entryPoints: [join(import.meta.dirname, '../../src/worker/analysis.ts')],
  bundle: true,
  platform: 'node',
  outfile: thread,
  logLevel: 'error',
});

const listing: Way = (asked) => analyse(asked).report.latency?.ms;

const offered =
  (id: string): Way =>
  async ({ bytes: content, ...asked }) => {
    const worker = new AnalysisWorker(thread, { info: () => undefined, error: () => undefined }, noFilesBeside);
    try {
      const offers = await worker.offers(
        { content: 'dense', request: asked },
        { read: () => Promise.resolve(new Uint8Array(content)) },
      );
      const offer = offers.find((each) => each.offer.id === id)?.offer;
      return offer?.possible ? offer.before?.ms : undefined;
    } finally {
      worker.dispose();
    }
  };

const job =
  (how: CompressionHow): Way =>
  async ({ bytes: content, ...asked }) => {
    const { proof } = await compress(
      { type: 'compress', model: content, request: asked, resultPath: 'new.tflite', how, mostSamples: 4 },
      {
        signal: new AbortController().signal,
        progress: () => undefined,
        files: { list: () => Promise.resolve([]), read: () => Promise.resolve(new Uint8Array()) },
        beside: noBesideHost,
      },
    );
    return proof.before?.latency?.ms;
  };

const command =
  (...args: readonly string[]): Way =>
  (_asked, place) => {
    const { stdout } = spawnSync(process.execPath, [...commandLine, ...args], {
      cwd: join(folder, place),
      encoding: 'utf8',
      env: commandLineEnvironment,
    });
    const printed = JSON.parse(stdout) as Report | Proof;
    return 'latency' in printed ? printed.latency?.ms : (printed as Proof).before?.latency?.ms;
  };

/** How many times as long as without a calibration. */
async function factorOf(way: Way): Promise<number> {
  const [before, now] = [await way(request, 'plain'), await way(calibrated, 'calibrated')];
  return (now ?? 0) / (before ?? Infinity);
}

const synthetic = { kind: 'synthetic' } as const;
const halved = { ...defaultPruneOptions, ratio: 0.5, repair: false };

check('a board that was calibrated to take twice as long takes so', factorOf, [
  { name: 'in the listing', input: listing, expected: 2 },
  { name: 'in the offer of a quantization', input: offered('quantize-int8'), expected: 2 },
  {
    name: 'in the proof of a quantization',
    input: job({ kind: 'quantize', data: synthetic, options: defaultQuantizeOptions }),
    expected: 2,
  },
  { name: 'in the proof of a pruning', input: job({ kind: 'prune', options: halved }), expected: 2 },
  { name: 'with milliwatt analyze', input: command('analyze', 'dense.tflite', '--json'), expected: 2 },
  { name: 'with milliwatt quantize', input: command('quantize', 'dense.tflite', '--json'), expected: 2 },
  {
    name: 'with milliwatt prune',
    input: command('prune', 'dense.tflite', '--ratio', '0.5', '--no-repair', '--json'),
    expected: 2,
  },
]);
