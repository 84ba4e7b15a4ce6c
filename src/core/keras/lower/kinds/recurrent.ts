import { HumanError } from '../../../model/problem';
import { isOn, numberOf } from '../../configValues';
import { activationName } from '../../layers/fillConfig';
import { add, derived, type LayerContext } from '../context';
import { floats, integers, isStatic, real, type DraftValue } from '../draft';
import { chosen, maskOf, maskOfStep } from '../masks';
import { cellOf, type Cell, type CellScope } from './cells';
import { loop } from './loops';
import { slice } from './reshaping';
import { transpose } from './shapes';
import { binary } from './elementwise';

/** Steps that are written one after the other; a longer sequence would fill the flash with its operators. */
const mostSteps = 256;

/**
 * With fewer steps operators one after the other take less memory than a loop with its two graphs: a step of SimpleRNN
 * has four of them, those of others have about twenty.
 */
const leastLoopSteps = { simple: 6, gated: 3 };

/** A recurrent layer of one cell. */
export function recurrent(context: LayerContext): readonly DraftValue[] {
  if (isOneOperator(context)) return fusedLstm(context);
  const cells = [cellOf(context, context.layer.className)];
  return isLoop(context) ? looped(context, cells, isTracedApart(context)) : unrolled(context, cells);
}

/**
 * Ours keeps the official loop where the last step alone is wanted: TFLM answers it right, and its arena does not grow
 * with the steps. Loops that gather all steps, and those that remember, are answered wrongly or not at all.
 */
function isLoop(context: LayerContext): boolean {
  const { layer, config, options, inputs } = context;
  if (isOn(config, 'unroll') === true || hasMask(context)) return false;
  if (options.manner === 'official') return true;
  const keepsSteps = ['return_sequences', 'stateful'].some((option) => isOn(config, option) === true);
  const least = leastLoopSteps[layer.className === 'SimpleRNN' ? 'simple' : 'gated'];
  return !keepsSteps && (inputs[0].shape[1] ?? 0) >= least;
}

/** The official converter refuses a loop over an open batch. */
function looped(context: LayerContext, cells: readonly Cell[], isApart: boolean): readonly DraftValue[] {
  if (!isStatic(context.inputs[0].shape)) throw refusedLoop(context);
  return loop(context, { cells, isApart });
}

/** Keras 2 has a fast form of LSTM and GRU, for what NVIDIA's library computes. */
function isTracedApart({ config, layer, options }: LayerContext): boolean {
  if (options.flavour !== 'keras2' || layer.className === 'SimpleRNN' || isOn(config, 'use_bias') === false)
    return false;
  if (layer.className === 'GRU' && isOn(config, 'reset_after') !== true) return false;
  return (
    activationName(config.get('activation')) === 'tanh' &&
    activationName(config.get('recurrent_activation')) === 'sigmoid'
  );
}

/** Several cells, each of which reads what the one before gives. */
export function recurrentCells(context: LayerContext): readonly DraftValue[] {
  const cells = (context.layer.wraps ?? []).map((inside) => {
    const weight = (name: string): DraftValue => context.weight(`${inside.name}/${name}`);
    return cellOf({ ...context, config: inside.config, weight }, inside.className.replace(/Cell$/, ''), inside.name);
  });
  if (cells.length === 0) return [];
  return isLoop(context) ? looped(context, cells, false) : unrolled(context, cells);
}

/** The official converter writes one operator for Keras 2's LSTM alone, and where the batch is fixed. */
function isOneOperator(context: LayerContext): boolean {
  const { config, layer, options, inputs } = context;
  if (hasMask(context)) return false;
  if (layer.className !== 'LSTM' || inputs.length > 1 || !isStatic(inputs[0].shape)) return false;
  if (isOn(config, 'return_state') || isOn(config, 'use_bias') === false) return false;
  if (options.manner === 'official' && isOn(config, 'stateful')) return false;
  if (options.manner === 'official' && (options.flavour !== 'keras2' || isOn(config, 'unroll'))) return false;
  const [own, gates] = ['activation', 'recurrent_activation'].map((name) => activationName(config.get(name)));
  return own === 'tanh' && gates === 'sigmoid';
}

