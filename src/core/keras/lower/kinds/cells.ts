import { isOn, numberOf } from '../../configValues';
import { add, derived, transposed, type LayerContext } from '../context';
import { floats, integer, integers, once, zeros, type DraftDimension, type DraftValue } from '../draft';
import { activate } from './activations';
import { product } from './dense';
import { slice } from './reshaping';
import { binary } from './elementwise';

/** A cell of a recurrent layer, one step at a time. */
export interface Cell {
  /** As the layer names it, for the names of its operations. */
  readonly name: string;
  readonly units: number;
  /** One entry for each state; what it gives first is its output. */
  readonly states: readonly string[];
  /** `states` are absent where they are zeros. Gives the next states, the output first. */
  readonly step: (at: CellScope, input: DraftValue, states: readonly (DraftValue | undefined)[]) => Computed;
}

type Computed = readonly DraftValue[];

/** Where a step of a cell is computed. */
export interface CellScope {
  /** Its scope is that of the cell. */
  readonly context: LayerContext;
  /** Steps that were computed in the same scope before: TensorFlow numbers operations of one kind on. */
  readonly step: number;
  /** Keras 2's own fast form, which takes the state's parts apart in another way. */
  readonly isApart?: boolean;
}

/** The name of operation `place` of `count` of one kind in each step. */
function named({ step }: CellScope, kind: string, place: number, count: number): string {
  const number = step * count + place;
  return number === 0 ? kind : `${kind}_${number}`;
}

/** The cell of a layer by the name of its class: `LSTM`, `GRU`, `SimpleRNN`. */
export function cellOf(context: LayerContext, className: string, name = cellNames.get(className) ?? className): Cell {
  const units = numberOf(context.config, 'units') ?? 1;
  const matrices: Matrices = {
    kernel: transposed(context.weight('kernel'), [1, 0]),
    inner: transposed(context.weight('recurrent_kernel'), [1, 0]),
    ...(isOn(context.config, 'use_bias') && { bias: context.weight('bias') }),
    units,
  };
  const own = ({ context: around, ...at }: CellScope): CellScope => ({
    ...at,
    context: { ...around, config: context.config },
  });
  if (className === 'LSTM') {
    return {
      name,
      units,
      states: ['hidden', 'cell'],
      step: (at, input, [hidden, cell]) => lstm(own(at), matrices, { input, hidden, cell }),
    };
  }
  const compute = className === 'GRU' ? gru : simple;
  return {
    name,
    units,
    states: ['hidden'],
    step: (at, input, [hidden]) => [compute(own(at), matrices, { input, hidden })],
  };
}

const cellNames: ReadonlyMap<string, string> = new Map([
  ['LSTM', 'lstm_cell'],
  ['GRU', 'gru_cell'],
  ['SimpleRNN', 'simple_rnn_cell'],
]);

interface Matrices {
  readonly kernel: DraftValue;
  readonly inner: DraftValue;
  readonly bias?: DraftValue;
  readonly units: number;
}

interface Step {
  readonly input: DraftValue;
  readonly hidden?: DraftValue;
  readonly cell?: DraftValue;
}

/** A product with a bias inside. */
function biased(
  { context }: CellScope,
  input: DraftValue,
  [weights, bias]: readonly [DraftValue, DraftValue | undefined],
  [name, sum]: readonly [name: string, sum: string],
): DraftValue {
  const value = product(context, input, weights, name);
  if (bias === undefined) return value;
  if (context.options.manner === 'official') return binary(context, 'ADD', [value, bias], sum);
  const node = context.draft.nodes[context.draft.nodes.length - 1];
  node.inputs = [input, weights, bias];
  return value;
}

function split(
  { context }: CellScope,
  input: DraftValue,
  { count, axis, name }: { readonly count: number; readonly axis: number; readonly name: string },
): readonly DraftValue[] {
  const width = (input.shape[input.shape.length - 1] ?? count) / count;
  const outputs = parts({ context, input, name }, Array<number>(count).fill(width));
  context.draft.addNode('SPLIT', [integer(axis), input], {
    outputs,
    name: `${context.scope}/${name}`,
    options: { numSplits: count },
  });
  return outputs;
}

function parts(
  { context, input, name }: { readonly context: LayerContext; readonly input: DraftValue; readonly name: string },
  widths: readonly number[],
): DraftValue[] {
  return widths.map((width, part): DraftValue => ({
    shape: [...input.shape.slice(0, -1), width],
    type: 'float32',
    name: `${context.scope}/${name}:${part}`,
  }));
}

