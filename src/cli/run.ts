import { basename } from 'node:path';
import type { Command } from 'commander';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { LayerValue, Rounding, TensorValue } from '../core/execute/executable';
import { inputBytes } from '../core/execute/inputBytes';
import { prepare } from '../core/execute/prepare';
import { heldValues, realValuesOf } from '../core/model/values/real';
import { seededInputs } from '../core/execute/seededInputs';
import type { AnalysisRequest } from '../core/analysis/analysis';
import { subjectOf } from '../core/analysis/subject';
import { classNamesOf } from '../core/compress/judge/classNames';
import { isClassification } from '../core/compress/judge/judgedOutputs';
import { differenceFromMeant, meantOutputs, type MeantDifference } from '../core/faults/meantOutputs';
import { wrongAnswers } from '../core/faults/wrongAnswers';
import { budgets, underBudget } from '../core/model/budget';
import { operatorName, type Model, type Tensor } from '../core/model/model';
import { HumanError } from '../core/model/problem';
import { isNpy, readNpy } from '../core/samples/npy';
import { namesFrom, projectClassNames } from './classNames';
import { exitCodes } from './exitCodes';
import { readFile } from './files';
import { requestFor } from './modelRequest';
import { tableText } from './table';
import { checkTrained } from '../core/formats/trained';
import { untrainedAdvice } from './trained';
import { linesText, writeErrorLine, writeLine, writeOut } from './output';

interface Flags {
  readonly input?: readonly string[];
  readonly seed?: string;
  readonly rounding?: string;
  readonly layers?: boolean;
  readonly labels?: string;
  readonly json?: boolean;
}

/** One output or layer as the JSON has it; `sha256` is over the raw little-endian bytes. */
interface OutputDigest {
  readonly tensor: number;
  readonly type: string;
  readonly shape: readonly number[];
  readonly sha256: string;
}

/**
 * One output as the JSON has it: beside its hash its numbers as they are stored, and the classes with the largest of a
 * classifier.
 */
interface Output extends OutputDigest {
  readonly values: readonly number[];
  readonly classes?: readonly ClassValue[];
  /** How far it is from what the file means; only where the board answers otherwise and both could be computed. */
  readonly meant?: MeantDifference;
}

interface ClassValue {
  readonly index: number;
  readonly label?: string;
  /** In real numbers. */
  readonly value: number;
}

interface HashedLayer extends OutputDigest {
  /** Index of the operator in its graph, and its name. */
  readonly op: number;
  readonly name: string;
  /** Absent for graph 0. */
  readonly graph?: number;
}

/** An operator at which a board answers otherwise than the file means, as the JSON has it. */
interface Disagreement {
  /** `shape-contradiction`, or the id of a known fault. */
  readonly id: string;
  readonly outcome: string;
  /** Absent for graph 0. */
  readonly graph?: number;
  readonly op: number;
  readonly message: string;
}

/** `milliwatt run MODEL`: executes a model as a device would and shows what comes out. */
export function addRun(program: Command): void {
  program
    .command('run')
    .description('executes a model as TFLite Micro would, bit for bit (ties with ESP-NN kernels excepted)')
    .argument('<model>')
    .option('--input <files...>', 'raw bytes or .npy of each input, in order')
    .option('--seed <number>', 'fill the inputs from a seed; 1 when neither --input nor --seed is given')
    .option(
      '--rounding <mode>',
      "double (TFLite Micro's default) or single (TFLITE_SINGLE_ROUNDING); as milliwatt.json says when absent",
    )
    .option('--layers', 'also what each operator computes')
    .option(
      '--labels <file>',
      "names of a classifier's classes, one a line; else those of milliwatt.json, else those that the model carries",
    )
    .option('--json', 'as JSON, with all values and SHA-256 over the raw little-endian bytes')
    .action((path: string, flags: Flags) => {
      try {
        underBudget(budgets.inference, () => runModel(path, flags));
      } catch (error) {
        // What is wrong with a model or with inputs is a failure; a wrong use of the command is left to its own exit
        // code.
        if (!(error instanceof HumanError) || error.code.startsWith('usage-')) throw error;
        writeErrorLine(`${path}: ${error.message}`);
        process.exitCode = exitCodes.failed;
      }
    });
}