/** The kernels clip the cell at 10 where TensorFlow's graph of it says so. */
function fusedLstm(context: LayerContext): readonly DraftValue[] {
  const { config, options } = context;
  const units = numberOf(config, 'units') ?? 1;
  const isBackwards = isOn(config, 'go_backwards') === true;
  const whole = context.inputs[0];
  const input = isBackwards
    ? add(context, 'REVERSE_V2', [whole, integers([1])], { shape: whole.shape, name: 'ReverseV2' })
    : whole;
  const [kernel, inner, bias] = ['kernel', 'recurrent_kernel', 'bias'].map((name) => context.weight(name));
  const gates = [0, 1, 2, 3];
  const state = (name: string): DraftValue => ({
    shape: [whole.shape[0], units],
    type: 'float32',
    name: options.manner === 'official' ? 'arith.constant' : name,
    isVariable: true,
  });
  const absent = (count: number): readonly undefined[] => Array<undefined>(count).fill(undefined);
  const steps = add(
    context,
    'UNIDIRECTIONAL_SEQUENCE_LSTM',
    [
      input,
      ...gates.map((gate) => gateOf(kernel, gate, units)),
      ...gates.map((gate) => gateOf(inner, gate, units)),
      ...absent(3),
      ...gates.map((gate) => gateOf(bias, gate, units)),
      ...absent(2),
      state(`${context.scope}/hidden`),
      state(`${context.scope}/cell`),
      ...absent(4),
    ],
    {
      shape: [...input.shape.slice(0, 2), units],
      name: 'lstm',
      options: {
        fusedActivationFunction: 'TANH',
        cellClip: options.manner === 'official' ? 10 : 0,
        projClip: 0,
        timeMajor: false,
        asymmetricQuantizeInputs: false,
        diagonalRecurrentTensors: false,
      },
    },
  );
  const isOfficial = options.manner === 'official';
  if (isOfficial) {
    steps.name = 'tfl.unidirectional_sequence_lstm';
    if (isBackwards) input.name = 'tfl.reverse_v2';
  }
  if (isOn(config, 'return_sequences')) return [steps];
  const last = slice(context, steps, [{}, { begin: -1, end: 0, isIndex: true }, {}], 'strided_slice');
  if (isOfficial) last.name = 'tfl.strided_slice';
  return [last];
}

/** The part of a gate, transposed: `[units, features]` of a matrix, `[units]` of a bias. */
function gateOf(weights: DraftValue, gate: number, units: number): DraftValue {
  const [rows, width] =
    weights.shape.length === 1 ? [1, weights.shape[0] ?? 1] : weights.shape.map((length) => length ?? 1);
  const shape = weights.shape.length === 1 ? [units] : [units, rows];
  return derived(weights, shape, (values) => {
    const result = new Float32Array(units * rows);
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) result[unit * rows + row] = values[row * width + gate * units + unit];
    }
    return result;
  });
}

/** Step by step: the sequence taken apart, every step of the cells, and put together again. */
function unrolled(context: LayerContext, cells: readonly Cell[]): readonly DraftValue[] {
  const { config } = context;
  const [input, ...given] = context.inputs;
  const count = input.shape[1];
  if (count === null || count > mostSteps) throw tooLong(context, count);
  if (isOn(config, 'stateful')) throw remembers(context);
  const whole = transpose(context, input, [1, 0, ...input.shape.slice(2).map((_, axis) => axis + 2)], 'transpose');
  const steps = Array.from({ length: count }, (_, step): DraftValue => ({
    shape: input.shape.filter((__, axis) => axis !== 1),
    type: 'float32',
    name: `${context.scope}/unstack:${step}`,
  }));
  context.draft.addNode('UNPACK', [whole], {
    outputs: steps,
    name: `${context.scope}/unstack`,
    options: { num: count, axis: 0 },
  });
  let place = 0;
  let states: readonly (readonly (DraftValue | undefined)[])[] = cells.map((cell) =>
    cell.states.map(() => given.at(place++) ?? openZeros(context, cell)),
  );
  const isBackwards = isOn(config, 'go_backwards') === true;
  const order = isBackwards ? steps.slice().reverse() : steps;
  const outputs: DraftValue[] = [];
  const mask = maskOf(context);
  order.forEach((step, index) => {
    const counts = mask && maskOfStep(context, mask, isBackwards ? count - 1 - index : index);
    let value = step;
    states = cells.map((cell, at) => {
      const next = cell.step(stepScope(context, cell, index), value, states[at]);
      value = next[0];
      return next.map((state, place) => kept(context, { counts, state, before: states[at][place] }));
    });
    const asked = isOn(config, 'zero_output_for_mask') === true ? undefined : outputs.at(-1);
    outputs.push(kept(context, { counts, state: value, before: asked }));
  });
  const last = states.flat().filter((state) => state !== undefined);
  const finals = isOn(config, 'return_state') ? last : [];
  if (isOn(config, 'return_sequences') !== true) return [outputs[outputs.length - 1], ...finals];
  const shape = [count, ...outputs[0].shape];
  const packed = add(context, 'PACK', outputs, { shape, name: 'stack', options: { valuesCount: count, axis: 0 } });
  return [transpose(context, packed, [1, 0, ...shape.slice(2).map((_, axis) => axis + 2)], 'transpose_1'), ...finals];
}

function hasMask({ draft, inputs, arguments: { named } }: LayerContext): boolean {
  const given = named.get('mask');
  return (given !== undefined && 'shape' in given) || draft.masks.has(inputs[0]);
}

