import { check } from '../support/check';
import { refusalOf } from './refused';

const inputWeights = 'float32[2,3]! float32[2,3]! float32[2,3]! float32[2,3]!';
const recurrentWeights = 'float32[2,2]! float32[2,2]! float32[2,2]! float32[2,2]!';
const biases = 'float32[2]! float32[2]! float32[2]! float32[2]!';

check('TFLM refuses operators with weights, and why', refusalOf, [
  {
    name: 'CONV_2D: hybrid',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,2] int8[3,1,1,2]! float32[3]! -> float32[1,4,4,3]' },
    expected: {
      code: 'hybrid-operator',
      reason:
        'CONV_2D has float32 activations but int8 weights (a hybrid or "dynamic range" model), which TFLite Micro does not run; quantize the whole model to int8 with a representative dataset, or keep it in float32.',
    },
  },
  {
    name: 'CONV_2D: uint8 of the old scheme',
    input: { kind: 'CONV_2D', graph: 'uint8[1,4,4,2]@0.5,0 uint8[3,1,1,2]!@0.5,0 int32[3]! -> uint8[1,4,4,3]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of CONV_2D has type uint8, but TFLite Micro takes float32, int8 or int16 there; convert the model again with int8 quantization, since TFLite Micro has dropped uint8.',
    },
  },
  {
    name: 'CONV_2D: float weights after integer activations',
    input: { kind: 'CONV_2D', graph: 'int8[1,4,4,2]@0.5,0 float32[3,1,1,2]! float32[3]! -> int8[1,4,4,3]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 (weights) of CONV_2D has type float32, but TFLite Micro takes int8 or int4 there when input 0 is int8; convert the model again with weights of one of these types.',
    },
  },
  {
    name: 'CONV_2D: int4 weights with int16 activations',
    input: { kind: 'CONV_2D', graph: 'int16[1,4,4,2]@0.5,0 int4[3,1,1,2]!@0.5,0 int64[3]! -> int16[1,4,4,3]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 (weights) of CONV_2D has type int4, but TFLite Micro takes int8 there when input 0 is int16; convert the model again with int8 weights.',
    },
  },
  {
    name: 'CONV_2D: float16 bias',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,2] float32[3,1,1,2]! float16[3]! -> float32[1,4,4,3]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 2 (bias) of CONV_2D has type float16, but TFLite Micro takes float32 there when input 0 is float32; convert the model again as float32 or int8, without float16 among the supported types.',
    },
  },
  {
    name: 'CONV_2D: output of another type',
    input: { kind: 'CONV_2D', graph: 'int8[1,4,4,2]@0.5,0 int8[3,1,1,2]!@0.5,0 int32[3]! -> int16[1,4,4,3]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Output 0 of CONV_2D has type int16, but TFLite Micro takes int8 there when input 0 is int8; quantize the model again with int8 activations, or keep this operator in float32.',
    },
  },
  {
    name: 'CONV_2D: weights without scales',
    input: { kind: 'CONV_2D', graph: 'int8[1,4,4,2]@0.5,0 int8[3,1,1,2]! int32[3]! -> int8[1,4,4,3]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 1 (weights) of CONV_2D has no scale and zero point, but TFLite Micro needs them for int8; quantize the model again.',
    },
  },
  {
    name: 'CONV_2D: scales for some channels',
    input: { kind: 'CONV_2D', graph: 'int8[1,4,4,2]@0.5,0 int8[3,1,1,2]!@0.5|0.5,0 int32[3]! -> int8[1,4,4,3]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'The weights of CONV_2D have 2 scales along dimension 0, but TFLite Micro needs one or one for each of the 3 output channels; quantize the model again per channel.',
    },
  },
  {
    name: 'CONV_2D: scales along another dimension',
    input: {
      kind: 'CONV_2D',
      graph: 'int8[1,4,4,3]@0.5,0 int8[3,1,1,3]!@0.5|0.5|0.5,0,1 int32[3]! -> int8[1,4,4,3]@0.5,0',
    },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'The weights of CONV_2D have 3 scales along dimension 1, but TFLite Micro needs one or one for each of the 3 output channels; quantize the model again per channel.',
    },
  },
  {
    name: 'CONV_2D: zero point of int16 in CMSIS-NN',
    input: {
      kind: 'CONV_2D',
      graph: 'int16[1,4,4,2]@0.5,3 int8[3,1,1,2]!@0.5,0 int64[3]! -> int16[1,4,4,3]@0.5,0',
      library: 'cmsis_nn',
    },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Input 0 of CONV_2D is int16 with the zero point 3, but TFLite Micro's CMSIS-NN kernel needs 0; quantize the model again with symmetric 16-bit activations, or build with the reference kernels.",
    },
  },
  {
    name: 'CONV_2D: fused activation that is ignored',
    input: {
      kind: 'CONV_2D',
      graph: 'float32[1,4,4,2] float32[3,1,1,2]! float32[3]! -> float32[1,4,4,3]',
      options: { fusedActivationFunction: 'TANH' },
    },
    expected: {
      code: 'options-unsupported',
      reason:
        'CONV_2D has the fused activation TANH, but TFLite Micro applies only RELU, RELU_N1_TO_1 or RELU6 there; make the activation an operator of its own.',
    },
  },
  {
    name: 'CONV_2D: batch known only at run time',
    input: { kind: 'CONV_2D', graph: 'float32[-1,4,4,2] float32[3,1,1,2]! float32[3]! -> float32[-1,4,4,3]' },
    expected: {
      code: 'dynamic-shape',
      reason:
        'CONV_2D works on float32[-1,4,4,2], whose size is only known at run time; convert the model again with fixed input shapes (batch 1), since TFLite Micro plans all memory ahead.',
    },
  },
  {
    name: 'CONV_2D: channels that do not fit the filter',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,3] float32[4,1,1,2]! float32[4]! -> float32[1,4,4,4]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'CONV_2D has 3 input channels, but 2 of them in each filter; convert the model again.',
    },
  },
  {
    name: 'CONV_2D: output channels that are no filters',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,2] float32[4,1,1,2]! float32[4]! -> float32[1,4,4,3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'CONV_2D has 4 filters, but 3 output channels; convert the model again.',
    },
  },
  {
    name: 'CONV_2D: image without batch',
    input: { kind: 'CONV_2D', graph: 'float32[4,4,2] float32[3,1,1,2]! float32[3]! -> float32[4,4,3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'CONV_2D works on float32[4,4,2], but needs tensors of 4 dimensions; reshape it before the operator.',
    },
  },
  {
    name: 'CONV_2D: stride 0',
    input: {
      kind: 'CONV_2D',
      graph: 'float32[1,4,4,2] float32[3,1,1,2]! float32[3]! -> float32[1,4,4,3]',
      options: { strideH: 0 },
    },
    expected: { code: 'shape-unsupported', reason: 'CONV_2D has a stride below 1; convert the model again.' },
  },
  {
    name: 'CONV_2D: too many inputs',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,2] float32[3,1,1,2]! float32[3]! float32[3]! -> float32[1,4,4,3]' },
    expected: {
      code: 'inputs-unsupported',
      reason: 'CONV_2D has 4 inputs, but TFLite Micro takes 2 to 3; split the operator or convert the model again.',
    },
  },
  {
    name: 'CONV_2D: no weights',
    input: { kind: 'CONV_2D', graph: 'float32[1,4,4,2] - float32[3]! -> float32[1,4,4,3]' },
    expected: {
      code: 'inputs-unsupported',
      reason: 'CONV_2D lacks input 1 (weights), which TFLite Micro needs; convert the model again.',
    },
  },
  {
    name: 'DEPTHWISE_CONV_2D: an absent bias',
    input: { kind: 'DEPTHWISE_CONV_2D', graph: 'float32[1,4,4,2] float32[1,3,3,2]! - -> float32[1,4,4,2]' },
    expected: {
      code: 'inputs-unsupported',
      reason:
        'DEPTHWISE_CONV_2D has an absent bias (input 2 is -1), at which TFLite Micro crashes while it allocates; give it a bias of zeros or only two inputs.',
    },
  },
  {
    name: 'DEPTHWISE_CONV_2D: hybrid',
    input: { kind: 'DEPTHWISE_CONV_2D', graph: 'float32[1,4,4,2] int8[1,3,3,2]! float32[2]! -> float32[1,4,4,2]' },
    expected: {
      code: 'hybrid-operator',
      reason:
        'DEPTHWISE_CONV_2D has float32 activations but int8 weights (a hybrid or "dynamic range" model), which TFLite Micro does not run; quantize the whole model to int8 with a representative dataset, or keep it in float32.',
    },
  },
  {
    name: 'DEPTHWISE_CONV_2D: filters that are no multiple',
    input: { kind: 'DEPTHWISE_CONV_2D', graph: 'float32[1,4,4,2] float32[1,3,3,3]! float32[3]! -> float32[1,4,4,3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'DEPTHWISE_CONV_2D has 3 filters, but 2 input channels; convert the model again.',
    },
  },
  {
    name: 'DEPTHWISE_CONV_2D: 32-bit bias of int16',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      graph: 'int16[1,4,4,2]@0.5,0 int8[1,3,3,2]!@0.5,0 int32[2]! -> int16[1,4,4,2]@0.5,0',
    },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 2 (bias) of DEPTHWISE_CONV_2D has type int32, but TFLite Micro takes int64 there when input 0 is int16; convert the model again with int64 biases.',
    },
  },
  {
    name: 'TRANSPOSE_CONV: hybrid',
    input: { kind: 'TRANSPOSE_CONV', graph: 'int32[4]=1,4,4,3 int8[3,2,2,2]! float32[1,2,2,2] -> float32[1,4,4,3]' },
    expected: {
      code: 'hybrid-operator',
      reason:
        'TRANSPOSE_CONV has float32 activations but int8 weights (a hybrid or "dynamic range" model), which TFLite Micro does not run; quantize the whole model to int8 with a representative dataset, or keep it in float32.',
    },
  },
  {
    name: 'TRANSPOSE_CONV: int4 weights',
    input: {
      kind: 'TRANSPOSE_CONV',
      graph: 'int32[4]=1,4,4,3 int4[3,2,2,2]!@0.5,0 int8[1,2,2,2]@0.5,0 -> int8[1,4,4,3]@0.5,0',
    },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 (weights) of TRANSPOSE_CONV has type int4, but TFLite Micro takes int8 there when input 2 is int8; convert the model again with int8 weights.',
    },
  },
  {
    name: 'FULLY_CONNECTED: hybrid',
    input: { kind: 'FULLY_CONNECTED', graph: 'float32[1,4] int8[3,4]! float32[3]! -> float32[1,3]' },
    expected: {
      code: 'hybrid-operator',
      reason:
        'FULLY_CONNECTED has float32 activations but int8 weights (a hybrid or "dynamic range" model), which TFLite Micro does not run; quantize the whole model to int8 with a representative dataset, or keep it in float32.',
    },
  },
  {
    name: 'FULLY_CONNECTED: int4 with several scales',
    input: { kind: 'FULLY_CONNECTED', graph: 'int8[1,4]@0.5,0 int4[2,4]!@0.5|0.25,0 int32[2]! -> int8[1,2]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'FULLY_CONNECTED has int4 weights with a scale per channel, but TFLite Micro takes only one scale for int4 there; quantize the model again with one scale or with int8 weights.',
    },
  },
  {
    name: 'FULLY_CONNECTED: scales for some channels',
    input: { kind: 'FULLY_CONNECTED', graph: 'int8[1,4]@0.5,0 int8[3,4]!@0.5|0.25,0 int32[3]! -> int8[1,3]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'The weights of FULLY_CONNECTED have 2 scales, but 3 channels along dimension 0; quantize the model again.',
    },
  },
  {
    name: 'FULLY_CONNECTED: int16 with several scales in CMSIS-NN',
    input: {
      kind: 'FULLY_CONNECTED',
      graph: 'int16[1,4]@0.5,0 int8[2,4]!@0.5|0.25,0 int64[2]! -> int16[1,2]@0.5,0',
      library: 'cmsis_nn',
    },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'FULLY_CONNECTED has int16 activations and a scale per channel, which the CMSIS-NN kernel does not take; quantize with one scale for the matrix or build with the reference kernels.',
    },
  },
  {
    name: 'FULLY_CONNECTED: int16 with a 32-bit bias in CMSIS-NN',
    input: {
      kind: 'FULLY_CONNECTED',
      graph: 'int16[1,4]@0.5,0 int8[2,4]!@0.5,0 int32[2]!@0.25,0 -> int16[1,2]@0.5,0',
      library: 'cmsis_nn',
    },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 2 (bias) of FULLY_CONNECTED has type int32, but the CMSIS-NN kernel reads int64 there when input 0 is int16; quantize the model again with 64-bit biases or build with the reference kernels.',
    },
  },
  {
    name: 'FULLY_CONNECTED: bias of another scale',
    input: { kind: 'FULLY_CONNECTED', graph: 'int8[1,4]@0.5,0 int8[3,4]!@0.5,0 int32[3]!@0.5,0 -> int8[1,3]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'The bias of FULLY_CONNECTED has the scale 0.5, but TFLite Micro needs that of input x weights, 0.25; quantize the model again.',
    },
  },
  {
    name: 'FULLY_CONNECTED: rows that do not divide',
    input: { kind: 'FULLY_CONNECTED', graph: 'float32[1,5] float32[3,4]! float32[3]! -> float32[1,3]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        "FULLY_CONNECTED has the input float32[1,5], which does not divide into rows of the weights' depth 4; convert the model again.",
    },
  },
  {
    name: 'FULLY_CONNECTED: output of another size',
    input: { kind: 'FULLY_CONNECTED', graph: 'float32[2,4] float32[3,4]! float32[3]! -> float32[1,3]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'FULLY_CONNECTED has the output float32[1,3], but its input and weights give 2 x 3 values; convert the model again.',
    },
  },
  {
    name: 'FULLY_CONNECTED: weights without units',
    input: { kind: 'FULLY_CONNECTED', graph: 'float32[1,4] float32[4]! -> float32[1]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'FULLY_CONNECTED has the weights float32[4], but needs a matrix of units by depth; convert the model again.',
    },
  },
  {
    name: 'BATCH_MATMUL: six dimensions',
    input: { kind: 'BATCH_MATMUL', graph: 'float32[1,1,1,1,2,3] float32[3,4] -> float32[1,1,1,1,2,4]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'Input 0 of BATCH_MATMUL has 6 dimensions, but TFLite Micro takes 2 to 5; reshape it before the operator.',
    },
  },
  {
    name: 'BATCH_MATMUL: five dimensions in CMSIS-NN',
    input: {
      kind: 'BATCH_MATMUL',
      graph: 'float32[1,1,1,2,3] float32[3,4] -> float32[1,1,1,2,4]',
      library: 'cmsis_nn',
    },
    expected: {
      code: 'shape-unsupported',
      reason:
        "Input 0 of BATCH_MATMUL has 5 dimensions, but TFLite Micro's CMSIS-NN kernel takes 2 to 4; reshape it before the operator, or build with the reference kernels.",
    },
  },
  {
    name: 'BATCH_MATMUL: matrices that do not fit',
    input: { kind: 'BATCH_MATMUL', graph: 'float32[2,3] float32[2,4] -> float32[2,4]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'BATCH_MATMUL cannot multiply float32[2,3] by float32[2,4] into float32[2,4]; convert the model again.',
    },
  },
  {
    name: 'BATCH_MATMUL: mixed types',
    input: { kind: 'BATCH_MATMUL', graph: 'float32[2,3] int8[3,4] -> float32[2,4]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 of BATCH_MATMUL has type int8, but TFLite Micro takes float32 there when input 0 is float32; keep it in float32, or put DEQUANTIZE before the operator.',
    },
  },
  {
    name: 'SVDF: state that is no variable',
    input: {
      kind: 'SVDF',
      graph: 'float32[1,3] float32[4,3]! float32[4,2]! - float32[1,8] -> float32[1,2]',
      options: { rank: 2 },
    },
    expected: {
      code: 'inputs-unsupported',
      reason:
        'Input 4 (state) of SVDF is no variable tensor, but TFLite Micro needs one to remember; convert the model again.',
    },
  },
  {
    name: 'SVDF: int8 without bias',
    input: {
      kind: 'SVDF',
      graph: 'int8[1,3]@0.5,0 int8[4,3]!@0.5,0 int16[4,2]!@0.5,0 - int16[1,8]~@0.5,0 -> int8[1,2]@0.5,0',
      options: { rank: 2 },
    },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'SVDF needs an int32 bias with the scale of state x time weights (0.25) in TFLite Micro; quantize the model again.',
    },
  },
  {
    name: 'SVDF: rank that does not fit',
    input: {
      kind: 'SVDF',
      graph: 'float32[1,3] float32[4,3]! float32[4,2]! - float32[1,8]~ -> float32[1,2]',
      options: { rank: 3 },
    },
    expected: {
      code: 'shape-unsupported',
      reason:
        'SVDF has weights, state and output whose sizes do not fit its input and rank 3; convert the model again.',
    },
  },
  {
    name: 'UNIDIRECTIONAL_SEQUENCE_LSTM: peephole',
    input: {
      kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
      graph: `float32[1,5,3] ${inputWeights} ${recurrentWeights} float32[2]! - - ${biases} - - float32[1,2]~ float32[1,2]~ - - - - -> float32[1,5,2]`,
    },
    expected: {
      code: 'options-unsupported',
      reason:
        'UNIDIRECTIONAL_SEQUENCE_LSTM has input 9 (weights), but TFLite Micro runs only the plain cell: four gates with bias, no peepholes, projection or layer normalization; simplify the layer.',
    },
  },
  {
    name: 'UNIDIRECTIONAL_SEQUENCE_LSTM: state that is no variable',
    input: {
      kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
      graph: `float32[1,5,3] ${inputWeights} ${recurrentWeights} - - - ${biases} - - float32[1,2] float32[1,2]~ - - - - -> float32[1,5,2]`,
    },
    expected: {
      code: 'inputs-unsupported',
      reason:
        'Input 18 (state) of UNIDIRECTIONAL_SEQUENCE_LSTM is no variable tensor, but TFLite Micro needs one to remember; convert the model again.',
    },
  },
  {
    name: 'UNIDIRECTIONAL_SEQUENCE_LSTM: weights that do not fit',
    input: {
      kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
      graph: `float32[1,5,4] ${inputWeights} ${recurrentWeights} - - - ${biases} - - float32[1,2]~ float32[1,2]~ - - - - -> float32[1,5,2]`,
    },
    expected: {
      code: 'shape-unsupported',
      reason:
        'UNIDIRECTIONAL_SEQUENCE_LSTM has float32[2,3] as input 1 (weights), which does not fit 4 inputs and 2 cells; convert the model again.',
    },
  },
  {
    name: 'UNIDIRECTIONAL_SEQUENCE_LSTM: weights from elsewhere in CMSIS-NN',
    input: {
      kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
      graph: `float32[1,5,3] float32[2,3] float32[2,3]! float32[2,3]! float32[2,3]! ${recurrentWeights} - - - ${biases} - - float32[1,2]~ float32[1,2]~ - - - - -> float32[1,5,2]`,
      library: 'cmsis_nn',
    },
    expected: {
      code: 'constant-required',
      reason:
        "UNIDIRECTIONAL_SEQUENCE_LSTM takes its weights (input 1) from another operator, but TFLite Micro's CMSIS-NN kernel needs it as a constant; fix it in the model before converting it, or build with the reference kernels.",
    },
  },
]);

