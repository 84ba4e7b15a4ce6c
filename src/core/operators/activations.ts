import { numberOption } from '../model/options';
import { inputRank } from './checks';
import { define, type OperatorFacts } from './define';
import type { OperatorDefinition } from './operator';
import { fixedOutput, scaleOf, symmetricInt16 } from './quantizationChecks';
import { anyTypes, each, eachSized } from './signature';
import { refuse, whileRunning, type Check, type OperatorView } from './view';
import { broadcastShape, sameShape } from './outputShapes';

/** Functions that follow a layer. None of them multiplies and accumulates. */

function activation(facts: Omit<OperatorFacts, 'roles' | 'inputs' | 'outputs'>): OperatorDefinition {
  return define({ roles: ['activation'], inputs: 1, outputs: 1, outputShapes: sameShape(), ...facts });
}

/** Facts from kernels/activations.cc and kernels/activations_common.cc. */
export const relu = activation({
  kind: 'RELU',
  resolverMethod: 'AddRelu',
  summary: 'Sets negative values to zero.',
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: anyTypes,
  checks: [symmetricInt16],
});
export const relu6 = activation({
  kind: 'RELU6',
  resolverMethod: 'AddRelu6',
  summary: 'Limits values to the range from 0 to 6.',
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: anyTypes,
});

/** Facts from kernels/leaky_relu.cc and kernels/leaky_relu_common.cc. */
export const leakyRelu = activation({
  kind: 'LEAKY_RELU',
  resolverMethod: 'AddLeakyRelu',
  summary: 'Multiplies negative values by a small constant.',
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: eachSized('T -> T'),
  optionsText: (operator) => `alpha ${Number(numberOption(operator, 'alpha', 0).toPrecision(4))}`,
});

/** Facts from kernels/prelu.cc and kernels/prelu_common.cc. */
export const prelu = define({
  kind: 'PRELU',
  resolverMethod: 'AddPrelu',
  summary: 'Multiplies negative values by learned constants.',
  roles: ['activation', 'weights'],
  inputs: 2,
  outputs: 1,
  accepts: ['float32 float32 -> float32', 'int8 int8 -> int8', 'int16 int8 -> int16'],
  allocates: anyTypes,
  checks: [onlyFloat(inputRank(0, 0, 4)), onlyFloat(inputRank(1, 0, 4))],
  outputShapes: broadcastShape,
});

/** Facts from kernels/elu.cc. */
export const elu = activation({
  kind: 'ELU',
  resolverMethod: 'AddElu',
  summary: 'Bends negative values towards -1 with an exponential.',
  accepts: each('float32 int8', 'T -> T'),
  allocates: eachSized('T -> T'),
});

/** Facts from kernels/hard_swish.cc. */
export const hardSwish = activation({
  kind: 'HARD_SWISH',
  resolverMethod: 'AddHardSwish',
  summary: 'Multiplies every value x by a piecewise linear gate, relu6(x + 3) / 6.',
  accepts: each('float32 int8', 'T -> T'),
  allocates: anyTypes,
});

/** Facts from kernels/logistic.cc and kernels/logistic_common.cc. */
export const logistic = activation({
  kind: 'LOGISTIC',
  resolverMethod: 'AddLogistic',
  summary: 'Squeezes values into the range from 0 to 1 with a sigmoid.',
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: eachSized('T -> T'),
  checks: [fixedOutput([{ input: 'int8', output: 'int8', zeroPoint: -128 }]), symmetricInt16, fullRangeInt16],
});

/** Facts from kernels/tanh.cc. */
export const tanh = activation({
  kind: 'TANH',
  resolverMethod: 'AddTanh',
  summary: 'Squeezes values into the range from -1 to 1 with a hyperbolic tangent.',
  accepts: each('float32 int8 int16', 'T -> T'),
  allocates: eachSized('T -> T'),
  checks: [symmetricInt16, fullRangeInt16],
});

/** Facts from kernels/softmax.cc, kernels/softmax_common.cc and kernels/cmsis_nn/softmax.cc. */
export const softmax = activation({
  kind: 'SOFTMAX',
  resolverMethod: 'AddSoftmax',
  summary: 'Turns scores along the last dimension into probabilities.',
  accepts: ['float32 -> float32', 'int8 -> int8|int16', 'int16 -> int16'],
  checks: [
    inputRank(0, 1, 6),
    symmetricInput,
    fixedOutput([
      { input: 'int8', output: 'int8', scale: 1 / 256, zeroPoint: -128 },
      { input: 'int8', output: 'int16', scale: 1 / 65536, tolerance: 0.001, zeroPoint: -32768 },
      { input: 'int16', output: 'int16', scale: 1 / 32768, tolerance: 0.001, zeroPoint: 0 },
    ]),
  ],
  optionsText: (operator) => {
    const beta = numberOption(operator, 'beta', 1);
    return beta === 1 ? '' : `beta ${Number(beta.toPrecision(4))}`;
  },
});

/** Facts from kernels/log_softmax.cc. */
export const logSoftmax = activation({
  kind: 'LOG_SOFTMAX',
  resolverMethod: 'AddLogSoftmax',
  summary: 'Turns scores along the last dimension into logarithms of probabilities.',
  accepts: each('float32 int8', 'T -> T'),
  allocates: eachSized('T -> T'),
  checks: [fixedOutput([{ input: 'int8', output: 'int8', scale: 1 / 16, zeroPoint: 127 }])],
});

/**
 * The 16-bit sigmoid and tanh write 15 fractional bits: their output's scale has to be 2^-15, within TFLM's tolerance
 * in the exponent.
 */
function fullRangeInt16(view: OperatorView): ReturnType<Check> {
  if (view.input(0)?.type !== 'int16') return undefined;
  const exponent = Math.log2(scaleOf(view.output(0)));
  if (Math.abs(exponent + 15) < 1e-3) return undefined;
  return refuse(
    'quantization-unsupported',
    `Output 0 of ${view.name} has another scale than 1/32768, which TFLite Micro's int16 kernel assumes; quantize the model again with a current converter.`,
  );
}

/** A 16-bit softmax takes symmetric scores; its output's zero point may differ when the input has 8 bits. */
function symmetricInput(view: OperatorView): ReturnType<Check> {
  return view.input(0)?.type === 'int16' ? symmetricInt16(view) : undefined;
}

function onlyFloat(check: Check): Check {
  return whileRunning((view) => (view.input(0)?.type === 'float32' ? check(view) : undefined));
}
