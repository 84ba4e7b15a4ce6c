import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { FloatEngine } from '../../src/core/execute/floatEngine';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import {
  answersOf,
  decibelsOf,
  floatAnswers,
  officialFile,
  quantizeTrained,
  trainedModels,
  type TrainedModel,
  type trainedNumbers,
} from '../support/trained';
import type { Section } from './section';

type Activations = keyof typeof trainedNumbers;

interface TrainedRow {
  readonly name: string;
  readonly activations: Activations;
  readonly ours: number;
  /** Absent where the official converter refuses, or TFLite Micro does not run what it made. */
  readonly official?: number;
  readonly bytes: readonly [ours: number, official: number | undefined];
}

/**
 * Trained Keras files quantized here beside what the official converter made of them with the same samples for
 * calibration; `folder` names others than the shared ones.
 */
export async function trainedSection(folder?: string): Promise<Section> {
  addForeignFormats();
  const { engine } = await loadWasmTfjs();
  const rows: TrainedRow[] = [];
  for (const model of trainedModels(folder)) {
    for (const activations of ['int8', 'int16'] as const) rows.push(await rowOf(model, activations, engine));
  }
  const gain = ({ ours, official }: TrainedRow): number => (official === undefined ? Infinity : ours - official);
  rows.sort((left, right) => gain(left) - gain(right));
  return {
    title: 'Quantization: trained Keras files',
    about: aboutRows(rows, gain),
    head: [
      'model',
      'activations',
      'Milliwatt (dB)',
      'official (dB)',
      'difference (dB)',
      'file (bytes)',
      'official (bytes)',
    ],
    rows: rows.map((row) => {
      const { name, activations, ours, official, bytes } = row;
      const cells = [ours, official, official && gain(row)].map((value) => value?.toFixed(2) ?? '');
      return [name, activations, ...cells, ...bytes.map((size) => size?.toString() ?? '')];
    }),
  };
}

function aboutRows(rows: readonly TrainedRow[], gain: (row: TrainedRow) => number): string {
  const counts = (['int8', 'int16'] as const).map((activations) => {
    const gains = rows.filter((row) => row.activations === activations && row.official !== undefined).map(gain);
    const good = gains.filter((value) => value >= -0.005).length;
    const middle = [...gains].sort((left, right) => left - right)[gains.length >> 1];
    return `${activations}: ${good} of ${gains.length} at least as good, by ${middle.toFixed(1)} dB in the middle`;
  });
  return (
    'Small Keras models that were trained, quantized from their `.keras` file with the defaults, beside what the official converter made of them with the same 120 samples. ' +
    "SQNR of the outputs in dB against the float model, over samples that neither has seen, by TFLM's reference kernels of the newest version, which computes dense weights with a scale for each output right, as the official files have them. " +
    'Behind a softmax or a sigmoid it hangs on the few samples between two classes: one of them can make up most of the error. ' +
    `${counts.join('; ')}. No official figure: the converter refuses, or TFLM does not run the file.`
  );
}

async function rowOf(model: TrainedModel, activations: Activations, engine: FloatEngine): Promise<TrainedRow> {
  const float = await floatAnswers(model);
  const decibels = async (bytes: Uint8Array): Promise<number> =>
    decibelsOf(float, await answersOf(readTflite(bytes).model, model.test), model.test.count);
  const { bytes } = await quantizeTrained(model, engine, { activations });
  const file = officialFile(model, activations);
  const official = file && (await decibels(file).catch(() => undefined));
  return {
    name: model.name,
    activations,
    ours: await decibels(bytes),
    ...(official !== undefined && { official }),
    bytes: [bytes.byteLength, file?.byteLength],
  };
}
