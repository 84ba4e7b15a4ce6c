import { refused } from '../nodes';
import type { CellFunction, Direction, Run } from './direction';

/** A layer that goes step by step. */
interface CellKind {
  readonly gates: number;
  readonly functions: readonly CellFunction[];
  readonly begin: (steps: Steps) => Step;
}

/** What a cell makes of one step and the states before it; states are absent while they are zeros. */
type Step = (at: number, state: State) => State;

interface State {
  readonly hidden?: number;
  readonly cell?: number;
}

export const cellKinds: ReadonlyMap<string, CellKind> = new Map<string, CellKind>([
  ['LSTM', { gates: 4, functions: ['LOGISTIC', 'TANH', 'TANH'], begin: lstm }],
  ['GRU', { gates: 3, functions: ['LOGISTIC', 'TANH'], begin: gru }],
  ['RNN', { gates: 1, functions: ['TANH'], begin: rnn }],
]);

/** Steps that are written one after the other; a longer sequence would fill the flash with its operators. */
const mostSteps = 256;

/** One step after the other: what does not hang on the state is computed for all steps at once. */
export function runStepped(direction: Direction): Run {
  const { node, label, steps, rows, units, goesBack } = direction;
  if (steps > mostSteps) {
    throw refused(
      node,
      `TensorFlow Lite Micro has no ${node.kind} and its ${steps} steps are too many to be written one after the other (${mostSteps} at most). Give the model a shorter sequence, or use an LSTM whose state is not read.`,
    );
  }
  const writer = new Steps(direction);
  const step = cellKinds.get(node.kind)!.begin(writer);
  const outputs: number[] = Array<number>(steps);
  let state: State = { hidden: direction.hidden, cell: direction.cell };
  for (let count = 0; count < steps; count++) {
    const at = goesBack ? steps - 1 - count : count;
    state = step(at, state);
    outputs[at] = state.hidden!;
  }
  const { lowering } = direction;
  return {
    hidden: () => state.hidden!,
    cell: () => state.cell!,
    all: () => {
      const tensor = lowering.draft.add(`${label}/steps`, [steps, rows, units], { type: 'float32' });
      const values = { valuesCount: steps, axis: 0 };
      lowering.draft.emit({ kind: 'PACK', inputs: outputs, outputs: [tensor], table: 'PackOptions', values });
      return tensor;
    },
  };
}

/** Writes the operators of steps over [rows, …] of floats. */
class Steps {
  readonly #rows: number;

  constructor(readonly direction: Direction) {
    const { lowering, input, steps, rows, features } = direction;
    this.#rows = lowering.draft.reshaped(input, [steps * rows, features]);
  }

  get #draft(): Direction['lowering']['draft'] {
    return this.direction.lowering.draft;
  }

  #add(name: string, width: number): number {
    return this.#draft.add(`${this.direction.label}/${name}`, [this.direction.rows, width], { type: 'float32' });
  }

  #widthOf(tensor: number): number {
    return this.#draft.tensor(tensor).shape[1];
  }

  /** Gates `first` to `first + count` of the weights of the input for all steps: for each one tensor. */
  ofInputs(name: string, first: number, count: number, bias: Float64Array | undefined): readonly number[] {
    const { label, steps, rows, features, units, weights } = this.direction;
    const width = count * units;
    const own = weights.subarray(first * units * features, (first + count) * units * features);
    const matrix = this.#draft.numbers(`${label}/${name}`, own, [width, features]);
    const biased = bias === undefined ? -1 : this.#draft.numbers(`${label}/${name}_bias`, bias);
    const all = this.#draft.add(`${label}/${name}_all`, [steps * rows, width], { type: 'float32' });
    this.#product(this.#rows, [matrix, biased], all);
    if (steps === 1) return [all];
    const parted = this.#draft.reshaped(all, [steps, rows, width]);
    const outputs = Array.from({ length: steps }, (_, at) => this.#add(`${name}_${at}`, width));
    const values = { num: steps, axis: 0 };
    this.#draft.emit({ kind: 'UNPACK', inputs: [parted], outputs, table: 'UnpackOptions', values });
    return outputs;
  }

  /** The same gates of the recurrent weights, as constants to multiply a state with. */
  recurrent(name: string, first: number, count: number): number {
    const { label, units, recurrent } = this.direction;
    const values = recurrent.subarray(first * units * units, (first + count) * units * units);
    return this.#draft.numbers(`${label}/${name}`, values, [count * units, units]);
  }

  constant(name: string, values: Float64Array): number {
    return this.#draft.numbers(`${this.direction.label}/${name}`, values, [1, values.length]);
  }

  vector(name: string, values: Float64Array): number {
    return this.#draft.numbers(`${this.direction.label}/${name}`, values);
  }

  /** The biases of gates: of the input, of the state, or both together. */
  bias(first: number, count: number, which: 'input' | 'state' | 'both'): Float64Array | undefined {
    const { units, bias } = this.direction;
    if (bias === undefined) return undefined;
    const half = bias.length / 2;
    const [start, end] = [first * units, (first + count) * units];
    const [own, other] = [bias.subarray(start, end), bias.subarray(half + start, half + end)];
    if (which !== 'both') return which === 'input' ? own : other;
    return own.map((value, at) => value + other[at]);
  }

  times(state: number, matrix: number, name: string, bias = -1): number {
    const output = this.#add(name, this.#draft.tensor(matrix).shape[0]);
    this.#product(state, [matrix, bias], output);
    return output;
  }

  #product(input: number, [matrix, bias]: readonly [number, number], output: number): void {
    this.#draft.emit({
      ...{ kind: 'FULLY_CONNECTED', inputs: [input, matrix, bias], outputs: [output], table: 'FullyConnectedOptions' },
      values: {
        ...{ fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
        ...{ keepNumDims: false, asymmetricQuantizeInputs: false },
      },
    });
  }

  both(kind: 'ADD' | 'SUB' | 'MUL', left: number, right: number, name: string): number {
    const output = this.#add(name, Math.max(this.#widthOf(left), this.#widthOf(right)));
    const table = { ADD: 'AddOptions', SUB: 'SubOptions', MUL: 'MulOptions' }[kind];
    const values = { fusedActivationFunction: 'NONE' };
    this.#draft.emit({ kind, inputs: [left, right], outputs: [output], table, values });
    return output;
  }

  /** A sum with what may be zeros. */
  plus(left: number, right: number | undefined, name: string): number {
    return right === undefined ? left : this.both('ADD', left, right, name);
  }

  through(kind: CellFunction, input: number, name: string): number {
    const output = this.#add(name, this.#widthOf(input));
    this.#draft.emit({ kind, inputs: [input], outputs: [output] });
    return output;
  }

  parts(input: number, count: number, name: string): readonly number[] {
    const outputs = Array.from({ length: count }, (_, at) => this.#add(`${name}_${at}`, this.#widthOf(input) / count));
    const axis = this.#draft.integers(`${this.direction.label}/${name}_axis`, [1], []);
    const values = { numSplits: count };
    this.#draft.emit({ kind: 'SPLIT', inputs: [axis, input], outputs, table: 'SplitOptions', values });
    return outputs;
  }
}