/** The parts of what the state gives: Keras 3 slices them, Keras 2 splits off two and what is left, and ours splits. */
function stateParts(at: CellScope, input: DraftValue, count: number): readonly DraftValue[] {
  const { context } = at;
  const { manner, flavour } = context.options;
  const name = named(at, 'split', 1, 2);
  if (manner === 'ours' || at.isApart === true) return split(at, input, { count, axis: 1, name });
  const width = (input.shape[1] ?? count) / count;
  if (flavour === 'keras2') {
    const outputs = parts({ context, input, name }, [width, width, (count - 2) * width]);
    context.draft.addNode('SPLIT_V', [input, integers([width, width, -1]), integer(-1)], {
      outputs,
      name: `${context.scope}/${name}`,
      options: { numSplits: 3 },
    });
    return outputs;
  }
  // Of a reset before the product, the matrix of the state has been sliced before.
  const first = count === 3 ? 0 : 1;
  return Array.from({ length: count }, (_, part) => {
    const isOpenEnd = part === count - 1 && count === 3;
    const columns = {
      ...(part > 0 && { begin: part * width }),
      ...(!isOpenEnd && { end: (part + 1) * width }),
    };
    const number = first + part;
    return slice(context, input, [{}, columns], number === 0 ? 'strided_slice' : `strided_slice_${number}`);
  });
}

/** Activation `place` of `count` in a step of a cell: operations of one kind are numbered. */
function gate(at: CellScope, input: DraftValue, option: string, [place, count]: readonly [number, number]): DraftValue {
  const { context } = at;
  const before = context.draft.nodes.length;
  const value = activate(context, input, context.config.get(option));
  const number = at.step * count + place;
  if (number === 0) return value;
  context.draft.nodes.slice(before).forEach((node, index) => {
    const name = `${node.name}_${number}`;
    for (const output of node.outputs) output.name = output.name === node.name ? name : output.name;
    context.draft.nodes[before + index] = { ...node, name };
  });
  return value;
}

/** Sum of the products with input and state; the official converter adds the bias apart. */
function summed(at: CellScope, { kernel, inner, bias }: Matrices, { input, hidden }: Step): DraftValue {
  const { context } = at;
  const [first, second] = [named(at, 'MatMul', 0, 2), named(at, 'MatMul', 1, 2)];
  const [sum, shifted] = [named(at, 'add', 0, 2), named(at, 'BiasAdd', 0, 1)];
  if (hidden === undefined) return biased(at, input, [kernel, bias], [first, shifted]);
  if (context.options.manner === 'ours') {
    const own = biased(at, input, [kernel, bias], [first, shifted]);
    return binary(context, 'ADD', [own, product(context, hidden, inner, second)], sum);
  }
  const own = product(context, input, kernel, first);
  const state = product(context, hidden, inner, second);
  const isSqueezed = context.options.flavour === 'keras3' && state.shape[0] === 1;
  const flat = isSqueezed ? squeezed(context, state) : state;
  const isPlain = context.options.flavour === 'keras3' && !isSqueezed;
  const total = binary(context, 'ADD', [own, flat], isSqueezed ? 'BiasAdd' : isPlain ? 'Add' : sum);
  return bias === undefined ? total : binary(context, 'ADD', [total, bias], isSqueezed ? 'BiasAdd_1' : shifted);
}

function squeezed(context: LayerContext, state: DraftValue): DraftValue {
  const shape: readonly DraftDimension[] = state.shape.slice(1);
  const target = integers(shape.map((length) => length ?? 1));
  return add(context, 'RESHAPE', [state, target], { shape, name: 'Squeeze' });
}

function lstm(at: CellScope, matrices: Matrices, step: Step): readonly DraftValue[] {
  const { context } = at;
  const total = summed(at, matrices, step);
  const [open, forget, candidate, output] = split(at, total, { count: 4, axis: 1, name: named(at, 'split', 0, 1) });
  const opened = gate(at, open, 'recurrent_activation', [0, 3]);
  const multiply = (left: DraftValue, right: DraftValue, place: number): DraftValue =>
    binary(context, 'MUL', [left, right], named(at, 'mul', place, 3));
  const kept = step.cell && multiply(gate(at, forget, 'recurrent_activation', [1, 3]), step.cell, 0);
  const fresh = multiply(opened, gate(at, candidate, 'activation', [0, 2]), 1);
  // TensorFlow numbers names that differ in the case of their letters alone.
  const isAfterAdd =
    total.name.endsWith('/Add') || context.draft.nodes.some(({ name }) => name === `${context.scope}/Add`);
  const sum = context.options.flavour === 'keras3' ? (isAfterAdd ? 'add_1' : 'add') : named(at, 'add', 1, 2);
  const cell = kept === undefined ? fresh : binary(context, 'ADD', [kept, fresh], sum);
  const shown = gate(at, output, 'recurrent_activation', [2, 3]);
  return [multiply(shown, gate(at, cell, 'activation', [1, 2]), 2), cell];
}

function simple(at: CellScope, { kernel, inner, bias }: Matrices, { input, hidden }: Step): DraftValue {
  const { context } = at;
  const own = biased(at, input, [kernel, bias], [named(at, 'MatMul', 0, 2), named(at, 'BiasAdd', 0, 1)]);
  const sum =
    hidden === undefined
      ? own
      : binary(
          context,
          'ADD',
          [own, product(context, hidden, inner, named(at, 'MatMul', 1, 2))],
          named(at, 'add', 0, 1),
        );
  return gate(at, sum, 'activation', [0, 1]);
}

