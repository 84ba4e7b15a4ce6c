import type { Operator, Tensor } from '../../../model/model';
import { enumOption, numberOption } from '../../../model/options';
import { constantIntegers } from '../../../operators/shapes';
import { storedValues } from '../../../model/values/stored';
import { bare, placeOf, type LoopView } from './loopView';

/** The gates in the order in which UNIDIRECTIONAL_SEQUENCE_LSTM takes them. */
const gateNames = ['input', 'forget', 'cell', 'output'] as const;

/** A long short-term memory cell: what it keeps, what it reads, and its weights by gate. */
export interface LoopedLstm {
  readonly units: number;
  readonly depth: number;
  /** Places of the hidden and of the cell state, of the sequence and of the number of the pass. */
  readonly places: {
    readonly hidden: number;
    readonly cell: number;
    readonly sequence: number;
    readonly counter: number;
  };
  /** For each gate: weights of the input (units x depth), of the state (units x units), and bias. */
  readonly gates: readonly {
    readonly input: Float64Array;
    readonly state: Float64Array;
    readonly bias: Float64Array;
  }[];
}

/**
 * The cell that a loop computes: c' = f c + i tanh(g), h' = o tanh(c'), with i, f and o behind a logistic function, and
 * the four sums as parts of W x + R h + b. `undefined` where it computes anything else.
 */
export function lstmCell(loop: LoopView): LoopedLstm | undefined {
  for (const [cell, output] of loop.body.outputs.entries()) {
    const kept = keptSum(loop, output, cell);
    const shown = kept && shownState(loop, bare(loop, output));
    if (kept === undefined || shown === undefined) continue;
    const split = loop.view.producer(kept.input);
    const gates = [kept.input, kept.forget, kept.candidate, shown.gate];
    const sums = split && sumsOf(loop, split, gates);
    const found = sums && weightsOf(loop, sums.sum, { hidden: shown.hidden, order: sums.order });
    if (found !== undefined) return { ...found, places: { ...found.places, hidden: shown.hidden, cell } };
  }
  return undefined;
}

/** The two products of the new cell state: tensors before their functions. */
function keptSum(
  loop: LoopView,
  output: number,
  cell: number,
): { readonly input: number; readonly forget: number; readonly candidate: number } | undefined {
  const adds = plain(loop, bare(loop, output), 'ADD');
  const products = adds?.inputs.map((index) => plain(loop, index, 'MUL'));
  const keeps = products?.find((product) => product?.inputs.some((index) => placeOf(loop, index) === cell));
  const takes = products?.find((product) => product !== undefined && product !== keeps);
  if (keeps === undefined || takes === undefined) return undefined;
  const forget = keeps.inputs.map((index) => before(loop, index, 'LOGISTIC')).find((index) => index !== undefined);
  const input = takes.inputs.map((index) => before(loop, index, 'LOGISTIC')).find((index) => index !== undefined);
  const candidate = takes.inputs.map((index) => before(loop, index, 'TANH')).find((index) => index !== undefined);
  return forget === undefined || input === undefined || candidate === undefined
    ? undefined
    : { input, forget, candidate };
}

/** The place of the hidden state, o tanh(c'), and the output gate's sum. */
function shownState(loop: LoopView, cell: number): { readonly hidden: number; readonly gate: number } | undefined {
  for (const [hidden, output] of loop.body.outputs.entries()) {
    const product = plain(loop, bare(loop, output), 'MUL');
    const reads = product?.inputs.map((index) => before(loop, index, 'TANH'));
    const side = reads?.findIndex((index) => index !== undefined && bare(loop, index) === cell) ?? -1;
    const gate = product && side >= 0 ? before(loop, product.inputs[1 - side], 'LOGISTIC') : undefined;
    const isKept = loop.view.tensor(loop.body.inputs[hidden])?.shape.length === 2;
    if (gate !== undefined && isKept) return { hidden, gate };
  }
  return undefined;
}

/** The sum that all gates are parts of, and which part each gate is. */
function sumsOf(
  { view }: LoopView,
  split: Operator,
  gates: readonly number[],
): { readonly sum: number; readonly order: readonly number[] } | undefined {
  if (split.kind !== 'SPLIT' || split.outputs.length !== gateNames.length) return undefined;
  const sum = split.inputs[1];
  const axes = constantIntegers(view.tensor(split.inputs[0]));
  const shape = view.tensor(sum)?.shape ?? [];
  const isLast = axes?.length === 1 && (axes[0] === -1 || axes[0] === shape.length - 1);
  const order = gates.map((gate) => split.outputs.indexOf(gate));
  const isEach = new Set(order).size === gateNames.length && !order.includes(-1);
  return isLast && shape.slice(0, -1).every((size) => size === 1) && isEach ? { sum, order } : undefined;
}

