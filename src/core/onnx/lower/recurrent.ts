import { shapeOf } from '../layout';
import type { Computed } from '../folding';
import type { Lowering } from '../lowering';
import { numberOf, refused, textOf, textsOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { cellKinds, runStepped } from './cells';
import { inMemory } from './convolution';
import type { CellFunction, Direction, Run } from './direction';
import { runFused } from './fusedLstm';

/** LSTM, GRU and RNN: the one operator that TFLM has where it computes this, else one step after the other. */
export function lowerRecurrent(node: OnnxNode, lowering: Lowering): void {
  const directions = directionsOf(node, lowering);
  const [{ units, rows, steps }] = directions;
  const isUsual = node.kind === 'LSTM' && directions.every(isZeroStart) && !isRead(lowering, node.outputs.at(2));
  const functions = directions.flatMap((each) => each.functions);
  const isFused = isUsual && functions.every((each, at) => each === cellKinds.get('LSTM')!.functions[at % 3]);
  const runs = directions.map((each) => (isFused ? runFused(each) : runStepped(each)));
  const isBatchFirst = numberOf(node, 'layout', 0) === 1;
  giveSteps(node, lowering, { runs, steps, rows, units, isBatchFirst });
  giveLast(node, lowering, { runs, steps, rows, units, isBatchFirst, at: 1, of: ({ hidden }) => hidden() });
  giveLast(node, lowering, { runs, steps, rows, units, isBatchFirst, at: 2, of: ({ cell }) => cell?.() ?? -1 });
}

function isZeroStart({ hidden, cell }: Direction): boolean {
  return hidden === undefined && cell === undefined;
}

function isRead(lowering: Lowering, name = ''): boolean {
  return name !== '' && (lowering.readersOf(name).length > 0 || lowering.isOutput(name));
}

function directionsOf(node: OnnxNode, lowering: Lowering): readonly Direction[] {
  const { gates, functions: usual } = cellKinds.get(node.kind)!;
  const [name, weightName, recurrentName, biasName, lengths, hidden, cell, peepholes] = node.inputs;
  const [weights, recurrent, bias] = [weightName, recurrentName, biasName].map((each) => lowering.numbers(each));
  if (weights === undefined || recurrent === undefined)
    throw refused(node, 'its weights are computed; only constants are taken.');
  if (isGiven(peepholes) && lowering.numbers(peepholes)?.values.every((value) => value === 0) !== true)
    throw refused(node, 'it has peepholes, which TensorFlow Lite Micro has not.');
  if (node.attributes.has('clip') || numberOf(node, 'input_forget', 0) !== 0)
    throw refused(node, 'it clips or couples its gates; TensorFlow Lite Micro does neither.');
  const input = lowering.real(node, name);
  const shape = shapeOf(input.layout);
  const [time, batch] = numberOf(node, 'layout', 0) === 1 ? [1, 0] : [0, 1];
  const [steps, rows, features, units] = [shape[time], shape[batch], shape[2], recurrent.shape[2] ?? 0];
  const way = textOf(node, 'direction', 'forward');
  const count = way === 'bidirectional' ? 2 : 1;
  const fits =
    shape.length === 3 &&
    hasShape(weights, [count, gates * units, features]) &&
    hasShape(recurrent, [count, gates * units, units]) &&
    (bias === undefined || hasShape(bias, [count, 2 * gates * units]));
  if (!fits || units === 0) throw refused(node, 'its weights do not fit its input.');
  const whole = isGiven(lengths) ? lowering.numbers(lengths)?.values.every((length) => length === steps) : true;
  if (whole !== true)
    throw refused(node, 'its sequences have lengths of their own; TensorFlow Lite Micro runs all steps.');
  // Features that lie in another order are met by the order of the weights.
  const order = inMemory(input, 2);
  const { axes } = input.layout;
  const from = lowering.draft.placed(input, [axes[time], axes[batch], order?.atoms ?? axes[2]]);
  const functions = functionsOf(node, usual, count);
  const part = ({ values }: Computed, at: number): Float64Array =>
    values.subarray((at * values.length) / count, ((at + 1) * values.length) / count);
  return Array.from({ length: count }, (_, at): Direction => {
    const goesBack = way === 'reverse' || at === 1;
    const label = `${node.name}/${goesBack ? 'back' : 'forth'}`;
    const state = (given: string | undefined, what: string): number | undefined =>
      stateOf(node, lowering, { name: given, at, count, rows, units, label: `${label}/${what}` });
    return {
      ...{ node, lowering, label, goesBack, input: from, steps, rows, features, units },
      ...{
        weights: columns(part(weights, at), order?.places),
        recurrent: part(recurrent, at),
        bias: bias && part(bias, at),
      },
      ...{ hidden: state(hidden, 'hidden'), cell: state(cell, 'cell') },
      functions: functions.slice(at * usual.length, (at + 1) * usual.length),
      resetsAfter: numberOf(node, 'linear_before_reset', 0) === 1,
    };
  });
}

/** The columns of a matrix in another order. */
function columns(values: Float64Array, order: readonly number[] | undefined): Float64Array {
  if (order === undefined) return values;
  const width = order.length;
  return values.map((_, at) => values[at - (at % width) + order[at % width]]);
}

function isGiven(name: string | undefined): name is string {
  return name !== undefined && name !== '';
}

function hasShape({ shape }: Computed, wanted: readonly number[]): boolean {
  return shape.length === wanted.length && shape.every((size, axis) => size === wanted[axis]);
}

const functionNames: ReadonlyMap<string, CellFunction> = new Map([
  ['sigmoid', 'LOGISTIC'],
  ['tanh', 'TANH'],
  ['relu', 'RELU'],
]);

function functionsOf(node: OnnxNode, usual: readonly CellFunction[], count: number): readonly CellFunction[] {
  const given = textsOf(node, 'activations');
  if (given === undefined) return Array.from({ length: count }, () => usual).flat();
  const found = given.map((name) => functionNames.get(name.toLowerCase()));
  if (found.length !== usual.length * count || !found.every((each) => each !== undefined))
    throw refused(node, `it has functions that are none of Sigmoid, Tanh and Relu: ${given.join(', ')}.`);
  return found;
}

interface StateQuestion {
  readonly name: string | undefined;
  readonly at: number;
  readonly count: number;
  readonly rows: number;
  readonly units: number;
  readonly label: string;
}

/** The tensor that a direction begins with: of a constant its part, of a value a slice. */
function stateOf(
  node: OnnxNode,
  lowering: Lowering,
  { name, at, count, rows, units, label }: StateQuestion,
): number | undefined {
  if (!isGiven(name)) return undefined;
  const { draft } = lowering;
  const isBatchFirst = numberOf(node, 'layout', 0) === 1;
  const constant = lowering.isValue(name) ? undefined : lowering.numbers(name);
  if (constant?.values.every((value) => value === 0) === true) return undefined;
  const value = lowering.real(node, name);
  const shape = shapeOf(value.layout);
  const wanted = isBatchFirst ? [rows, count, units] : [count, rows, units];
  if (shape.length !== 3 || shape.some((size, axis) => size !== wanted[axis]))
    throw refused(node, 'the state that it begins with does not fit.');
  const from = lowering.placed(value, isBatchFirst ? [[1], [0], [2]] : [[0], [1], [2]]);
  if (count === 1) return draft.reshaped(from, [rows, units]);
  return lowering.sliced(from, { begin: [at, 0, 0], end: [at + 1, rows, units], dropped: 0, name: `${label}/start` });
}

interface Given {
  readonly runs: readonly Run[];
  readonly steps: number;
  readonly rows: number;
  readonly units: number;
  readonly isBatchFirst: boolean;
}

/** The output of every step: [steps, directions, batch, units]. */
function giveSteps(node: OnnxNode, lowering: Lowering, { runs, steps, rows, units, isBatchFirst }: Given): void {
  const name = node.outputs[0] ?? '';
  if (!isRead(lowering, name)) return;
  const count = runs.length;
  const inOrder = runs.map(({ all }) => all());
  const tensor = joined(lowering, inOrder, { name, shape: [steps, rows, units * count] });
  // Lies as steps, batch, directions, units.
  const shape = isBatchFirst ? [rows, steps, count, units] : [steps, count, rows, units];
  const dimensions = isBatchFirst ? [[1], [0], [2, 3]] : [[0], [2], [1, 3]];
  const made = lowering.made(name, shape, dimensions, lowering.draft.contentOf(tensor));
  lowering.set(name, { tensor, layout: made.layout });
}

/** A state behind the last step of each direction: [directions, batch, units]. */
function giveLast(
  node: OnnxNode,
  lowering: Lowering,
  { runs, rows, units, isBatchFirst, at, of }: Given & { readonly at: number; readonly of: (run: Run) => number },
): void {
  const name = node.outputs[at] ?? '';
  if (!isRead(lowering, name)) return;
  const count = runs.length;
  const tensor = joined(lowering, runs.map(of), { name, shape: [rows, units * count] });
  const shape = isBatchFirst ? [rows, count, units] : [count, rows, units];
  const dimensions = isBatchFirst ? [[0], [1, 2]] : [[1], [0, 2]];
  const made = lowering.made(name, shape, dimensions, lowering.draft.contentOf(tensor));
  lowering.set(name, { tensor, layout: made.layout });
}

function joined(
  { draft }: Lowering,
  inputs: readonly number[],
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
): number {
  if (inputs.length === 1) return inputs[0];
  const tensor = draft.add(`${name}/joined`, shape, { type: 'float32' });
  draft.emit({
    ...{ kind: 'CONCATENATION', inputs, outputs: [tensor], table: 'ConcatenationOptions' },
    values: { axis: shape.length - 1, fusedActivationFunction: 'NONE' },
  });
  return tensor;
}
