import type { Model, Operator, Tensor } from '../../../model/model';
import { shortNames } from '../../../model/names';
import { encode } from '../../../model/values/stored';
import { elements } from '../../../operators/shapes';
import { redraw } from '../../rewrite/redraw';
import { dropGraphs } from '../dropGraphs';
import { GraphView, type NewOperator } from '../graphView';
import { lstmCell, type LoopedLstm } from '../loops/lstmCell';
import { bare, isCounter, loopsOf, rowWritten, type LoopView } from '../loops/loopView';
import type { Rewrite } from '../rewrite';

/**
 * A loop over the steps of an LSTM, as the converter writes layers of Keras 3, becomes the one operator. Its states are
 * set to what the loop began with before each run, since TFLM keeps them until somebody resets them.
 * Source: kernels/lstm_eval.cc of TFLM.
 */
export const sequenceLstm: Rewrite = {
  id: 'sequence-lstm',
  exactWhen:
    'Each pass computes the plain cell over the row of its number, from states that every run begins with; sums of floats are rounded in another order.',
  apply: (model) => {
    for (const loop of loopsOf(model)) {
      const found = sequenceOf(model, loop);
      if (found === undefined) continue;
      const name = shortNames(model.graphs[0])[loop.loop.outputs[found.results[0]?.place ?? 0]];
      return {
        model: dropGraphs(drawn(model, loop, found)),
        decisions: [
          `WHILE "${name}" is one UNIDIRECTIONAL_SEQUENCE_LSTM of ${found.cell.units} units over ${loop.passes} steps now; two RESHAPE set its states before each run.`,
        ],
      };
    }
    return undefined;
  },
};

interface Sequence {
  readonly cell: LoopedLstm;
  /** What of the loop is read: the hidden state of every step, or of the last one. */
  readonly results: readonly { readonly place: number; readonly gives: 'all' | 'last' }[];
}

function sequenceOf(model: Model, loop: LoopView): Sequence | undefined {
  const cell = lstmCell(loop);
  if (cell === undefined) return undefined;
  const view = new GraphView(model.graphs[0]);
  const starts = loop.loop.inputs.map((index) => view.tensor(index));
  const { sequence, counter, hidden } = cell.places;
  const isKept = loop.body.outputs[sequence] === loop.body.inputs[sequence];
  const shape = starts[sequence]?.shape.join();
  if (!isKept || shape !== [loop.passes, 1, cell.depth].join() || !isCounter(loop, counter, starts[counter])) {
    return undefined;
  }
  const state = bare(loop, loop.body.outputs[hidden]);
  const results: { place: number; gives: 'all' | 'last' }[] = [];
  for (const [place, output] of loop.loop.outputs.entries()) {
    if (view.readers(output).length === 0 && !view.isOutput(output)) continue;
    const row = rowWritten(loop, place, starts);
    const isRow = row?.counter === counter && bare(loop, row.value) === state;
    const isLast = bare(loop, loop.body.outputs[place]) === state;
    const size = elements(view.tensor(output));
    if (isRow ? size !== loop.passes * cell.units : !isLast || size !== cell.units) return undefined;
    results.push({ place, gives: isRow ? 'all' : 'last' });
  }
  return { cell, results };
}

function drawn(model: Model, { loop, passes }: LoopView, { cell, results }: Sequence): Model {
  const view = new GraphView(model.graphs[0]);
  const { units, depth, places } = cell;
  const like = view.tensor(loop.inputs[places.sequence])!;
  const name = view.tensor(loop.outputs[results[0]?.place ?? places.hidden])!.name;
  const row = view.addLike(like, `${name}/sequence`, [1, passes, depth]);
  const states = ['hidden_state', 'cell_state'].map((state) =>
    view.add({ name: `${name}/${state}`, type: 'float32', shape: [1, units], isVariable: true }),
  );
  const constant = (what: string, shape: readonly number[], values: Float64Array): number =>
    view.add({ name: `${name}/${what}`, type: 'float32', shape, isVariable: false, data: encode('float32', values) });
  const gates = cell.gates.map((gate, at) => ({
    input: constant(`input_weights_${at}`, [units, depth], gate.input),
    state: constant(`state_weights_${at}`, [units, units], gate.state),
    bias: constant(`bias_${at}`, [units], gate.bias),
  }));
  const steps = view.addLike(like, `${name}/steps`, [1, passes, units]);
  const absent = (count: number): readonly number[] => Array.from({ length: count }, () => -1);
  const layer: NewOperator = {
    kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    inputs: [
      ...[row, ...gates.map(({ input }) => input), ...gates.map(({ state }) => state), ...absent(3)],
      ...[...gates.map(({ bias }) => bias), ...absent(2), ...states, ...absent(4)],
    ],
    outputs: [steps],
    options: { table: 'UnidirectionalSequenceLSTMOptions', values: { ...plainCell } },
  };
  const reshaped = (from: number, to: number): NewOperator => ({
    ...{ kind: 'RESHAPE', inputs: [from, view.addIntegers(`${name}/shape`, view.tensor(to)!.shape)], outputs: [to] },
  });
  const given = [places.hidden, places.cell].map((place, at) => reshaped(loop.inputs[place], states[at]));
  const taken = results.flatMap(({ place, gives }) =>
    gives === 'all'
      ? [reshaped(steps, loop.outputs[place])]
      : lastStep(view, { steps, to: loop.outputs[place], passes, units }),
  );
  view.replace({
    removed: [loop],
    inserted: [reshaped(loop.inputs[places.sequence], row), ...given, layer, ...taken],
  });
  return redraw(model, view.draft);
}

const plainCell = {
  ...{ fusedActivationFunction: 'TANH', cellClip: 0, projClip: 0, timeMajor: false },
  ...{ asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
};

interface LastStep {
  readonly steps: number;
  readonly to: number;
  readonly passes: number;
  readonly units: number;
}

/** The state of the last step, in the shape of the tensor that it becomes. */
function lastStep(view: GraphView, { steps, to, passes, units }: LastStep): readonly NewOperator[] {
  const whole: Tensor = view.tensor(to)!;
  const slice = view.addLike(whole, `${whole.name}/last`, [1, 1, units]);
  const [begin, size] = [
    [0, passes - 1, 0],
    [1, 1, units],
  ].map((values, at) => view.addIntegers(`${whole.name}/${at === 0 ? 'begin' : 'size'}`, values));
  const shape = view.addIntegers(`${whole.name}/shape`, whole.shape);
  const taken: Pick<Operator, 'kind' | 'inputs' | 'outputs'> = {
    kind: 'SLICE',
    inputs: [steps, begin, size],
    outputs: [slice],
  };
  return [taken, { kind: 'RESHAPE', inputs: [slice, shape], outputs: [to] }];
}
