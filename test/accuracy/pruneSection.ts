import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadDigits } from '../../examples/digits/data';
import type { Digits } from '../../examples/digits/data';
import { pruneModel } from '../../src/core/compress/prune/pruneModel';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import type { Importance, PruneResult } from '../../src/core/compress/prune/request';
import { quantizeModel } from '../../src/core/compress/quantize/quantize';
import { tfjsTrainer } from '../../src/core/execute/tfjs/trainer';
import { pickSamples } from '../../src/core/samples/samples';
import type { Samples, SplitSamples } from '../../src/core/samples/samples';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import { sharedModelBytes } from '../support/models';
import { comparedTarget, subjects } from '../support/twins';
import type { Section } from './section';
import { percent } from './section';

interface Pruning {
  readonly bytes: Uint8Array;
  readonly samples: SplitSamples;
  readonly importance: Importance | 'auto';
  readonly macsShare: number;
  readonly quantize?: boolean;
}

async function pruned({ bytes, samples, importance, macsShare, quantize = false }: Pruning): Promise<PruneResult> {
  const { tf, engine } = await loadWasmTfjs();
  const options = { ...defaultPruneOptions, importance, quantize, goal: { macsShare } };
  const request = {
    path: 'a.tflite',
    bytes,
    resultPath: 'b.tflite',
    target: comparedTarget,
    limits: {},
    samples,
    options,
  };
  return pruneModel(request, { engine, trainer: tfjsTrainer(tf, 'wasm'), quantize: quantizeModel });
}

type Row = readonly string[];

function rowOf(name: string, { proof }: PruneResult): Row {
  const { before, after, fidelity, source, result } = proof;
  const change = (from: number | undefined, to: number | undefined): string =>
    from === undefined || to === undefined ? '-' : percent(to / from - 1, 0);
  const accuracy = fidelity?.accuracy;
  return [
    name,
    change(source.macs, result.macs),
    change(before?.arena?.minimumBytes, after.arena?.minimumBytes),
    change(before?.flash?.totalBytes, after.flash?.totalBytes),
    change(before?.latency?.cycles, after.latency?.cycles),
    `${(fidelity?.beforeSoftmax ?? fidelity)?.sqnrDb.toFixed(1) ?? '-'} dB`,
    fidelity?.top1Agreement === undefined ? '-' : percent(fidelity.top1Agreement),
    accuracy === undefined ? '-' : `${percent(accuracy.before, 2)} -> ${percent(accuracy.after, 2)}`,
  ];
}

const head = ['pruning', 'MACs', 'RAM', 'flash', 'cycles', 'before the softmax', 'same class', 'right'];

const about =
  'Default options but for what is named, on inputs that neither ranking, repair nor its end was decided by. Costs are those of the written files on a Nano 33 BLE Sense. *l1*: plain magnitude of the filters, with the same repair.';

/** A float model of MLPerf Tiny with 30 % fewer MACs, its channels ranked by us and by plain magnitude. */
export async function prunedSubjectSection(name: string): Promise<Section> {
  const subject = subjects.find((each) => each.name === name)!;
  const pruning = { bytes: sharedModelBytes(subject.model), samples: subject.split(), macsShare: 0.3 };
  const rows: Row[] = [];
  for (const importance of ['auto', 'l1'] as const) {
    rows.push(rowOf(importance === 'auto' ? 'Milliwatt' : 'l1', await pruned({ ...pruning, importance })));
  }
  return { title: `Pruning: ${name}`, about, head, rows };
}

const digits = fileURLToPath(new URL('../../examples/digits/digits_float.tflite', import.meta.url));

/** As many as the command takes when nothing is said, and what `--samples` may ask for. */
const sampleCounts = [500, 3000];

/** The sample workspace's network with half of its MACs, float and int8. */
export async function prunedDigitsSection(): Promise<Section> {
  const { training, heldOut } = loadDigits();
  const bytes = new Uint8Array(readFileSync(digits));
  const rows: Row[] = [];
  for (const count of sampleCounts) {
    const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * training.count) / count));
    const samples = { calibration: pickSamples(samplesOf(training), chosen), test: samplesOf(heldOut) };
    const pruning: Pruning = { bytes, samples, importance: 'auto', macsShare: 0.5 };
    rows.push(rowOf(`${count} samples, float`, await pruned(pruning)));
    rows.push(rowOf(`${count} samples, then int8`, await pruned({ ...pruning, quantize: true })));
  }
  return { title: 'Pruning: digits', about, head, rows };
}

function samplesOf({ count, images, labels }: Digits): Samples {
  return { source: 'digits', isSynthetic: false, count, inputs: [images], labels: [...labels], remarks: [] };
}
