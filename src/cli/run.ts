import { basename } from 'node:path';
import type { Command } from 'commander';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { LayerValue, Rounding, TensorValue } from '../core/execute/executable';
import { inputBytes } from '../core/execute/inputBytes';
import { prepare } from '../core/execute/prepare';
import { heldValues, realValuesOf } from '../core/model/values/real';
import { seededInputs } from '../core/execute/seededInputs';
import { subjectOf } from '../core/analysis/subject';
import { wrongAnswers } from '../core/faults/wrongAnswers';
import { operatorName, type Model, type Tensor } from '../core/model/model';
import { HumanError } from '../core/model/problem';
import { isNpy, readNpy } from '../core/samples/npy';
import { exitCodes } from './exitCodes';
import { readFile } from './files';
import { requestFor } from './modelRequest';
import { tableText } from './table';

interface Flags {
  readonly input?: readonly string[];
  readonly seed?: string;
  readonly rounding?: string;
  readonly layers?: boolean;
  readonly json?: boolean;
}

/** One output or layer as the JSON has it; `sha256` is over the raw little-endian bytes. */
interface Hashed {
  readonly tensor: number;
  readonly type: string;
  readonly shape: readonly number[];
  readonly sha256: string;
}

interface HashedLayer extends Hashed {
  /** Index of the operator in its graph, and its name. */
  readonly op: number;
  readonly name: string;
  /** Absent for graph 0. */
  readonly graph?: number;
}

/** An operator at which a board answers otherwise than the file means, as the JSON has it. */
interface Otherwise {
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
    .option('--json', 'as JSON, with SHA-256 over the raw little-endian bytes')
    .action((path: string, flags: Flags) => {
      try {
        runModel(path, flags);
      } catch (error) {
        // What is wrong with a model or with inputs is a failure; a wrong use of the command is left to its own exit code.
        if (!(error instanceof HumanError) || error.code.startsWith('usage-')) throw error;
        process.stderr.write(`${path}: ${error.message}\n`);
        process.exitCode = exitCodes.failed;
      }
    });
}

function runModel(path: string, flags: Flags): void {
  const wanted = flags.rounding === undefined ? undefined : roundingOf(flags.rounding);
  const { model, target } = subjectOf(requestFor(path, {}));
  const rounding = wanted ?? target.rounding;
  const executable = prepare(model, { rounding });
  const otherwise = otherwiseOf(model);
  const inputs = inputsOf(model, flags);
  const layers: HashedLayer[] = [];
  const observe = (layer: LayerValue): void => void layers.push(hashedLayer(layer));
  const outputs = executable.invoke(inputs, flags.layers ? observe : undefined);
  const [graph] = model.graphs;
  if (flags.json) {
    const result = {
      outputs: outputs.map((value, index) => hashed(graph.outputs[index], value)),
      ...(otherwise.length === 0 ? {} : { otherwise }),
    };
    process.stdout.write(`${JSON.stringify(flags.layers ? { ...result, layers } : result)}\n`);
    return;
  }
  process.stdout.write(`${heading(path, flags, rounding)}\n`);
  for (const { op, message } of otherwise) process.stdout.write(`not as the file means, operator ${op}: ${message}\n`);
  if (flags.layers) process.stdout.write(`${layerTable(layers)}\n`);
  outputs.forEach((value, index) => {
    process.stdout.write(`${outputText(graph.tensors[graph.outputs[index]], value)}\n`);
  });
}

/** Where a board answers otherwise than the file means: what is shown is the board's answer. */
function otherwiseOf(model: Model): readonly Otherwise[] {
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
  const bytes = readFile(path);
  if (!isNpy(bytes)) return bytes;
  const { type, values } = readNpy(bytes, path);
  return inputBytes(tensor, { values, areReal: type[1] === 'f' });
}

function hashed(tensor: number, { type, shape, bytes }: TensorValue): Hashed {
  return { tensor, type, shape, sha256: bytesToHex(sha256(bytes)) };
}

function hashedLayer({ graph, operator, tensor, value }: LayerValue): HashedLayer {
  return {
    op: operator.index,
    name: operatorName(operator),
    ...(graph.index === 0 ? {} : { graph: graph.index }),
    ...hashed(tensor, value),
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
function outputText(tensor: Tensor, value: TensorValue): string {
  const stored = heldValues(value);
  const rest = stored.length > mostShown ? ` … ${stored.length - mostShown} more` : '';
  const lines = [`${tensor.name}  ${value.type}[${value.shape.join(',')}]`, `  ${firstOf(stored)}${rest}`];
  const isQuantized = !value.type.includes('float') && (tensor.quantization?.scales.length ?? 0) > 0;
  if (isQuantized) lines.push(`  real: ${firstOf(realValuesOf(value, tensor))}${rest}`);
  return lines.join('\n');
}

function firstOf(values: Float32Array | Float64Array): string {
  return Array.from(values.slice(0, mostShown))
    .map((value) => (Number.isInteger(value) ? value.toString() : value.toPrecision(4)))
    .join(' ');
}
