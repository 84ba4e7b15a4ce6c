import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pruneModel } from '../../src/core/compress/prune/pruneModel';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import type { PruneOptions, PruneResult } from '../../src/core/compress/prune/request';
import { findChannels } from '../../src/core/compress/channels/findChannels';
import { filterImportance } from '../../src/core/compress/prune/filterImportance';
import { quickForecast } from '../../src/core/compress/prune/pruned';
import { selectByRatio } from '../../src/core/compress/prune/selection';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { tfjsTrainer } from '../../src/core/execute/tfjs/trainer';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { readNpy } from '../../src/core/samples/npy';
import { pickSamples } from '../../src/core/samples/samples';
import type { Samples, SplitSamples } from '../../src/core/samples/samples';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';

/**
 * The figures of pruning: `node --import tsx test/bench/prune.ts [model…]`, with at most EPOCHS (40) passes of repair.
 * For each of two shared models the trade-off curve on test pictures, and agreement with the original at 30 % fewer
 * MACs against plain L1 pruning (the same share of every layer, smallest filters first) with the same repair.
 */
const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

interface Subject {
  readonly model: string;
  readonly pictures: string;
  /** What a byte of a picture is divided by. */
  readonly divisor: number;
}

const subjects: readonly Subject[] = [
  { model: 'mlperf_pretrainedResnet', pictures: 'cifar_like_32', divisor: 1 },
  { model: 'mlperf_vww_96_float', pictures: 'vww_96', divisor: 255 },
];

const macsShare = 0.3;

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const subject of subjects) {
    if (wanted.length > 0 && !wanted.includes(subject.model)) continue;
    await figures(subject);
  }
}

async function figures({ model, pictures, divisor }: Subject): Promise<void> {
  const bytes = new Uint8Array(readFileSync(`${shared}models/${model}.tflite`));
  const samples = split(new Uint8Array(readFileSync(`${shared}inputs/images/${pictures}.npy`)), divisor, pictures);
  const goal = { macsShare };
  const repairOptions = { epochs: Number(process.env.EPOCHS ?? 40) };
  const ours = await run(model, bytes, { samples, options: { ...defaultPruneOptions, goal, repairOptions } });
  report(`${model}, Milliwatt`, ours);
  const ratio = plainRatio(bytes);
  const options: PruneOptions = { ...defaultPruneOptions, clean: false, importance: 'l1', ratio, repairOptions };
  report(
    `${model}, plain L1, ${(ratio * 100).toFixed(1)} % of every layer`,
    await run(model, bytes, { samples, options }),
  );
}

function split(file: Uint8Array, divisor: number, name: string): SplitSamples {
  const { values, shape } = readNpy(file, name);
  const all: Samples = {
    source: name,
    isSynthetic: false,
    count: shape[0],
    inputs: [Float32Array.from(values, (value) => value / divisor)],
    remarks: [],
  };
  const half = shape[0] / 2;
  const indices = (from: number): number[] => Array.from({ length: half }, (_, index) => from + index);
  return { calibration: pickSamples(all, indices(0)), test: pickSamples(all, indices(half)) };
}

/** The share of every layer's channels with which plain pruning loses as many MACs. */
function plainRatio(bytes: Uint8Array): number {
  const { model } = readTflite(bytes);
  const { target } = resolveTarget({});
  const channels = findChannels(model);
  const importances = filterImportance(channels, 'l1');
  const place = { path: '', target, limits: {} };
  const macs = (ratio: number): number =>
    quickForecast({ model, channels, place }, selectByRatio(channels, importances, { ratio, layers: [] })).model.macs;
  let [low, high] = [0, 0.9];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (macs(middle) > macs(0) * (1 - macsShare)) low = middle;
    else high = middle;
  }
  return high;
}

async function run(
  model: string,
  bytes: Uint8Array,
  { samples, options }: { readonly samples: SplitSamples; readonly options: PruneOptions },
): Promise<PruneResult> {
  const { tf, engine } = await loadWasmTfjs();
  const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' });
  const request = {
    path: `${model}.tflite`,
    bytes,
    resultPath: `${model}.pruned.tflite`,
    target,
    limits: {},
    samples,
    options,
  };
  const progress = ({ stage, share }: { readonly stage: string; readonly share: number }): void =>
    void process.stderr.write(`${stage} ${Math.round(share * 100)} %\n`);
  return pruneModel(request, { engine, trainer: tfjsTrainer(tf, engine.name), progress });
}

function report(title: string, { proof, curve }: PruneResult): void {
  const seconds = process.cpuUsage().user / 1e6;
  const { fidelity, source, result, decisions } = proof;
  process.stdout.write(`\n${title} (user CPU so far ${seconds.toFixed(0)} s)\n${decisions.join('\n')}\n`);
  process.stdout.write(
    `MACs ${source.macs} -> ${result.macs}, agreement ${fidelity?.top1Agreement}, SQNR ${fidelity?.sqnrDb} dB\n`,
  );
  for (const { totals, fidelity: measured, chosen } of curve.points) {
    process.stdout.write(
      `  ${totals.macs} MACs ${totals.arenaBytes} RAM ${totals.ms?.toFixed(1)} ms: ${measured?.top1Agreement} ${measured?.sqnrDb.toFixed(1)} dB${chosen ? ' <- written' : ''}\n`,
    );
  }
}

void main();
