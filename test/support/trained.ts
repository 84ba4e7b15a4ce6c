import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorsBetween } from '../../src/core/compress/judge/errorSums';
import { runSamples } from '../../src/core/compress/judge/runSamples';
import { quantizeModel } from '../../src/core/compress/quantize/quantize';
import { defaultQuantizeOptions, type QuantizeOptions } from '../../src/core/compress/quantize/request';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { FloatEngine } from '../../src/core/execute/floatEngine';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model } from '../../src/core/model/model';
import { newestVersion } from '../../src/core/runtimes/tflm/versions';
import { realValuesOf } from '../../src/core/model/values/real';
import type { Samples } from '../../src/core/samples/samples';
import { readNpz } from './npz';

const shared = fileURLToPath(new URL('../../../shared/keras/trained/', import.meta.url));

/** The reason to skip a test that needs the shared trained models, or `false` when they are here. */
export const withoutTrainedModels: string | false = existsSync(shared)
  ? false
  : 'The trained Keras models (../shared/keras/trained) are not on this machine.';

/** Types of activations with the names that the official files have. */
export const trainedNumbers = { int8: 'official_int8', int16: 'official_int16x8' } as const;

/**
 * A trained model in a folder: what Keras saved, what the official converter made of it, and samples. See the README of
 * the shared models.
 */
export interface TrainedModel {
  readonly name: string;
  readonly folder: string;
  readonly calibration: Samples;
  /** Samples that no calibration has seen. */
  readonly test: Samples;
}

/** All trained models below a folder, by name. */
export function trainedModels(folder = shared): readonly TrainedModel[] {
  const names = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/truth.json`));
  return names.sort().map((name) => ({
    name,
    folder: `${folder}/${name}`,
    calibration: samplesOf(`${folder}/${name}/representative.npz`),
    test: samplesOf(`${folder}/${name}/test.npz`),
  }));
}

function samplesOf(path: string): Samples {
  const [{ shape, values }] = readNpz(path).values();
  return { source: path, isSynthetic: false, count: shape[0], inputs: [values], remarks: [] };
}

/** What the official converter made; `undefined` where it refused. */
export function officialFile(
  { folder }: TrainedModel,
  activations: keyof typeof trainedNumbers,
): Uint8Array | undefined {
  return fileOf(`${folder}/${trainedNumbers[activations]}.tflite`);
}

/** The float model as the official converter wrote it, which all others are compared with. */
export function floatAnswers({ folder, test }: TrainedModel): Promise<Float32Array> {
  return answersOf(readTflite(fileOf(`${folder}/float.tflite`)!).model, test);
}

function fileOf(path: string): Uint8Array | undefined {
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}

/** Outputs of all samples as real numbers, by reference kernels with the rounding of TF Lite's. */
export async function answersOf(model: Model, samples: Samples): Promise<Float32Array> {
  const [graph] = model.graphs;
  const parts: Float32Array[] = [];
  await runSamples(
    model,
    samples,
    { rounding: 'double' },
    {
      outputs: (_, [value]) => {
        parts.push(Float32Array.from(realValuesOf(value, graph.tensors[graph.outputs[0]])));
      },
    },
  );
  const all = new Float32Array(parts.length * parts[0].length);
  parts.forEach((part, place) => all.set(part, place * part.length));
  return all;
}

/** Signal to noise of some outputs in decibels, of all samples together. */
export function decibelsOf(float: Float32Array, answers: Float32Array, count: number): number {
  return errorsBetween(float, answers, count).sqnrDb;
}

/** The trained file quantized with the samples of calibration alone. */
export async function quantizeTrained(
  { folder, calibration }: TrainedModel,
  engine: FloatEngine,
  options: Partial<QuantizeOptions> = {},
): Promise<{ readonly bytes: Uint8Array; readonly decisions: readonly string[] }> {
  const path = `${folder}/model.keras`;
  const request = {
    path,
    bytes: fileOf(path)!,
    resultPath: `${folder}/model.int8.tflite`,
    // A version that computes the official file right, whose dense weights have a scale for each output.
    target: resolveTarget({ runtime: 'tflm-reference', settings: { tflmVersion: newestVersion } }).target,
    limits: {},
    samples: { calibration, test: calibration },
    options: { ...defaultQuantizeOptions, ...options },
  };
  const { bytes, proof } = await quantizeModel(request, { engine });
  return { bytes, decisions: proof.decisions };
}
