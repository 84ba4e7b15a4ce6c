import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { stridedValues } from './convolution';

/** Where TFLite's gates input, forget, cell and output stand among ONNX's input, output, forget and cell. */
const gates = [0, 2, 3, 1] as const;
const gateNames = ['input', 'forget', 'cell', 'output'] as const;

/** LSTM: UNIDIRECTIONAL_SEQUENCE_LSTM, for the direction back between two reversals of time. */
export function lowerLstm(node: OnnxNode, lowering: Lowering): void {
  const { draft } = lowering;
  const [name, weightName, recurrentName, biasName, lengths, hidden, cell, peepholes] = node.inputs;
  const [weights, recurrent, bias] = [weightName, recurrentName, biasName].map((each) => lowering.numbers(each));
  if (weights === undefined || recurrent === undefined)
    throw refused(node, 'its weights are computed; only constants are taken.');
  for (const state of [hidden, cell]) {
    if (state !== undefined && state !== '' && lowering.numbers(state)?.values.every((value) => value === 0) !== true) {
      throw refused(node, 'it begins with a state that is not zero; TensorFlow Lite Micro begins with zeros.');
    }
  }
  if (lengths !== undefined && lengths !== '')
    throw refused(node, 'its sequences have lengths of their own; TensorFlow Lite Micro runs all steps.');
  if (peepholes !== undefined && peepholes !== '')
    throw refused(node, 'it has peepholes, which TensorFlow Lite Micro has not.');
  if (node.attributes.has('activations') || node.attributes.has('clip') || numberOf(node, 'input_forget', 0) !== 0) {
    throw refused(node, 'it has functions of its own or couples its gates; TensorFlow Lite Micro has the usual ones.');
  }
  if (lowering.readersOf(node.outputs.at(2) ?? '').length > 0)
    throw refused(node, 'its last cell state is read, which TensorFlow Lite Micro does not give.');
  const input = lowering.real(node, name);
  const isBatchFirst = numberOf(node, 'layout', 0) === 1;
  const shape = shapeOf(input.layout);
  const [time, batch] = isBatchFirst ? [1, 0] : [0, 1];
  const units = recurrent.shape[2] ?? 0;
  const directions = textOf(node, 'direction', 'forward');
  const count = directions === 'bidirectional' ? 2 : 1;
  if (
    weights.shape.length !== 3 ||
    weights.shape[0] !== count ||
    weights.shape[1] !== 4 * units ||
    weights.shape[2] !== shape[2]
  ) {
    throw refused(node, 'its weights do not fit its input.');
  }
  const dimensions = [[time], [batch], [2]];
  const from = lowering.placed(input, dimensions);
  const [steps, rows] = [shape[time], shape[batch]];
  const outputs = Array.from({ length: count }, (_, direction) => {
    const goesBack = directions === 'reverse' || direction === 1;
    const label = `${node.name}/${goesBack ? 'back' : 'forth'}`;
    const ordered = goesBack ? reversed(lowering, from, label) : from;
    const part = (array: typeof weights, gate: number, width: number): Float64Array => {
      const start = (direction * 4 + gate) * units * width;
      return array.values.subarray(start, start + units * width);
    };
    const matrices = ([weights, recurrent] as const).flatMap((array, kind) =>
      gates.map((gate, at) =>
        draft.numbers(`${label}/${['', 'recurrent_'][kind]}${gateNames[at]}`, part(array, gate, array.shape[2]), [
          units,
          array.shape[2],
        ]),
      ),
    );
    const biases = gates.map((gate, at) => {
      const values = Float64Array.from({ length: units }, (_, unit) => {
        const start = direction * 8 * units + gate * units + unit;
        return bias === undefined ? 0 : bias.values[start] + bias.values[start + 4 * units];
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
        ...{
          cellClip: 0,
          projClip: 0,
          timeMajor: true,
          asymmetricQuantizeInputs: false,
          diagonalRecurrentTensors: false,
        },
      },
    });
    return { output, goesBack, label };
  });
  giveSteps(node, lowering, { outputs, steps, rows, units, isBatchFirst });
  giveLast(node, lowering, { outputs, steps, rows, units, isBatchFirst });
}

interface Run {
  readonly outputs: readonly { readonly output: number; readonly goesBack: boolean; readonly label: string }[];
  readonly steps: number;
  readonly rows: number;
  readonly units: number;
  readonly isBatchFirst: boolean;
}

/** The output of every step: [steps, directions, batch, units]. */
function giveSteps(node: OnnxNode, lowering: Lowering, { outputs, steps, rows, units, isBatchFirst }: Run): void {
  const name = node.outputs[0] ?? '';
  if (lowering.readersOf(name).length === 0 && !lowering.isOutput(name)) return;
  const { draft } = lowering;
  const inOrder = outputs.map(({ output, goesBack, label }) =>
    goesBack ? reversed(lowering, output, `${label}/in_order`) : output,
  );
  const tensor = joined(lowering, inOrder, { name, shape: [steps, rows, units * inOrder.length] });
  // Lies as steps, batch, directions, units.
  const count = inOrder.length;
  const shape = isBatchFirst ? [rows, steps, count, units] : [steps, count, rows, units];
  const dimensions = isBatchFirst ? [[1], [0], [2, 3]] : [[0], [2], [1, 3]];
  const made = lowering.made(name, shape, dimensions, draft.contentOf(tensor));
  lowering.set(name, { tensor, layout: made.layout });
}

/** The output of the last step of each direction: [directions, batch, units]. */
function giveLast(node: OnnxNode, lowering: Lowering, { outputs, steps, rows, units, isBatchFirst }: Run): void {
  const name = node.outputs[1] ?? '';
  if (name === '' || (lowering.readersOf(name).length === 0 && !lowering.isOutput(name))) return;
  const { draft } = lowering;
  const last = outputs.map(({ output, label }) => {
    const lists = [
      [steps - 1, 0, 0],
      [steps, rows, units],
      [1, 1, 1],
    ].map((list, index) => draft.integers(`${label}/last${index}`, list));
    const tensor = draft.add(`${label}/last`, [rows, units], { type: 'float32' });
    draft.emit({
      ...{ kind: 'STRIDED_SLICE', inputs: [output, ...lists], outputs: [tensor], table: 'StridedSliceOptions' },
      values: { ...stridedValues, shrinkAxisMask: 1 },
    });
    return tensor;
  });
  const count = last.length;
  const tensor = joined(lowering, last, { name, shape: [rows, units * count] });
  const shape = isBatchFirst ? [rows, count, units] : [count, rows, units];
  const made = lowering.made(name, shape, isBatchFirst ? [[0], [1, 2]] : [[1], [0, 2]], draft.contentOf(tensor));
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

/** The steps of a sequence from the last to the first. */
function reversed({ draft }: Lowering, from: number, name: string): number {
  const tensor = draft.add(`${name}/reversed`, draft.tensor(from).shape, draft.contentOf(from));
  const axes = draft.integers(`${name}/axis`, [0]);
  draft.emit({ kind: 'REVERSE_V2', inputs: [from, axes], outputs: [tensor], table: 'ReverseV2Options' });
  return tensor;
}
