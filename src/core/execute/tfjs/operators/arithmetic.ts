import type { Tf, TfjsOperator, TfTensor } from '../call';
import { applyActivation } from '../fusedActivation';

function binary(kind: string, compute: (tf: Tf, left: TfTensor, right: TfTensor) => TfTensor): TfjsOperator {
  return { kind, compute: (call) => applyActivation(call, compute(call.tf, call.input(0), call.input(1))) };
}

/** Functions of two values each, shapes broadcast. */
export const arithmeticOperators: readonly TfjsOperator[] = [
  binary('ADD', (tf, x, y) => tf.add(x, y)),
  binary('DIV', (tf, x, y) => tf.div(x, y)),
  binary('EQUAL', (tf, x, y) => tf.equal(x, y)),
  binary('FLOOR_DIV', (tf, x, y) => tf.floorDiv(x, y)),
  binary('FLOOR_MOD', (tf, x, y) => tf.mod(x, y)),
  binary('GREATER', (tf, x, y) => tf.greater(x, y)),
  binary('GREATER_EQUAL', (tf, x, y) => tf.greaterEqual(x, y)),
  binary('LESS', (tf, x, y) => tf.less(x, y)),
  binary('LESS_EQUAL', (tf, x, y) => tf.lessEqual(x, y)),
  binary('LOGICAL_AND', (tf, x, y) => tf.logicalAnd(x, y)),
  binary('LOGICAL_OR', (tf, x, y) => tf.logicalOr(x, y)),
  binary('MAXIMUM', (tf, x, y) => tf.maximum(x, y)),
  binary('MINIMUM', (tf, x, y) => tf.minimum(x, y)),
  binary('MUL', (tf, x, y) => tf.mul(x, y)),
  binary('NOT_EQUAL', (tf, x, y) => tf.notEqual(x, y)),
  binary('POW', (tf, x, y) => tf.pow(x, y)),
  binary('SQUARED_DIFFERENCE', (tf, x, y) => tf.squaredDifference(x, y)),
  binary('SUB', (tf, x, y) => tf.sub(x, y)),
];

export const addN: TfjsOperator = {
  kind: 'ADD_N',
  compute: ({ tf, operator, input }) => tf.addN(operator.inputs.map((_, position) => input(position))),
};

export const selectOperators: readonly TfjsOperator[] = ['SELECT', 'SELECT_V2'].map((kind) => ({
  kind,
  compute: ({ tf, input }) => tf.where(tf.cast(input(0), 'bool'), input(1), input(2)),
}));