check(
  'the reference kernels run what only CMSIS-NN refuses',
  (text: string) => refusalOf({ kind: text.slice(0, text.indexOf(' ')), graph: text.slice(text.indexOf(' ') + 1) }),
  [
    'CONV_2D int16[1,4,4,2]@0.5,3 int8[3,1,1,2]!@0.5,0 int64[3]! -> int16[1,4,4,3]@0.5,0',
    'FULLY_CONNECTED int16[1,4]@0.5,0 int8[2,4]!@0.5|0.25,0 int64[2]! -> int16[1,2]@0.5,0',
    'FULLY_CONNECTED int16[1,4]@0.5,0 int8[2,4]!@0.5,0 int32[2]!@0.25,0 -> int16[1,2]@0.5,0',
    'BATCH_MATMUL float32[1,1,1,2,3] float32[3,4] -> float32[1,1,1,2,4]',
    'ADD int16[2]@0.5,0 int16[2]@0.5,7 -> int16[2]@0.5,0',
    'MAXIMUM float32[1,1,1,1,2] float32[2] -> float32[1,1,1,1,2]',
    'TRANSPOSE int8[1,1,1,2,3] int32[5]=0,1,2,4,3 -> int8[1,1,1,3,2]',
  ].map((text) => ({ name: text, input: text, expected: undefined })),
);