/** Where a step does not count, what was before it stays: zeros at first. */
function kept(
  context: LayerContext,
  how: { readonly counts?: DraftValue; readonly state: DraftValue; readonly before?: DraftValue },
): DraftValue {
  const { counts, state, before = real(0) } = how;
  return counts === undefined ? state : chosen(context, counts, [state, before], 'SelectV2');
}

/** Keras 3 opens a scope for each step, Keras 2 one for all of them. */
function stepScope(context: LayerContext, { name }: Cell, index: number): CellScope {
  const isOne = context.options.flavour === 'keras2' && context.options.manner === 'official';
  const scope = `${context.scope}/${isOne ? name : `${name}_${2 * index + 1}`}`;
  return { context: { ...context, scope }, step: isOne ? index : 0 };
}

/** Where the batch is known, zeros are nothing that would have to be computed with. */
function openZeros(context: LayerContext, { units }: Cell): DraftValue | undefined {
  const [input] = context.inputs;
  if (input.shape[0] !== null) return undefined;
  const whole = add(context, 'SHAPE', [input], {
    shape: [input.shape.length],
    type: 'int32',
    name: 'Shape',
    options: { outType: 'INT32' },
  });
  const batch = add(context, 'STRIDED_SLICE', [whole, integers([0]), integers([1]), integers([1])], {
    shape: [],
    type: 'int32',
    name: 'strided_slice',
    options: { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 1, offset: false },
  });
  const packed = add(context, 'PACK', [batch, integers([units], [])], {
    shape: [2],
    type: 'int32',
    name: 'zeros/packed',
    options: { valuesCount: 2, axis: 0 },
  });
  const zero = floats(new Float32Array(1), [], 'zero');
  return add(context, 'FILL', [packed, zero], { shape: [null, units], name: 'zeros' });
}

/** Both directions, put together as `merge_mode` says. */
export function bidirectional(context: LayerContext): readonly DraftValue[] {
  const halves = (context.layer.wraps ?? []).map((inside): LayerContext => ({
    ...context,
    layer: { ...inside, calls: context.layer.calls },
    config: inside.config,
    scope: `${context.scope}/${inside.name}${context.options.flavour === 'keras2' ? '' : '_1'}`,
    weight: (name) => context.weight(`${inside.name}/${name}`),
  }));
  if (halves.length !== 2) return [];
  const own = (half: LayerContext): readonly DraftValue[] =>
    half.layer.className === 'RNN' ? recurrentCells(half) : recurrent(half);
  const given = context.inputs.slice(1);
  const [[forward, ...after], [backward, ...before]] = halves.map((half, index) =>
    own({
      ...half,
      inputs: [context.inputs[0], ...given.slice((index * given.length) / 2, ((index + 1) * given.length) / 2)],
    }),
  );
  if (forward === undefined || backward === undefined) return [];
  const states = [...after, ...before];
  const isSequence = isOn(halves[1].config, 'return_sequences') === true;
  const mirrored = isSequence
    ? add(context, 'REVERSE_V2', [backward, integers([1])], { shape: backward.shape, name: 'ReverseV2' })
    : backward;
  const mode = context.config.get('merge_mode');
  if (mode === null) return [forward, mirrored, ...states];
  const operators = new Map([
    ['sum', 'ADD'],
    ['mul', 'MUL'],
    ['ave', 'ADD'],
  ]);
  const kind = typeof mode === 'string' ? operators.get(mode) : undefined;
  if (kind !== undefined) {
    const sum = binary(context, kind, [forward, mirrored], 'add');
    const half = floats(Float32Array.of(0.5), [], 'half');
    return [mode === 'ave' ? binary(context, 'MUL', [sum, half], 'truediv') : sum, ...states];
  }
  const axis = forward.shape.length - 1;
  const width = (forward.shape[axis] ?? 0) + (mirrored.shape[axis] ?? 0);
  return [
    add(context, 'CONCATENATION', [forward, mirrored], {
      shape: [...forward.shape.slice(0, -1), width],
      name: 'concat',
      options: { axis: context.options.flavour === 'keras3' ? -1 : axis, fusedActivationFunction: 'NONE' },
    }),
    ...states,
  ];
}

function refusedLoop({ layer }: LayerContext): HumanError {
  return new HumanError(
    'keras-loop',
    `The official converter refuses the recurrent layer "${layer.name}" with an open batch. Fix the batch, or set unroll=True.`,
  );
}

function remembers({ layer }: LayerContext): HumanError {
  return new HumanError(
    'keras-stateful',
    `The recurrent layer "${layer.name}" keeps its state from one run to the next, which is lowered for an LSTM alone. Make the state an input and an output of the model.`,
  );
}

function tooLong({ layer }: LayerContext, count: number | null): HumanError {
  return new HumanError(
    'keras-steps',
    `The recurrent layer "${layer.name}" takes ${count ?? 'an open number of'} steps, and more than ${mostSteps} would fill the flash with operators. Shorten the sequence, or use an LSTM.`,
  );
}