function runModel(path: string, flags: Flags): void {
  const wanted = flags.rounding === undefined ? undefined : roundingOf(flags.rounding);
  const request = requestFor(path, {});
  const subject = subjectOf(request);
  checkTrained(subject, untrainedAdvice);
  const { model, target } = subject;
  const rounding = wanted ?? target.rounding;
  const otherwise = otherwiseOf(model);
  const inputs = inputsOf(model, flags);
  const layers: HashedLayer[] = [];
  const observe = (layer: LayerValue): void => void layers.push(hashedLayer(layer));
  const values = said(otherwise, () => prepare(model, { rounding }).invoke(inputs, flags.layers ? observe : undefined));
  const isOther = otherwise.some(({ outcome }) => outcome === 'wrong');
  const meant = isOther ? meantOutputs(model, inputs) : [];
  const [graph] = model.graphs;
  const outputs = values.map((value, index) => {
    const tensor = graph.tensors[graph.outputs[index]];
    const labels = isClassification(graph, tensor.index) ? { of: labelsOf(flags, request, value) } : undefined;
    return outputOf(tensor, value, { labels, meant: meant[index] });
  });
  if (flags.json) {
    const result = { outputs, ...(otherwise.length === 0 ? {} : { otherwise }) };
    writeOut(`${JSON.stringify(flags.layers ? { ...result, layers } : result)}\n`);
    return;
  }
  writeLine(heading(path, flags, rounding));
  for (const finding of otherwise) writeLine(otherwiseText(finding));
  if (flags.layers) writeOut(`${layerTable(layers)}\n`);
  outputs.forEach((output, index) => {
    writeOut(`${outputText(graph.tensors[output.tensor], values[index], output)}\n`);
  });
}

/** Why a board would answer otherwise is said before what keeps the model from being run here. */
function said<Result>(otherwise: readonly Disagreement[], run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    for (const finding of otherwise) writeErrorLine(otherwiseText(finding));
    throw error;
  }
}

function otherwiseText({ graph, op, message }: Disagreement): string {
  return `not as the file means, operator ${graph === undefined ? '' : `${graph}:`}${op}: ${message}`;
}

/** The labels of an output's classes: of the file that is given, else of the project, else of the model. */
function labelsOf(
  { labels }: Flags,
  { path, bytes }: Pick<AnalysisRequest, 'path' | 'bytes'>,
  { shape }: TensorValue,
): readonly string[] | undefined {
  return classNamesOf(bytes, shape.at(-1)!, labels === undefined ? projectClassNames(path) : namesFrom(labels));
}

/** `labels` where the output tells classes apart, named or not. */
function outputOf(
  tensor: Tensor,
  value: TensorValue,
  { labels, meant }: { readonly labels?: { readonly of?: readonly string[] }; readonly meant?: TensorValue },
): Output {
  const difference = differenceFromMeant(value, meant, tensor);
  return {
    ...digestOf(tensor.index, value),
    values: Array.from(heldValues(value)),
    ...(labels && { classes: classesOf(realValuesOf(value, tensor), labels.of) }),
    ...(difference && { meant: difference }),
  };
}

const mostClasses = 5;

/** The classes with the largest values, the largest first. */
function classesOf(values: Float32Array, labels: readonly string[] | undefined): readonly ClassValue[] {
  return Array.from(values, (value, index) => ({ index, ...(labels && { label: labels[index] }), value }))
    .sort((one, other) => other.value - one.value)
    .slice(0, mostClasses);
}

/** Where a board answers otherwise than the file means: what is shown is the board's answer. */
function otherwiseOf(model: Model): readonly Disagreement[] {
  return wrongAnswers(model).map(({ id, outcome, graph, operator, message }) => ({
    id,
    outcome,
    ...(graph.index === 0 ? {} : { graph: graph.index }),
    op: operator.index,
    message,
  }));
}

function roundingOf(text: string): Rounding {
  if (text === 'double' || text === 'single') return text;
  throw new HumanError('usage-rounding', `--rounding ${text} is neither double nor single. Write one of these.`);
}