/** Rows `from` to `to` of a matrix, or elements of a vector. */
function rows(value: DraftValue, from: number, to: number): DraftValue {
  const rest = value.shape.slice(1).map((length) => length ?? 1);
  const width = rest.reduce((product_, length) => product_ * length, 1);
  return once(value, `rows ${from} ${to}`, () =>
    derived(value, [to - from, ...rest], (values) => values.slice(from * width, to * width)),
  );
}

function gru(at: CellScope, matrices: Matrices, { input, hidden }: Step): DraftValue {
  const { context } = at;
  const { kernel, inner, bias, units } = matrices;
  const isAfter = isOn(context.config, 'reset_after') === true;
  const isKeras2 = context.options.flavour === 'keras2';
  const biases = bias === undefined ? [undefined, undefined] : isAfter ? halves(bias) : [bias, undefined];
  const products = isAfter ? 2 : 3;
  const sums = isAfter && bias !== undefined ? 2 : 1;
  // Keras 3 splits a bias of two halves first, and adds the second one by an operation of the same kind.
  const isShifted = !isKeras2 && isAfter && bias !== undefined;
  if (isShifted) {
    const read = `${context.scope.replaceAll('/', '_').toLowerCase()}_split_readvariableop_resource`;
    for (const half of biases) if (half && !context.draft.sortNames.has(half)) context.draft.sortNames.set(half, read);
  }
  const own = biased(at, input, [kernel, biases[0]], [named(at, 'MatMul', 0, products), named(at, 'BiasAdd', 0, sums)]);
  const first = {
    count: 3,
    // Ours has the constant of a loop's counter for both.
    axis: at.isApart === true || context.options.manner === 'ours' ? 1 : -1,
    name: isShifted ? 'split_1' : named(at, 'split', 0, 2),
  };
  const [update, reset, fresh] = split(at, own, first);
  const sum = (pair: Pair, place: number): DraftValue =>
    binary(context, 'ADD', pair, isShifted ? `add_${place + 1}` : named(at, 'add', place, 4));
  const sigmoid = (value: DraftValue, place: number): DraftValue => gate(at, value, 'recurrent_activation', [place, 2]);
  const state = hidden ?? zeros([1, units]);
  const names: BlendNames = { at, sum };
  const inside = named(at, 'MatMul', 1, products);
  if (isAfter) {
    const shifted = isKeras2 ? named(at, 'BiasAdd', 1, 2) : 'add';
    const [kept, opened, last] = stateParts(at, biased(at, state, [inner, biases[1]], [inside, shifted]), 3);
    const [update1, reset1] = [sigmoid(sum([update, kept], 0), 0), sigmoid(sum([reset, opened], 1), 1)];
    const recurrent = binary(context, 'MUL', [reset1, last], named(at, 'mul', 0, 3));
    return blended(names, { kept: update1, asked: sum([fresh, recurrent], 2), state: hidden });
  }
  if (hidden === undefined) return blended(names, { kept: sigmoid(update, 0), asked: fresh });
  const [kept, opened] = stateParts(at, product(context, state, rows(inner, 0, 2 * units), inside), 2);
  const [update1, reset1] = [sigmoid(sum([update, kept], 0), 0), sigmoid(sum([reset, opened], 1), 1)];
  const last = product(
    context,
    binary(context, 'MUL', [reset1, state], named(at, 'mul', 0, 3)),
    rows(inner, 2 * units, 3 * units),
    named(at, 'MatMul', 2, products),
  );
  return blended(names, { kept: update1, asked: sum([fresh, last], 2), state: hidden });
}

function halves(bias: DraftValue): readonly [DraftValue, DraftValue] {
  const width = bias.shape[1] ?? 1;
  return [
    once(bias, 'first half', () => derived(bias, [width], (values) => values.slice(0, width))),
    once(bias, 'second half', () => derived(bias, [width], (values) => values.slice(width))),
  ];
}

type Pair = readonly [DraftValue, DraftValue];

interface BlendNames {
  readonly at: CellScope;
  readonly sum: (pair: Pair, place: number) => DraftValue;
}

interface Blend {
  readonly kept: DraftValue;
  readonly asked: DraftValue;
  readonly state?: DraftValue;
}

/** `z h + (1 - z) tanh(x)`. */
function blended({ at, sum }: BlendNames, { kept, asked, state }: Blend): DraftValue {
  const { context } = at;
  const one = floats(Float32Array.of(1), [], 'one');
  const rest = binary(context, 'SUB', [one, kept], named(at, 'sub', 0, 1));
  const fresh = binary(context, 'MUL', [rest, gate(at, asked, 'activation', [0, 1])], named(at, 'mul', 2, 3));
  return state === undefined ? fresh : sum([binary(context, 'MUL', [kept, state], named(at, 'mul', 1, 3)), fresh], 3);
}