interface Sum {
  readonly hidden: number;
  readonly order: readonly number[];
}

/** Reads W, R and b from the terms of a sum. */
function weightsOf(
  loop: LoopView,
  sum: number,
  { hidden, order }: Sum,
): (Omit<LoopedLstm, 'places'> & { readonly places: Omit<LoopedLstm['places'], 'hidden' | 'cell'> }) | undefined {
  const terms = termsOf(loop, sum);
  if (terms === undefined) return undefined;
  const state = terms.products.find(({ inputs }) => placeOf(loop, inputs[0]) === hidden);
  const input = terms.products.find((product) => product !== state);
  const row = input && rowOf(loop, input.inputs[0]);
  if (state === undefined || input === undefined || row === undefined || terms.products.length !== 2) return undefined;
  const [matrix, recurrent] = [input, state].map((product) => loop.view.tensor(product.inputs[1]));
  const [width, depth] = matrix?.shape ?? [];
  const units = width / gateNames.length;
  const isSquare = recurrent?.shape.join() === [width, units].join() && matrix?.shape.length === 2;
  const [inputs, states] = [matrix, recurrent].map(float);
  const biases = [...terms.biases, ...[input, state].flatMap(({ inputs: [, , bias] }) => (bias >= 0 ? [bias] : []))];
  const bias = biasOf(
    biases.map((index) => loop.view.tensor(index)),
    width,
  );
  if (!isSquare || inputs === undefined || states === undefined || bias === undefined) return undefined;
  return {
    ...{ units, depth, places: row },
    gates: order.map((part) => ({
      input: inputs.subarray(part * units * depth, (part + 1) * units * depth),
      state: states.subarray(part * units * units, (part + 1) * units * units),
      bias: bias.subarray(part * units, (part + 1) * units),
    })),
  };
}

/** Layers and constants that a sum is made of. */
function termsOf(
  loop: LoopView,
  sum: number,
): { readonly products: readonly Operator[]; readonly biases: readonly number[] } | undefined {
  const products: Operator[] = [];
  const biases: number[] = [];
  const open = [sum];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const at = bare(loop, index);
    const maker = loop.view.producer(at);
    if (maker === undefined) biases.push(at);
    else if (!isPlain(maker)) return undefined;
    else if (maker.kind === 'ADD') open.push(...maker.inputs);
    else if (maker.kind === 'FULLY_CONNECTED') products.push(maker);
    else return undefined;
    if (products.length + biases.length + open.length > 8) return undefined;
  }
  return { products, biases };
}

/** The row of the sequence that belongs to the pass. */
function rowOf(loop: LoopView, index: number): { readonly sequence: number; readonly counter: number } | undefined {
  const gather = loop.view.producer(bare(loop, index));
  if (gather?.kind !== 'GATHER' || numberOption(gather, 'axis', 0) !== 0) return undefined;
  if (numberOption(gather, 'batchDims', 0) !== 0) return undefined;
  const [sequence, counter] = gather.inputs.map((each) => placeOf(loop, each));
  const isDirect = sequence >= 0 && gather.inputs[0] === loop.body.inputs[sequence];
  return isDirect && counter >= 0 ? { sequence, counter } : undefined;
}

/** The sum of constants of one number for each sum of a gate; of at most one, since two would be rounded otherwise. */
function biasOf(tensors: readonly (Tensor | undefined)[], width: number): Float64Array | undefined {
  if (tensors.length === 0) return new Float64Array(width);
  const values = tensors.length === 1 ? float(tensors[0]) : undefined;
  return values?.length === width ? values : undefined;
}

function float(tensor: Tensor | undefined): Float64Array | undefined {
  return tensor?.type === 'float32' ? storedValues(tensor) : undefined;
}

/** What a function of this kind that makes a tensor is given. */
function before(loop: LoopView, index: number, kind: string): number | undefined {
  const maker = loop.view.producer(bare(loop, index));
  return maker?.kind === kind ? maker.inputs[0] : undefined;
}

function plain(loop: LoopView, index: number, kind: string): Operator | undefined {
  const maker = loop.view.producer(bare(loop, index));
  return maker?.kind === kind && maker.inputs.length === 2 && isPlain(maker) ? maker : undefined;
}

function isPlain(operator: Operator): boolean {
  return (
    enumOption(operator, 'fusedActivationFunction', 'NONE') === 'NONE' &&
    enumOption(operator, 'weightsFormat', 'DEFAULT') === 'DEFAULT'
  );
}
