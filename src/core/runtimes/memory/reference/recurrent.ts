import { dimension, inputOf } from '../../operands';
import { bitsPerElement } from '../../../model/dataType';
import { booleanOption, numberOption } from '../../../model/options';
import { everyTensor, type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';

/** Positions of the states among the inputs of an LSTM. Source: tensorflow/lite/micro/kernels/lstm_shared.h. */
const outputStateInput = 18;
const cellStateInput = 19;

/**
 * Networks with a memory.
 * Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/kernels/{svdf_common,unidirectional_sequence_lstm}.cc.
 */
export const recurrentKernels: readonly (readonly [string, KernelMemory])[] = [
  ['SVDF', { state: 'OpDataSvdf', temporaries: everyTensor, prepare: svdf }],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', { state: 'OpDataLstm', temporaries: everyTensor, prepare: lstm }],
];

/** Accumulators of every filter, and for int8 of every unit. */
export function svdf(call: PreparedOperator): PrepareRequests | undefined {
  const input = inputOf(call, 0);
  const filters = svdfFilters(call);
  if (input === undefined || filters === undefined) return undefined;
  const batch = dimension(input, 0);
  const units = Math.floor(filters / numberOption(call.operator, 'rank', 1));
  return { scratch: input.type === 'int8' ? [4 * batch * filters, 4 * batch * units] : [4 * batch * filters] };
}

/** Number of filters of an SVDF: rows of the feature weights. */
export function svdfFilters(call: PreparedOperator): number | undefined {
  const weights = inputOf(call, 1);
  return weights === undefined ? undefined : dimension(weights, 0);
}

function lstm(call: PreparedOperator): PrepareRequests | undefined {
  const gate = lstmGateBytes(call);
  return gate === undefined ? undefined : { scratch: [gate, gate, gate, gate] };
}

/** Bytes of one gate's values: batch x state in the cell's type. */
export function lstmGateBytes(call: PreparedOperator): number | undefined {
  const input = inputOf(call, 0);
  const cell = inputOf(call, cellStateInput);
  const units = lstmUnits(call);
  if (input === undefined || cell === undefined || units === undefined) return undefined;
  const batch = dimension(input, booleanOption(call.operator, 'timeMajor', false) ? 1 : 0);
  return (batch * units * bitsPerElement[cell.type]) / 8;
}

/** Size of the state: columns of the state that the output is fed back through. */
export function lstmUnits(call: PreparedOperator): number | undefined {
  const state = inputOf(call, outputStateInput);
  return state === undefined ? undefined : dimension(state, 1);
}
