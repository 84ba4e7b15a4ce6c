import { isOn, numberOf } from '../../configValues';
import { add, derived, transposed, type LayerContext } from '../context';
import { floats, integer, integers, type DraftValue } from '../draft';
import { activate, binary } from './activations';
import { product } from './dense';
import { slice } from './reshaping';

/** A cell of a recurrent layer, one step at a time. */
export interface Cell {
  readonly units: number;
  /** One entry for each state; what it gives first is its output. */
  readonly states: readonly string[];
  /** `states` are absent where they are zeros. Gives the next states, the output first. */
  readonly step: (
    input: DraftValue,
    states: readonly (DraftValue | undefined)[],
    step: number,
  ) => readonly DraftValue[];
}

/** The cell of a layer by the name of its class: `LSTM`, `GRU`, `SimpleRNN`. */
export function cellOf(context: LayerContext, className: string, name = `${className.toLowerCase()}_cell`): Cell {
  const units = numberOf(context.config, 'units') ?? 1;
  const matrices: Matrices = {
    kernel: transposed(context.weight('kernel'), [1, 0]),
    inner: transposed(context.weight('recurrent_kernel'), [1, 0]),
    ...(isOn(context.config, 'use_bias') && { bias: context.weight('bias') }),
    units,
  };
  const scoped = (step: number): LayerContext => ({ ...context, scope: `${context.scope}/${name}_${2 * step + 1}` });
  if (className === 'LSTM') {
    return {
      units,
      states: ['hidden', 'cell'],
      step: (input, [hidden, cell], step) => lstm(scoped(step), matrices, { input, hidden, cell }),
    };
  }
  const own = className === 'GRU' ? gru : simple;
  return {
    units,
    states: ['hidden'],
    step: (input, [hidden], step) => [own(scoped(step), matrices, { input, hidden })],
  };
}

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
  context: LayerContext,
  input: DraftValue,
  [weights, bias]: readonly [DraftValue, DraftValue | undefined],
  name: string,
): DraftValue {
  const value = product(context, input, weights, name);
  const node = context.draft.nodes[context.draft.nodes.length - 1];
  node.inputs = [input, weights, bias];
  return value;
}

interface Parts {
  readonly count: number;
  readonly axis: number;
  readonly name?: string;
}

function split(
  context: LayerContext,
  input: DraftValue,
  { count, axis, name = 'split' }: Parts,
): readonly DraftValue[] {
  const width = (input.shape[input.shape.length - 1] ?? count) / count;
  const outputs = Array.from({ length: count }, (_, part): DraftValue => ({
    shape: [...input.shape.slice(0, -1), width],
    type: 'float32',
    name: `${context.scope}/${name}:${part}`,
  }));
  context.draft.addNode('SPLIT', [integer(axis), input], {
    outputs,
    name: `${context.scope}/${name}`,
    options: { numSplits: count },
  });
  return outputs;
}

/** The parts of what the state gives: Keras 3 slices them, and a split is as good. */
function stateParts(context: LayerContext, input: DraftValue, count: number): readonly DraftValue[] {
  const { manner, flavour } = context.options;
  if (manner !== 'official' || flavour !== 'keras3') return split(context, input, { count, axis: -1, name: 'split_1' });
  const width = (input.shape[1] ?? count) / count;
  return Array.from({ length: count }, (_, part) => {
    const isOpenEnd = part === count - 1 && count === 3;
    const columns = {
      ...(part > 0 && { begin: part * width }),
      ...(!isOpenEnd && { end: (part + 1) * width }),
    };
    return slice(context, input, [{}, columns], part === 0 ? 'strided_slice' : `strided_slice_${part}`);
  });
}

/** The activation of a cell under a name of its own. */
function gate(context: LayerContext, input: DraftValue, option: string, name: string): DraftValue {
  const before = context.draft.nodes.length;
  const value = activate(context, input, context.config.get(option));
  const node = context.draft.nodes.at(-1);
  if (node === undefined || context.draft.nodes.length !== before + 1) return value;
  context.draft.nodes[before] = { ...node, name: `${context.scope}/${name}` };
  return value;
}

/** Sum of the products with input and state; the official converter adds the bias apart. */
function summed(context: LayerContext, { kernel, inner, bias }: Matrices, { input, hidden }: Step): DraftValue {
  if (hidden === undefined) return biased(context, input, [kernel, bias], 'MatMul');
  if (context.options.manner === 'ours') {
    const own = biased(context, input, [kernel, bias], 'MatMul');
    return binary(context, 'ADD', [own, product(context, hidden, inner, 'MatMul_1')], 'add');
  }
  const own = product(context, input, kernel, 'MatMul');
  const state = product(context, hidden, inner, 'MatMul_1');
  const isSqueezed = context.options.flavour === 'keras3' && state.shape[0] === 1;
  const flat = isSqueezed
    ? add(context, 'RESHAPE', [state, integers(state.shape.slice(1).map((length) => length ?? 1))], {
        shape: state.shape.slice(1),
        name: 'Squeeze',
      })
    : state;
  const sum = binary(context, 'ADD', [own, flat], isSqueezed ? 'BiasAdd' : 'Add');
  return bias === undefined ? sum : binary(context, 'ADD', [sum, bias], isSqueezed ? 'BiasAdd_1' : 'BiasAdd');
}

