import { prepare } from '../../src/core/execute/prepare';
import { estimate } from '../../src/core/estimate/estimate';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Measured } from '../../src/core/compress/quantize/measure/measure';
import { measure } from '../../src/core/compress/quantize/measure/measure';
import { encodeReal } from '../../src/core/model/values/real';
import { scoreFrom } from '../../src/core/compress/quantize/score';
import type { Reference } from '../../src/core/compress/quantize/measure/reference';
import { loadWasmTfjs } from '../../src/tfjs/wasmTfjs';
import { litert } from '../support/oracles/litert';
import { tfjsTflite } from '../support/oracles/tfjsTflite';
import type { Oracle } from '../support/oracles/oracle';
import type { Comparison } from '../support/twins';
import {
  fidelityFrom,
  comparedTarget,
  comparisonOf,
  floatAnswers,
  measureFile,
  quantizeSubject,
  subjects,
  withScalesOfTwin,
} from '../support/twins';
import type { Section } from './section';
import { percent } from './section';

type Row = readonly string[];

/** Our quantization of the MLPerf Tiny float models beside the int8 models that their authors made of them. */
export async function quantizeSections(): Promise<readonly Section[]> {
  const { engine } = await loadWasmTfjs();
  const [errors, costs, elsewhere, oracles]: Row[][] = [[], [], [], []];
  for (const subject of subjects) {
    const comparison = await comparisonOf(subject, engine);
    const { bytes } = await quantizeSubject(comparison);
    errors.push(...(await errorRows(comparison, bytes)));
    costs.push(...costRows(comparison, bytes));
    elsewhere.push(...(await elsewhereRows(comparison, bytes)));
    oracles.push(...(await oracleRows(comparison, bytes)));
  }
  return [errorSection(errors), costSection(costs), elsewhereSection(elsewhere), oracleSection(oracles)];
}

function errorSection(rows: readonly Row[]): Section {
  return {
    title: 'Quantization: error',
    about:
      "MLPerf Tiny's float models against int8 ones, executed as the device does it (double rounding), on inputs that were not used for calibration and come from other photographs, voices and machines. SQNR in dB, more is better; behind a softmax it hangs on the few samples that lie between two classes, so that \"expected\" takes every sample's answer with every sample's error. *Twin*: the authors' int8 file. *Scales of the twin*: our weights, biases and rounding with its scales of activations. *Min-max*: calibration by the extremes alone. *Milliwatt*: its defaults, chosen on held-out calibration inputs. The float model of keyword spotting has int8 weights itself (hybrid); its twin was made from the weights before that: with the twin's constants our quantizer writes the twin's bytes.",
    head: ['model', 'int8 model', 'test inputs', 'output', 'expected', 'before the softmax', 'same class'],
    rows,
  };
}

async function errorRows(comparison: Comparison, bytes: Uint8Array): Promise<readonly Row[]> {
  const { subject, twin, test } = comparison;
  const minMax = await quantizeSubject(comparison, {
    method: 'min-max',
    biasCorrection: 'off',
    weightFeedback: 'off',
    equalise: 'off',
  });
  const imposed = await measure(withScalesOfTwin(comparison), test, { rounding: 'double' });
  const row = (name: string, measured: Measured): Row => [
    subject.name,
    name,
    `${test.samples.count}`,
    ...errorCells(measured, test),
  ];
  return [
    row('twin', await measureFile(comparison, twin, test)),
    row('scales of the twin', imposed),
    row('min-max', await measureFile(comparison, readTflite(minMax.bytes).model, test)),
    row('Milliwatt', await measureFile(comparison, readTflite(bytes).model, test)),
  ];
}

function errorCells(measured: Measured, reference: Reference): Row {
  const { sqnrDb, beforeSoftmax, top1Agreement: agreement } = fidelityFrom(measured, reference);
  return [
    sqnrDb.toFixed(2),
    beforeSoftmax === undefined ? '' : scoreFrom(measured, reference).outputs[0].outputDb.toFixed(2),
    beforeSoftmax?.sqnrDb.toFixed(2) ?? '',
    agreement === undefined ? '' : percent(agreement),
  ];
}

