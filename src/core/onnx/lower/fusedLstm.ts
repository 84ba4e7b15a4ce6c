import type { Lowering } from '../lowering';
import type { Direction, Run } from './direction';

/** Where TFLite's gates input, forget, cell and output stand among ONNX's input, output, forget and cell. */
const gates = [0, 2, 3, 1] as const;
const gateNames = ['input', 'forget', 'cell', 'output'] as const;

/** UNIDIRECTIONAL_SEQUENCE_LSTM, for the direction back between two reversals of time. */
export function runFused(direction: Direction): Run {
  const { lowering, label, goesBack, input, steps, rows, features, units, weights, recurrent, bias } = direction;
  const { draft } = lowering;
  const ordered = goesBack ? reversed(lowering, input, label) : input;
  const part = (values: Float64Array, gate: number, width: number): Float64Array =>
    values.subarray(gate * units * width, (gate + 1) * units * width);
  const matrices = (
    [
      [weights, features, ''],
      [recurrent, units, 'recurrent_'],
    ] as const
  ).flatMap(([values, width, prefix]) =>
    gates.map((gate, at) =>
      draft.numbers(`${label}/${prefix}${gateNames[at]}`, part(values, gate, width), [units, width]),
    ),
  );
  const biases = gates.map((gate, at) => {
    const values = Float64Array.from({ length: units }, (_, unit) => {
      const start = gate * units + unit;
      return bias === undefined ? 0 : bias[start] + bias[start + 4 * units];
    });
    return draft.numbers(`${label}/${gateNames[at]}_bias`, values);
  });
  const states = ['hidden', 'cell'].map((each) =>
    draft.add(`${label}/${each}`, [rows, units], { type: 'float32' }, { isVariable: true }),
  );
  const output = draft.add(`${label}/steps`, [steps, rows, units], { type: 'float32' });
  draft.emit({
    kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    inputs: [ordered, ...matrices, -1, -1, -1, ...biases, -1, -1, ...states, -1, -1, -1, -1],
    outputs: [output],
    table: 'UnidirectionalSequenceLSTMOptions',
    values: {
      fusedActivationFunction: 'TANH',
      ...{ cellClip: 0, projClip: 0, timeMajor: true },
      ...{ asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
    },
  });
  return {
    all: () => (goesBack ? reversed(lowering, output, `${label}/in_order`) : output),
    hidden: () =>
      lowering.sliced(output, {
        begin: [steps - 1, 0, 0],
        end: [steps, rows, units],
        dropped: 0,
        name: `${label}/last`,
      }),
  };
}

/** The steps of a sequence from the last to the first. */
function reversed({ draft }: Lowering, from: number, name: string): number {
  const tensor = draft.add(`${name}/reversed`, draft.tensor(from).shape, draft.contentOf(from));
  const axes = draft.integers(`${name}/axis`, [0]);
  draft.emit({ kind: 'REVERSE_V2', inputs: [from, axes], outputs: [tensor], table: 'ReverseV2Options' });
  return tensor;
}