function lstm(context: LayerContext, matrices: Matrices, step: Step): readonly DraftValue[] {
  const [open, forget, candidate, output] = split(context, summed(context, matrices, step), { count: 4, axis: 1 });
  const opened = gate(context, open, 'recurrent_activation', 'Sigmoid');
  const kept =
    step.cell && binary(context, 'MUL', [gate(context, forget, 'recurrent_activation', 'Sigmoid_1'), step.cell], 'mul');
  const fresh = binary(context, 'MUL', [opened, gate(context, candidate, 'activation', 'Tanh')], 'mul_1');
  const cell = kept === undefined ? fresh : binary(context, 'ADD', [kept, fresh], 'add_1');
  const shown = gate(context, output, 'recurrent_activation', 'Sigmoid_2');
  return [binary(context, 'MUL', [shown, gate(context, cell, 'activation', 'Tanh_1')], 'mul_2'), cell];
}

function simple(context: LayerContext, { kernel, inner, bias }: Matrices, { input, hidden }: Step): DraftValue {
  const own = biased(context, input, [kernel, bias], 'MatMul');
  const sum =
    hidden === undefined ? own : binary(context, 'ADD', [own, product(context, hidden, inner, 'MatMul_1')], 'add');
  return gate(context, sum, 'activation', 'Tanh');
}

/** Rows `from` to `to` of a matrix, or elements of a vector. */
function rows(value: DraftValue, from: number, to: number): DraftValue {
  const rest = value.shape.slice(1).map((length) => length ?? 1);
  const width = rest.reduce((product_, length) => product_ * length, 1);
  return derived(value, [to - from, ...rest], (values) => values.slice(from * width, to * width));
}

function gru(context: LayerContext, matrices: Matrices, { input, hidden }: Step): DraftValue {
  const { kernel, inner, bias, units } = matrices;
  const isAfter = isOn(context.config, 'reset_after') === true;
  const biases = bias === undefined ? [undefined, undefined] : isAfter ? halves(bias) : [bias, undefined];
  const [update, reset, fresh] = split(context, biased(context, input, [kernel, biases[0]], 'MatMul'), {
    count: 3,
    axis: -1,
  });
  const state = hidden ?? floats(new Float32Array(units), [1, units], 'zeros');
  const isStart = hidden === undefined && !isAfter;
  if (isAfter) {
    const [own, other, last] = stateParts(context, biased(context, state, [inner, biases[1]], 'MatMul_1'), 3);
    const [kept, opened] = gates(context, [update, own], [reset, other]);
    const asked = binary(context, 'ADD', [fresh, binary(context, 'MUL', [opened, last], 'mul')], 'add_2');
    return blended(context, { kept, asked, state: hidden });
  }
  if (isStart)
    return blended(context, { kept: gate(context, update, 'recurrent_activation', 'Sigmoid'), asked: fresh });
  const [own, other] = stateParts(context, product(context, state, rows(inner, 0, 2 * units), 'MatMul_1'), 2);
  const [kept, opened] = gates(context, [update, own], [reset, other]);
  const last = product(
    context,
    binary(context, 'MUL', [opened, state], 'mul'),
    rows(inner, 2 * units, 3 * units),
    'MatMul_2',
  );
  return blended(context, { kept, asked: binary(context, 'ADD', [fresh, last], 'add_2'), state: hidden });
}

function halves(bias: DraftValue): readonly [DraftValue, DraftValue] {
  const width = bias.shape[1] ?? 1;
  return [
    derived(bias, [width], (values) => values.slice(0, width)),
    derived(bias, [width], (values) => values.slice(width)),
  ];
}

type Pair = readonly [DraftValue, DraftValue];

function gates(context: LayerContext, update: Pair, reset: Pair): readonly [DraftValue, DraftValue] {
  const kept = gate(context, binary(context, 'ADD', update, 'add'), 'recurrent_activation', 'Sigmoid');
  const opened = gate(context, binary(context, 'ADD', reset, 'add_1'), 'recurrent_activation', 'Sigmoid_1');
  return [kept, opened];
}

interface Blend {
  readonly kept: DraftValue;
  readonly asked: DraftValue;
  readonly state?: DraftValue;
}

/** `z h + (1 - z) tanh(x)`. */
function blended(context: LayerContext, { kept, asked, state }: Blend): DraftValue {
  const one = floats(Float32Array.of(1), [], 'one');
  const rest = binary(context, 'SUB', [one, kept], 'sub');
  const fresh = binary(context, 'MUL', [rest, gate(context, asked, 'activation', 'Tanh')], 'mul_2');
  return state === undefined
    ? fresh
    : binary(context, 'ADD', [binary(context, 'MUL', [kept, state], 'mul_1'), fresh], 'add_3');
}