/** h = f(W x + R h + b). */
function rnn(steps: Steps): Step {
  const [f] = steps.direction.functions;
  const inputs = steps.ofInputs('input', 0, 1, steps.bias(0, 1, 'both'));
  const inner = steps.recurrent('recurrent', 0, 1);
  return (at, { hidden }) => {
    const sum = steps.plus(inputs[at], hidden && steps.times(hidden, inner, `state_${at}`), `sum_${at}`);
    return { hidden: steps.through(f, sum, `hidden_${at}`) };
  };
}

/**
 * h = z h + (1 - z) n, written as n + z (h - n). Gates stand as update, reset and new.
 * Source: ONNX's GRU, both orders of reset and product.
 */
function gru(steps: Steps): Step {
  const { functions, resetsAfter } = steps.direction;
  const [f, g] = functions;
  const gates = steps.ofInputs('gates', 0, 2, steps.bias(0, 2, 'both'));
  const fresh = steps.ofInputs('new', 2, 1, steps.bias(2, 1, resetsAfter ? 'input' : 'both'));
  const inner = steps.recurrent('recurrent_gates', 0, 2);
  const innerNew = steps.recurrent('recurrent_new', 2, 1);
  const stateBias = resetsAfter ? steps.bias(2, 1, 'state') : undefined;
  const [biasRow, bias] =
    stateBias === undefined
      ? [undefined, -1]
      : [steps.constant('state_bias_row', stateBias), steps.vector('state_bias', stateBias)];
  return (at, { hidden }) => {
    const sum = steps.plus(gates[at], hidden && steps.times(hidden, inner, `gates_state_${at}`), `gates_sum_${at}`);
    const [update, reset] = steps.parts(steps.through(f, sum, `gates_open_${at}`), 2, `gate_${at}`);
    const shown = (): number | undefined => {
      if (!resetsAfter) {
        if (hidden === undefined) return undefined;
        return steps.times(steps.both('MUL', reset, hidden, `reset_${at}`), innerNew, `new_state_${at}`);
      }
      const own = hidden === undefined ? biasRow : steps.times(hidden, innerNew, `new_state_${at}`, bias);
      return own && steps.both('MUL', reset, own, `reset_${at}`);
    };
    const made = steps.through(g, steps.plus(fresh[at], shown(), `new_sum_${at}`), `new_made_${at}`);
    if (hidden === undefined) {
      const kept = steps.both('MUL', update, made, `kept_${at}`);
      return { hidden: steps.both('SUB', made, kept, `hidden_${at}`) };
    }
    const apart = steps.both('SUB', hidden, made, `apart_${at}`);
    const kept = steps.both('MUL', update, apart, `kept_${at}`);
    return { hidden: steps.both('ADD', made, kept, `hidden_${at}`) };
  };
}

/** c = f c + i g(new), h = o k(c). Gates stand as input, output, forget and cell. */
function lstm(steps: Steps): Step {
  const [f, g, k] = steps.direction.functions;
  const gates = steps.ofInputs('gates', 0, 3, steps.bias(0, 3, 'both'));
  const fresh = steps.ofInputs('new', 3, 1, steps.bias(3, 1, 'both'));
  const inner = steps.recurrent('recurrent_gates', 0, 3);
  const innerNew = steps.recurrent('recurrent_new', 3, 1);
  return (at, { hidden, cell }) => {
    const sum = steps.plus(gates[at], hidden && steps.times(hidden, inner, `gates_state_${at}`), `gates_sum_${at}`);
    const [open, shown, forget] = steps.parts(steps.through(f, sum, `gates_open_${at}`), 3, `gate_${at}`);
    const whole = steps.plus(fresh[at], hidden && steps.times(hidden, innerNew, `new_state_${at}`), `new_sum_${at}`);
    const added = steps.both('MUL', open, steps.through(g, whole, `new_made_${at}`), `added_${at}`);
    const next = steps.plus(added, cell && steps.both('MUL', forget, cell, `kept_${at}`), `cell_${at}`);
    return { hidden: steps.both('MUL', shown, steps.through(k, next, `cell_shown_${at}`), `hidden_${at}`), cell: next };
  };
}