function inputsOf(model: Model, { input, seed }: Flags): readonly Uint8Array[] {
  const [graph] = model.graphs;
  const tensors = graph.inputs.map((tensor) => graph.tensors[tensor]);
  if (input !== undefined && seed !== undefined) {
    throw new HumanError('usage-input', 'Give --input or --seed, not both.');
  }
  if (input === undefined) return seededInputs(tensors, seedOf(seed ?? '1'));
  if (input.length !== tensors.length) throw wrongCount(tensors, input.length);
  return input.map((path, index) => fileBytes(path, tensors[index]));
}

function seedOf(text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new HumanError('usage-seed', `--seed ${text} is no whole number. Write for instance --seed 1.`);
}

function wrongCount(tensors: readonly Tensor[], given: number): HumanError {
  const names = tensors.map(({ name, type, shape }) => `"${name}" ${type}[${shape.join(',')}]`).join(', ');
  return new HumanError(
    'input-count',
    `The model has ${tensors.length === 1 ? 'one input' : `${tensors.length} inputs`} (${names}), but ${given} files were given. Give one file for each, in this order.`,
  );
}

/** A `.npy` of floats holds real numbers, any other the numbers as they are stored; every other file is raw bytes. */
function fileBytes(path: string, tensor: Tensor): Uint8Array {
  const bytes = readFile(path, 'model');
  if (!isNpy(bytes)) return bytes;
  const { type, values } = readNpy(bytes, path);
  return inputBytes(tensor, { values, areReal: type[1] === 'f' });
}

function digestOf(tensor: number, { type, shape, bytes }: TensorValue): OutputDigest {
  return { tensor, type, shape, sha256: bytesToHex(sha256(bytes)) };
}

function hashedLayer({ graph, operator, tensor, value }: LayerValue): HashedLayer {
  return {
    op: operator.index,
    name: operatorName(operator),
    ...(graph.index === 0 ? {} : { graph: graph.index }),
    ...digestOf(tensor, value),
  };
}

function heading(path: string, { input, seed }: Flags, rounding: Rounding): string {
  const source = input === undefined ? `inputs from seed ${seed ?? '1'}` : `inputs from ${input.join(', ')}`;
  return `${basename(path)}: ${source}, ${rounding} rounding`;
}

function layerTable(layers: readonly HashedLayer[]): string {
  const rows = layers.map(({ op, name, graph, type, shape, sha256: hash }) => [
    graph === undefined ? `${op}` : `${graph}:${op}`,
    name,
    `${type}[${shape.join(',')}]`,
    hash.slice(0, 16),
  ]);
  return tableText([['op', 'operator', 'output', 'sha256'], ...rows], 4);
}

const mostShown = 16;

/** An output with its first values: as they are stored, and the real numbers that they stand for. */
function outputText(tensor: Tensor, value: TensorValue, { classes, meant }: Output): string {
  const title = `${tensor.name}  ${value.type}[${value.shape.join(',')}]`;
  const lines = classes?.map(classText) ?? valueLines(tensor, value);
  return linesText([title, ...lines, ...(meant ? [meantText(meant)] : [])]);
}

function classText({ index, label, value }: ClassValue): string {
  return `  ${value.toFixed(4)}  ${label ?? `class ${index}`}`;
}

function meantText({ largestDifference, largestMeant }: MeantDifference): string {
  if (largestDifference === 0) return '  as the file means, for these inputs';
  return `  off by up to ${largestDifference.toPrecision(4)} from what the file means, whose largest value is ${largestMeant.toPrecision(4)}`;
}

function valueLines(tensor: Tensor, value: TensorValue): readonly string[] {
  const stored = heldValues(value);
  const rest = stored.length > mostShown ? ` … ${stored.length - mostShown} more` : '';
  const lines = [`  ${firstOf(stored)}${rest}`];
  const isQuantized = !value.type.includes('float') && (tensor.quantization?.scales.length ?? 0) > 0;
  if (isQuantized) lines.push(`  real: ${firstOf(realValuesOf(value, tensor))}${rest}`);
  return lines;
}

function firstOf(values: Float32Array | Float64Array): string {
  return Array.from(values.slice(0, mostShown))
    .map((value) => (Number.isInteger(value) ? value.toString() : value.toPrecision(4)))
    .join(' ');
}
