import { isOn, numberOf } from '../configValues';
import type { KerasConfig, KerasDimension, KerasLayer, KerasShape } from '../kerasModel';
import {
  parameter,
  required,
  trainable,
  without,
  type LayerKind,
  type LayerParameter,
  type LayerUse,
  type WeightShape,
} from './layerKind';

/** How a cell's variables are laid out: gates side by side along the last axis. */
interface CellFacts {
  readonly gates: number;
  readonly states: number;
}

const cellFacts: ReadonlyMap<string, CellFacts> = new Map([
  ['SimpleRNN', { gates: 1, states: 1 }],
  ['GRU', { gates: 3, states: 1 }],
  ['LSTM', { gates: 4, states: 2 }],
]);

/** `LSTM` of `LSTMCell` and of `LSTM`. */
function cellName(className: string): string {
  return className.replace(/Cell$/, '');
}

const tanh = parameter('activation', 'tanh', { kind: 'activation' });
const sigmoid = parameter('recurrent_activation', 'sigmoid', { kind: 'activation' });
const initializers = without('kernel_initializer', 'recurrent_initializer', 'bias_initializer');
const regularizers = without('kernel_regularizer', 'recurrent_regularizer', 'bias_regularizer');
const constraints = without('kernel_constraint', 'recurrent_constraint', 'bias_constraint');
const drops = [parameter('dropout', 0), parameter('recurrent_dropout', 0)];

const cellParameters = (name: string): readonly LayerParameter[] => [
  required('units'),
  tanh,
  ...(name === 'SimpleRNN' ? [] : [sigmoid]),
  parameter('use_bias', true),
  ...initializers,
  ...(name === 'LSTM' ? [parameter('unit_forget_bias', true)] : []),
  ...regularizers,
];

const sequenceParameters: readonly LayerParameter[] = [
  parameter('return_sequences', false),
  parameter('return_state', false),
  parameter('go_backwards', false),
  parameter('stateful', false),
  parameter('unroll', false),
];

/** Keras 2's own default of `reset_after` is this one, too. */
const resetAfter = parameter('reset_after', true);

function cellWeights(name: string, config: KerasConfig, features: KerasDimension): readonly WeightShape[] | undefined {
  const [units, facts] = [numberOf(config, 'units'), cellFacts.get(name)];
  if (typeof features !== 'number' || units === undefined || facts === undefined) return undefined;
  const width = units * facts.gates;
  const isDouble = name === 'GRU' && isOn(config, 'reset_after') === true;
  return [
    trainable('kernel', [features, width]),
    trainable('recurrent_kernel', [units, width]),
    ...(isOn(config, 'use_bias') ? [trainable('bias', isDouble ? [2, width] : [width])] : []),
  ];
}

/** The output and, where they are asked for, the states. */
function sequenceOutputs(
  { config, inputs: [input] }: LayerUse,
  output: readonly KerasDimension[],
  states: readonly KerasShape[],
): readonly KerasShape[] {
  const [whole, withStates] = [isOn(config, 'return_sequences'), isOn(config, 'return_state')];
  if (whole === undefined || withStates === undefined) return [undefined];
  const shape = input && (whole ? [input[0], input[1], ...output] : [input[0], ...output]);
  return [shape, ...(withStates ? states : [])];
}

const sequence = (name: string): LayerKind => ({
  className: name,
  aliases: [`CuDNN${name}`],
  inputs: ['sequences'],
  parameters: [
    ...cellParameters(name),
    ...without('activity_regularizer'),
    ...constraints,
    ...drops,
    ...(name === 'SimpleRNN' ? [] : [parameter('seed', null)]),
    ...sequenceParameters,
    ...(name === 'GRU' ? [resetAfter] : []),
  ],
  outputs(use) {
    const units = numberOf(use.config, 'units');
    const state = use.inputs[0] && [use.inputs[0][0], units];
    return sequenceOutputs(use, [units], Array<KerasShape>(cellFacts.get(name)?.states ?? 0).fill(state));
  },
  weights: ({ config, inputs: [input] }) => cellWeights(name, config, input?.at(-1)),
});

const cell = (name: string): LayerKind => ({
  className: `${name}Cell`,
  inputs: ['inputs', 'states[]'],
  parameters: [...cellParameters(name), ...constraints, ...drops, ...(name === 'GRU' ? [resetAfter] : [])],
  outputs({ config, inputs: [input] }) {
    const state = input && [input[0], numberOf(config, 'units')];
    return Array<KerasShape>(1 + (cellFacts.get(name)?.states ?? 0)).fill(state);
  },
  weights: ({ config, inputs: [input] }) => cellWeights(name, config, input?.at(-1)),
});

/** Any cell, or several of which each reads what the one before gives. */
const rnn: LayerKind = {
  className: 'RNN',
  inputs: ['sequences'],
  parameters: [required('cell'), ...sequenceParameters, parameter('zero_output_for_mask', false)],
  outputs(use) {
    const cells = use.wraps ?? [];
    const units = cells.map(({ config }) => numberOf(config, 'units'));
    const batch = use.inputs[0]?.[0];
    const states = cells.flatMap(({ className }, index) =>
      Array<KerasShape>(cellFacts.get(cellName(className))?.states ?? 1).fill([batch, units[index]]),
    );
    return sequenceOutputs(use, [units.at(-1)], states);
  },
  weights({ wraps = [], inputs: [input] }) {
    let features = input?.at(-1);
    const weights: WeightShape[] = [];
    for (const { className, config, name } of wraps) {
      const own = cellWeights(cellName(className), config, features);
      if (own === undefined) return undefined;
      weights.push(...own.map((weight) => ({ ...weight, name: `${name}/${weight.name}` })));
      features = numberOf(config, 'units');
    }
    return weights;
  },
};

function unitsOf({ config }: KerasLayer): number | undefined {
  return numberOf(config, 'units');
}

export const recurrents: readonly LayerKind[] = [
  ...['LSTM', 'GRU', 'SimpleRNN'].flatMap((name) => [sequence(name), cell(name)]),
  rnn,
  {
    className: 'StackedRNNCells',
    inputs: ['inputs', 'states[]'],
    parameters: [required('cells')],
    outputs: ({ wraps = [], inputs: [input] }) => [
      input && [input[0], wraps.at(-1) && unitsOf(wraps[wraps.length - 1])],
    ],
  },
];