function costSection(rows: readonly Row[]): Section {
  return {
    title: 'Quantization: cost',
    about:
      'The written file beside the twin, both estimated for the Arduino Nano 33 BLE Sense Rev2: smallest arena, flash with interpreter and kernels, cycles of one inference.',
    head: ['model', 'int8 model', 'file (bytes)', 'RAM (bytes)', 'flash (bytes)', 'cycles'],
    rows,
  };
}

function costRows({ subject, twin }: Comparison, bytes: Uint8Array): readonly Row[] {
  const row = (name: string, model: Comparison['twin']): Row => {
    const { report } = estimate(model, name, comparedTarget, {});
    const figures = [report.model.bytes, report.arena?.minimumBytes, report.flash?.totalBytes, report.latency?.cycles];
    return [subject.name, name, ...figures.map((figure) => (figure === undefined ? '' : figure.toFixed(0)))];
  };
  return [row('twin', twin), row('Milliwatt', readTflite(bytes).model)];
}

function elsewhereSection(rows: readonly Row[]): Section {
  return {
    title: 'Quantization: inputs from elsewhere',
    about:
      'The same files on 100 inputs of another kind than those that ranges were taken from. What lies outside of the ranges is cut off.',
    head: ['model', 'inputs', 'int8 model', 'output', 'expected', 'before the softmax', 'same class'],
    rows,
  };
}

async function elsewhereRows(comparison: Comparison, bytes: Uint8Array): Promise<readonly Row[]> {
  const { subject, float, twin, engine } = comparison;
  const reference = await floatAnswers(float, subject.elsewhere(), engine);
  const row = (name: string, measured: Measured): Row => [
    subject.name,
    subject.elsewhereName,
    name,
    ...errorCells(measured, reference),
  ];
  return [
    row('twin', await measureFile(comparison, twin, reference)),
    row('Milliwatt', await measureFile(comparison, readTflite(bytes).model, reference)),
  ];
}

function oracleSection(rows: readonly Row[]): Section {
  return {
    title: 'Quantization: other runtimes',
    about:
      'The written files in two independent runtimes, and their outputs against those of our evaluator, which equals TensorFlow Lite Micro bit for bit. Both runtimes have kernels (XNNPACK) that round products otherwise than TFLM does.',
    head: ['model', 'runtime', 'inputs', 'values', 'equal', 'largest difference (steps of int8)'],
    rows,
  };
}

const oracles: Readonly<Record<string, Oracle>> = { '@tensorflow/tfjs-tflite': tfjsTflite, '@litertjs/core': litert };

/** Test inputs that are enough to compare runtimes. */
const comparedInputs = 40;

async function oracleRows({ subject, split }: Comparison, bytes: Uint8Array): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, oracle] of Object.entries(oracles)) {
    const differences = await differencesFrom(oracle, bytes, split.test.inputs[0], split.test.count);
    const equal = differences.filter((difference) => difference === 0).length;
    rows.push([
      subject.name,
      name,
      `${comparedInputs}`,
      `${differences.length}`,
      percent(equal / differences.length),
      `${Math.max(...differences)}`,
    ]);
  }
  return rows;
}

/** Every output's distance from ours, in stored steps. */
async function differencesFrom(
  oracle: Oracle,
  bytes: Uint8Array,
  values: Float32Array,
  count: number,
): Promise<number[]> {
  const { model } = readTflite(bytes);
  const executable = prepare(model, { rounding: 'double' });
  const input = model.graphs[0].tensors[model.graphs[0].inputs[0]];
  const size = values.length / count;
  const opened = await oracle.open(bytes);
  const differences: number[] = [];
  for (let sample = 0; sample < comparedInputs; sample++) {
    const stored = encodeReal(input, values.subarray(sample * size, (sample + 1) * size))!;
    const [theirs] = await opened.run([stored]);
    const other = new Int8Array(theirs.buffer, theirs.byteOffset, theirs.byteLength);
    const [ours] = executable.invoke([stored]);
    new Int8Array(ours.bytes.slice().buffer).forEach((value, index) => {
      differences.push(Math.abs(value - other[index]));
    });
  }
  opened.close();
  return differences;
}
