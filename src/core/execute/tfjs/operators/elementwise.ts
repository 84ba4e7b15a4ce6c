import { booleanOption, enumOption, numberOption } from '../../../model/options';
import type { TfjsCall, Tf, TfjsOperator, TfTensor } from '../call';
import { lookup } from '../../../text/lookup';

function unary(kind: string, compute: (tf: Tf, value: TfTensor, call: TfjsCall) => TfTensor): TfjsOperator {
  return { kind, values: [0], compute: (call) => compute(call.tf, call.input(0), call) };
}

/** Functions of one value each, and those along the last dimension. */
export const elementwiseOperators: readonly TfjsOperator[] = [
  unary('ABS', (tf, x) => tf.abs(x)),
  unary('CEIL', (tf, x) => tf.ceil(x)),
  unary('COS', (tf, x) => tf.cos(x)),
  unary('ELU', (tf, x) => tf.elu(x)),
  unary('EXP', (tf, x) => tf.exp(x)),
  unary('FLOOR', (tf, x) => tf.floor(x)),
  unary('GELU', gelu),
  unary('HARD_SWISH', (tf, x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6))),
  unary('LEAKY_RELU', (tf, x, { operator }) => tf.leakyRelu(x, numberOption(operator, 'alpha', 0))),
  unary('LOG', (tf, x) => tf.log(x)),
  unary('LOGICAL_NOT', (tf, x) => tf.logicalNot(x)),
  unary('LOGISTIC', (tf, x) => tf.sigmoid(x)),
  unary('LOG_SOFTMAX', (tf, x) => tf.logSoftmax(x)),
  unary('NEG', (tf, x) => tf.neg(x)),
  unary('RELU', (tf, x) => tf.relu(x)),
  unary('RELU6', (tf, x) => tf.relu6(x)),
  unary('RELU_0_TO_1', (tf, x) => tf.clipByValue(x, 0, 1)),
  unary('RELU_N1_TO_1', (tf, x) => tf.clipByValue(x, -1, 1)),
  unary('ROUND', (tf, x) => tf.round(x)),
  unary('RSQRT', (tf, x) => tf.rsqrt(x)),
  unary('SIGN', (tf, x) => tf.sign(x)),
  unary('SIN', (tf, x) => tf.sin(x)),
  unary('SOFTMAX', (tf, x, { operator }) => tf.softmax(tf.mul(x, numberOption(operator, 'beta', 1)))),
  unary('SQRT', (tf, x) => tf.sqrt(x)),
  unary('SQUARE', (tf, x) => tf.square(x)),
  unary('TANH', (tf, x) => tf.tanh(x)),
  unary('ZEROS_LIKE', (tf, x) => tf.zerosLike(x)),
  unary('CAST', cast),
  // What is not float any more has been refused or dequantized before: the values themselves are left.
  unary('DEQUANTIZE', (tf, x) => tf.cast(x, 'float32')),
  // The least length is 1e-6. Source: L2Normalization() in TF Lite's internal/reference/l2normalization.h.
  unary('L2_NORMALIZATION', (tf, x) => tf.div(x, tf.sqrt(tf.maximum(tf.sum(tf.square(x), -1, true), 1e-12)))),
];

/** In parts that broadcast: `tf.prelu` takes slopes of any shape for those of the last dimensions on wasm. */
export const prelu: TfjsOperator = {
  kind: 'PRELU',
  compute: ({ tf, input }) => tf.add(tf.relu(input(0)), tf.mul(tf.minimum(input(0), 0), input(1))),
};

const castTypes: Readonly<Record<string, 'int32' | 'bool' | 'float32'>> = lookup({
  int8: 'int32',
  int16: 'int32',
  int32: 'int32',
  int64: 'int32',
  uint8: 'int32',
  bool: 'bool',
});

/** Whatever is not 0 is true: backends only cut a number to its lowest byte. */
function cast(tf: Tf, x: TfTensor, call: TfjsCall): TfTensor {
  const type = castTypes[outputType(call)] ?? 'float32';
  return type === 'bool' && x.dtype !== 'bool' ? tf.notEqual(x, 0) : tf.cast(x, type);
}

function outputType({ graph, operator }: TfjsCall): string {
  return graph.tensors[operator.outputs[0]].type;
}

/** x times the normal distribution's share below x, by the error function or by its usual tanh approximation. */
function gelu(tf: Tf, x: TfTensor, { operator }: TfjsCall): TfTensor {
  const half = tf.mul(x, 0.5);
  if (!booleanOption(operator, 'approximate', false)) return tf.mul(half, tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
  return tf.mul(half, tf.add(tf.tanh(inner), 1));
}

/** The padding's mode as TensorFlow.js names it. */
export function mirrorMode(call: TfjsCall): 'reflect' | 'symmetric' {
  return enumOption(call.operator, 'mode', 'REFLECT') === 'REFLECT' ? 'reflect' : 'symmetric';
}
