import { booleanOption, numberOption } from '../../../model/options';
import type { TfjsCall, TfjsOperator, TfTensor } from '../call';
import { applyActivation } from '../fusedActivation';

/**
 * The plain cell, each sample from a state of zeros, or from the states that operators before it set. Inputs: 0 the
 * sequence, 1 to 4 weights and 5 to 8 recurrent weights of the gates input, forget, cell, output, 12 to 15 their
 * biases, 18 and 19 the hidden and the cell state. Source: kernels/lstm_shared.h and lstm_eval.h of TFLM.
 */
export const unidirectionalSequenceLstm: TfjsOperator = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 18, 19],
  mixesSamples: (operator) => booleanOption(operator, 'timeMajor', false),
  compute(call) {
    const { tf, operator } = call;
    const timeAxis = booleanOption(operator, 'timeMajor', false) ? 0 : 1;
    const clip = numberOption(operator, 'cellClip', 0);
    const steps = tf.unstack(call.input(0), timeAxis);
    const cells = call.input(5).shape[0];
    const zeros = tf.zeros([steps[0].shape[0], cells]);
    let hidden: TfTensor = firstState(call, hiddenState, zeros);
    let cell: TfTensor = firstState(call, cellState, zeros);
    let largest: TfTensor = cell;
    const outputs = steps.map((step) => {
      const gate = (number: number): TfTensor => gateSum(call, number, step, hidden);
      const kept = tf.mul(tf.sigmoid(gate(1)), cell);
      const added = tf.mul(tf.sigmoid(gate(0)), applyActivation(call, gate(2)));
      cell = tf.add(kept, added);
      if (clip > 0) cell = tf.clipByValue(cell, -clip, clip);
      largest = tf.where(tf.greater(tf.abs(cell), tf.abs(largest)), cell, largest);
      hidden = tf.mul(tf.sigmoid(gate(3)), applyActivation(call, cell));
      return hidden;
    });
    // Calibration asks for the range of the cell state, which nobody else can see.
    call.remember(cellState, largest);
    return tf.stack(outputs, timeAxis);
  },
};

/** Inputs that hold the states. */
const [hiddenState, cellState] = [18, 19];

/** What an earlier run left of a state does not count. */
function firstState({ tf, graph, operator, optional }: TfjsCall, position: number, zeros: TfTensor): TfTensor {
  const state = operator.inputs[position];
  const isSet = graph.operators.some(({ outputs }) => outputs.includes(state));
  const value = isSet ? optional(position) : undefined;
  return value === undefined ? zeros : tf.add(zeros, tf.reshape(value, [-1, zeros.shape[1]!]));
}

function gateSum(call: TfjsCall, gate: number, step: TfTensor, hidden: TfTensor): TfTensor {
  const { tf } = call;
  const product = (value: TfTensor, position: number): TfTensor => tf.matMul(value, call.input(position), false, true);
  const sum = tf.add(product(step, 1 + gate), product(hidden, 5 + gate));
  const bias = call.optional(12 + gate);
  return bias === undefined ? sum : tf.add(sum, bias);
}

/**
 * Rank-factorized filters over a memory that is carried from one sample to the next, as in a stream. Inputs: 0 the
 * frame, 1 feature weights [filters, depth], 2 time weights [filters, memory], 3 bias, 4 state [1, memory x filters].
 * Source: kernels/svdf_common.cc of TFLM.
 */
export const svdf: TfjsOperator = {
  kind: 'SVDF',
  mixesSamples: () => true,
  compute(call) {
    const { tf, operator } = call;
    const time = call.input(2);
    const [filters, memory] = time.shape as [number, number];
    const rank = numberOption(operator, 'rank', 1);
    const now = tf.matMul(call.input(1), call.input(0), false, true);
    const earlier = tf.slice(tf.reshape(call.input(4), [filters, memory]), [0, 1], [filters, memory - 1]);
    const state = tf.concat([earlier, now], 1);
    call.remember(4, tf.reshape(state, [1, filters * memory]));
    const filtered = tf.reshape(tf.sum(tf.mul(state, time), 1), [filters / rank, rank]);
    const units = tf.reshape(tf.sum(filtered, 1), [1, filters / rank]);
    const bias = call.optional(3);
    return applyActivation(call, bias === undefined ? units : tf.add(units, bias));
  },
};
