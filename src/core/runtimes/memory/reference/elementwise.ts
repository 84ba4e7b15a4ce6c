import { inputOf, outputOf } from '../../operands';
import { everyTensor, kernelsByState, noTensor, tensorsAt, type KernelMemory } from '../kernelMemory';

/**
 * Kernels that compute element by element: a state at most, and rarely a buffer.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels: the file of each operator.
 */
export const elementwiseKernels: readonly (readonly [string, KernelMemory])[] = [
  ...kernelsByState(
    [
      ['ABS', 'OpDataAbsRsqrt'],
      ['ADD', 'OpDataAdd'],
      ['CAST', undefined],
      ['CEIL', undefined],
      ['COS', undefined],
      ['DEQUANTIZE', 'DequantizeOpData'],
      ['DIV', 'OpDataDiv'],
      ['ELU', 'OpDataElu'],
      ['EXP', undefined],
      ['FLOOR_DIV', undefined],
      ['FLOOR_MOD', undefined],
      ['HARD_SWISH', 'HardSwishParams'],
      ['LEAKY_RELU', 'LeakyReluOpData'],
      ['LOG', undefined],
      ['LOGICAL_NOT', undefined],
      ['LOGISTIC', 'OpDataLogistic'],
      ['MUL', 'OpDataMul'],
      ['PRELU', 'PreluParams'],
      ['QUANTIZE', 'OpDataQuantizeReference'],
      ['RELU', 'ReluOpData'],
      ['ROUND', undefined],
      ['RSQRT', 'OpDataAbsRsqrt'],
      ['SELECT_V2', 'OpDataSelect'],
      ['SIN', undefined],
      ['SQRT', undefined],
      ['SQUARE', undefined],
      ['SQUARED_DIFFERENCE', 'OpDataSquaredDifference'],
      ['SUB', 'OpDataSub'],
      ['ZEROS_LIKE', undefined],
    ],
    everyTensor,
  ),
  ...kernelsByState(
    [
      ['FLOOR', undefined],
      ['LOGICAL_AND', undefined],
      ['LOGICAL_OR', undefined],
      ['MAXIMUM', undefined],
      ['MINIMUM', undefined],
      ['NEG', undefined],
    ],
    noTensor,
  ),
  ...kernelsByState(
    ['EQUAL', 'NOT_EQUAL', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL'].map((kind) => [kind, 'OpDataComparison']),
    tensorsAt([0, 1], []),
  ),
  ['RELU6', { state: 'Relu6OpData', temporaries: tensorsAt([0], []) }],
  // The input is taken in Prepare and again where the quantization is worked out.
  ['TANH', { state: 'OpDataLogistic', temporaries: tensorsAt([0, 0], [0]) }],
  [
    'ADD_N',
    {
      temporaries: everyTensor,
      prepare: (call) => ({
        persistent: outputOf(call)?.type === 'int8' ? [call.bytesOf('OpDataAddN')] : [],
        scratch: [call.bytesOf('pointer') * call.operator.inputs.length],
      }),
    },
  ],
  [
    'CUMSUM',
    {
      temporaries: everyTensor,
      prepare: (call) => ({ persistent: outputOf(call)?.type === 'int8' ? [call.bytesOf('OpDataCumsum')] : [] }),
    },
  ],
  [
    'LOG_SOFTMAX',
    {
      temporaries: everyTensor,
      prepare: (call) => ({ persistent: inputOf(call, 0)?.type === 'int8' ? [call.bytesOf('LogSoftmaxOpData')] : [] }),
    },
  ],
];
