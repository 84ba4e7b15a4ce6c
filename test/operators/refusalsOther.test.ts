import { check } from '../support/check';
import { refusalOf } from './refused';

check('TFLM refuses other operators, and why', refusalOf, [
  {
    name: 'ADD: int16 zero point in CMSIS-NN',
    input: { kind: 'ADD', graph: 'int16[2]@0.5,0 int16[2]@0.5,7 -> int16[2]@0.5,0', library: 'cmsis_nn' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Input 1 of ADD is int16 with the zero point 7, but TFLite Micro's CMSIS-NN kernel needs 0; quantize the model again with symmetric 16-bit activations, or build with the reference kernels.",
    },
  },
  {
    name: 'GREATER: an int8 scale that is not below 1',
    input: { kind: 'GREATER', graph: 'int8[2]@0.5,0 int8[2]@1,0 -> bool[2]' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 1 of GREATER is int8 with the scale 1, but TFLite Micro ends the program where it is not below 1; quantize the model again with a smaller range of values.',
    },
  },
  {
    name: 'ADD: int8 without scales',
    input: { kind: 'ADD', graph: 'int8[2] int8[2] -> int8[2]' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Output 0 of ADD is int8 without scale and zero point, but TFLite Micro needs them; quantize the model again.',
    },
  },
  {
    name: 'ADD: quantized int32',
    input: { kind: 'ADD', graph: 'int32[2]@0.5,0 int32[2]@0.5,0 -> int32[2]' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'ADD has quantized int32 inputs, but TFLite Micro computes int32 there as plain integers; quantize the model again with int8 or int16.',
    },
  },
  {
    name: 'ADD: int64',
    input: { kind: 'ADD', graph: 'int64[2] int64[2] -> int64[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of ADD has type int64, but TFLite Micro takes float32, int8, int16 or int32 there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'ADD: two types',
    input: { kind: 'ADD', graph: 'float32[2] int8[2]@0.5,0 -> float32[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 of ADD has type int8, but TFLite Micro takes float32 there when input 0 is float32; keep it in float32, or put DEQUANTIZE before the operator.',
    },
  },
  {
    name: 'ADD_N: one input',
    input: { kind: 'ADD_N', graph: 'float32[2] -> float32[2]' },
    expected: {
      code: 'inputs-unsupported',
      reason: 'ADD_N has 1 input, but TFLite Micro takes 2 or more; split the operator or convert the model again.',
    },
  },
  {
    name: 'ADD_N: other scale',
    input: { kind: 'ADD_N', graph: 'int8[2]@0.5,0 int8[2]@0.25,0 -> int8[2]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 1 of ADD_N has another scale than input 0, but TFLite Micro needs all int8 inputs alike; use ADD operators instead.',
    },
  },
  {
    name: 'ADD_N: other shape',
    input: { kind: 'ADD_N', graph: 'float32[2] float32[1] -> float32[2]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'Input 1 of ADD_N has another shape than input 0, but TFLite Micro does not broadcast there; use ADD operators instead.',
    },
  },
  {
    name: 'DIV: int16',
    input: { kind: 'DIV', graph: 'int16[2] int16[2] -> int16[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of DIV has type int16, but TFLite Micro takes float32, int8 or int32 there; quantize the model again with int8 activations, or keep this operator in float32.',
    },
  },
  {
    name: 'MUL: int16 zero point',
    input: { kind: 'MUL', graph: 'int16[2]@0.5,1 int16[2]@0.5,0 -> int16[2]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 0 of MUL is int16 with the zero point 1, but TFLite Micro needs 0; quantize the model again with symmetric 16-bit activations.',
    },
  },
  {
    name: 'MAXIMUM: five dimensions in CMSIS-NN',
    input: { kind: 'MAXIMUM', graph: 'float32[1,1,1,1,2] float32[2] -> float32[1,1,1,1,2]', library: 'cmsis_nn' },
    expected: {
      code: 'shape-unsupported',
      reason:
        "Input 0 of MAXIMUM has 5 dimensions, but TFLite Micro's CMSIS-NN kernel takes at most 4; reshape it before the operator, or build with the reference kernels.",
    },
  },
  {
    name: 'ABS: seven dimensions',
    input: { kind: 'ABS', graph: 'float32[1,1,1,1,1,1,2] -> float32[1,1,1,1,1,1,2]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'ABS works on a tensor of 7 dimensions, but TFLite Micro holds at most 6; reshape it before the operator.',
    },
  },
  {
    name: 'EXP: int8',
    input: { kind: 'EXP', graph: 'int8[2]@0.5,0 -> int8[2]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of EXP has type int8, but TFLite Micro takes float32 there; keep it in float32, or put DEQUANTIZE before the operator.',
    },
  },
  {
    name: 'NEG: another size',
    input: { kind: 'NEG', graph: 'float32[2] -> float32[3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'NEG turns float32[2] into float32[3], but keeps the number of values; convert the model again.',
    },
  },
  {
    name: 'CONCATENATION: uint8',
    input: { kind: 'CONCATENATION', graph: 'uint8[1,2] uint8[1,2] -> uint8[1,4]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of CONCATENATION has type uint8, but TFLite Micro takes float32, int8, int16, int32, int64 or bool there; convert the model again with int8 quantization, since TFLite Micro has dropped uint8.',
    },
  },
  {
    name: 'CONCATENATION: eleven inputs',
    input: {
      kind: 'CONCATENATION',
      graph:
        'float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] float32[1] -> float32[11]',
    },
    expected: {
      code: 'inputs-unsupported',
      reason:
        'CONCATENATION has 11 inputs, but TFLite Micro takes 1 to 10; split the operator or convert the model again.',
    },
  },
  {
    name: 'CONCATENATION: fused activation',
    input: {
      kind: 'CONCATENATION',
      graph: 'float32[1,2] float32[1,2] -> float32[1,4]',
      options: { fusedActivationFunction: 'RELU' },
    },
    expected: {
      code: 'options-unsupported',
      reason:
        'CONCATENATION has the fused activation RELU, but TFLite Micro applies none there; make the activation an operator of its own.',
    },
  },
  {
    name: 'CONCATENATION: other scale',
    input: { kind: 'CONCATENATION', graph: 'int8[1,2]@0.5,0 int8[1,2]@0.25,0 -> int8[1,4]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 1 of CONCATENATION has another scale or zero point than the output, but TFLite Micro joins int8 values as they are; quantize the model again with a current converter.',
    },
  },
  {
    name: 'PACK: bool',
    input: { kind: 'PACK', graph: 'bool[2] bool[2] -> bool[2,2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of PACK has type bool, but TFLite Micro takes float32, int8, int16, int32 or int64 there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'SPLIT: axis from elsewhere',
    input: { kind: 'SPLIT', graph: 'int32[] float32[4] -> float32[2] float32[2]' },
    expected: {
      code: 'constant-required',
      reason:
        'SPLIT takes its axis (input 0) from another operator, but TFLite Micro needs it as a constant; fix it in the model before converting it.',
    },
  },
  {
    name: 'MAX_POOL_2D: other zero point',
    input: { kind: 'MAX_POOL_2D', graph: 'int8[1,4,4,2]@0.5,0 -> int8[1,2,2,2]@0.5,1' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'MAX_POOL_2D has another scale or zero point on its output than on its input, but TFLite Micro needs them equal; quantize the model again with a current converter.',
    },
  },
  {
    name: 'AVERAGE_POOL_2D: flat input',
    input: { kind: 'AVERAGE_POOL_2D', graph: 'float32[4,4] -> float32[2,2]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Input 0 of AVERAGE_POOL_2D has 2 dimensions, but TFLite Micro takes 4; reshape it before the operator.',
    },
  },
  {
    name: 'SOFTMAX: scale of the output',
    input: { kind: 'SOFTMAX', graph: 'int8[1,2]@0.5,0 -> int8[1,2]@0.005,-128' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Output 0 of SOFTMAX has other quantization parameters than the scale 1/256 and the zero point -128, which TFLite Micro's int8 kernel assumes; quantize the model again with a current converter.",
    },
  },
  {
    name: 'SOFTMAX: scalar',
    input: { kind: 'SOFTMAX', graph: 'float32[] -> float32[]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Input 0 of SOFTMAX has 0 dimensions, but TFLite Micro takes 1 to 6; reshape it before the operator.',
    },
  },
  {
    name: 'LOGISTIC: zero point of the output',
    input: { kind: 'LOGISTIC', graph: 'int8[2]@0.5,0 -> int8[2]@0.00390625,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Output 0 of LOGISTIC has other quantization parameters than the zero point -128, which TFLite Micro's int8 kernel assumes; quantize the model again with a current converter.",
    },
  },
  {
    name: 'TANH: int16 scale',
    input: { kind: 'TANH', graph: 'int16[2]@0.5,0 -> int16[2]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Output 0 of TANH has another scale than 1/32768, which TFLite Micro's int16 kernel assumes; quantize the model again with a current converter.",
    },
  },
  {
    name: 'LOG_SOFTMAX: scale of the output',
    input: { kind: 'LOG_SOFTMAX', graph: 'int8[2]@0.5,0 -> int8[2]@0.5,127' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        "Output 0 of LOG_SOFTMAX has other quantization parameters than the scale 1/16 and the zero point 127, which TFLite Micro's int8 kernel assumes; quantize the model again with a current converter.",
    },
  },
  {
    name: 'LOGISTIC: uint8',
    input: { kind: 'LOGISTIC', graph: 'uint8[2] -> uint8[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of LOGISTIC has type uint8, but TFLite Micro takes float32, int8 or int16 there; convert the model again with int8 quantization, since TFLite Micro has dropped uint8.',
    },
  },
  {
    name: 'PRELU: five dimensions in float',
    input: { kind: 'PRELU', graph: 'float32[1,1,1,1,2] float32[2]! -> float32[1,1,1,1,2]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Input 0 of PRELU has 5 dimensions, but TFLite Micro takes at most 4; reshape it before the operator.',
    },
  },
  {
    name: 'MEAN: int64 axis',
    input: { kind: 'MEAN', graph: 'float32[1,4] int64[1]=1 -> float32[1]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 (parameter) of MEAN has type int64, but TFLite Micro takes int32 there; cast it to int32 in the model before converting it.',
    },
  },
  {
    name: 'REDUCE_MAX: other scale',
    input: { kind: 'REDUCE_MAX', graph: 'int8[1,4]@0.5,0 int32[1]=1 -> int8[1]@0.25,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'REDUCE_MAX has another scale or zero point on its output than on its input, but TFLite Micro needs them equal; quantize the model again with a current converter.',
    },
  },
  {
    name: 'L2_NORMALIZATION: fused activation',
    input: {
      kind: 'L2_NORMALIZATION',
      graph: 'float32[1,4] -> float32[1,4]',
      options: { fusedActivationFunction: 'RELU6' },
    },
    expected: {
      code: 'options-unsupported',
      reason:
        'L2_NORMALIZATION has the fused activation RELU6, but TFLite Micro applies none there; make the activation an operator of its own.',
    },
  },
  {
    name: 'RESHAPE: other number of values',
    input: { kind: 'RESHAPE', graph: 'float32[2,3] int32[1]=5 -> float32[5]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'RESHAPE turns float32[2,3] into float32[5], but keeps the number of values; convert the model again.',
    },
  },
  {
    name: 'RESHAPE: strings',
    input: { kind: 'RESHAPE', graph: 'string[2] int32[1]=2 -> string[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of RESHAPE has type string, but TFLite Micro takes any type of a fixed size there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'TRANSPOSE: int32',
    input: { kind: 'TRANSPOSE', graph: 'int32[2,3] int32[2]=1,0 -> int32[3,2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of TRANSPOSE has type int32, but TFLite Micro takes float32, int8 or int16 there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'TRANSPOSE: order from elsewhere',
    input: { kind: 'TRANSPOSE', graph: 'int8[2,3] int32[2] -> int8[3,2]' },
    expected: {
      code: 'constant-required',
      reason:
        'TRANSPOSE takes its order (input 1) from another operator, but TFLite Micro needs it as a constant; fix it in the model before converting it.',
    },
  },
  {
    name: 'TRANSPOSE: order that does not fit',
    input: { kind: 'TRANSPOSE', graph: 'int8[2,3] int32[2]=2,0 -> int8[3,2]' },
    expected: {
      code: 'options-unsupported',
      reason:
        'TRANSPOSE has the order 2,0 for 2 dimensions, but TFLite Micro needs each from 0 to 1; convert the model again.',
    },
  },
  {
    name: 'TRANSPOSE: int8 of five dimensions in CMSIS-NN',
    input: { kind: 'TRANSPOSE', graph: 'int8[1,1,1,2,3] int32[5]=0,1,2,4,3 -> int8[1,1,1,3,2]', library: 'cmsis_nn' },
    expected: {
      code: 'shape-unsupported',
      reason:
        "Input 0 of TRANSPOSE has 5 dimensions, but TFLite Micro's CMSIS-NN kernel takes at most 4; reshape it before the operator, or build with the reference kernels.",
    },
  },
  {
    name: 'REVERSE_V2: axes apart',
    input: { kind: 'REVERSE_V2', graph: 'float32[2,3,4] int32[2]=0,2 -> float32[2,3,4]' },
    expected: {
      code: 'options-unsupported',
      reason:
        'REVERSE_V2 reverses the dimensions 0,2, but TFLite Micro takes only neighbouring ones; use one operator for each.',
    },
  },
  {
    name: 'STRIDED_SLICE: ellipsis',
    input: { kind: 'STRIDED_SLICE', graph: 'float32[2,3,4] int32[2]=0,1 int32[2]=0,3 int32[2]=1,1 -> float32[2,3,2]' },
    expected: {
      code: 'options-unsupported',
      reason:
        'STRIDED_SLICE does not cut [2,3,4] into [2,3,2] as TFLite Micro reads it: it needs begin, end and a stride other than 0 for every dimension, and knows no ellipsis and no new axes; write the slice out in the model.',
    },
  },
  {
    name: 'STRIDED_SLICE: five dimensions',
    input: {
      kind: 'STRIDED_SLICE',
      graph: 'float32[1,1,1,1,4] int32[5]=0,0,0,0,0 int32[5]=1,1,1,1,2 int32[5]=1,1,1,1,1 -> float32[1,1,1,1,2]',
    },
    expected: {
      code: 'shape-unsupported',
      reason:
        'Input 0 of STRIDED_SLICE has 5 dimensions, but TFLite Micro takes at most 4; reshape it before the operator.',
    },
  },
  {
    name: 'DYNAMIC_UPDATE_SLICE: too large',
    input: { kind: 'DYNAMIC_UPDATE_SLICE', graph: 'float32[8] float32[9] int32[1] -> float32[8]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'DYNAMIC_UPDATE_SLICE puts [9] into [8], where it has no place; convert the model again.',
    },
  },
  {
    name: 'PAD: padding that gives another size',
    input: { kind: 'PAD', graph: 'float32[2] int32[1,2]=1,1 -> float32[3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'PAD turns float32[2] into float32[3], but its padding gives [4]; convert the model again.',
    },
  },
  {
    name: 'PAD: six dimensions',
    input: { kind: 'PAD', graph: 'float32[1,1,1,1,1,2] int32[6,2]=0,0,0,0,0,0,0,0,0,0,0,0 -> float32[1,1,1,1,1,2]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Input 0 of PAD has 6 dimensions, but TFLite Micro takes at most 5; reshape it before the operator.',
    },
  },
  {
    name: 'PADV2: border of another scale',
    input: { kind: 'PADV2', graph: 'int8[2]@0.5,0 int32[1,2]=1,0 int8[]!@0.25,0 -> int8[3]@0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 2 (parameter) of PADV2 has another scale or zero point than the output, but TFLite Micro needs them equal; quantize the model again.',
    },
  },
  {
    name: 'PADV2: several border values',
    input: { kind: 'PADV2', graph: 'float32[2] int32[1,2]=1,0 float32[2]! -> float32[3]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'PADV2 has 2 values for its border, but TFLite Micro takes one; convert the model again.',
    },
  },
  {
    name: 'GATHER: axis out of range',
    input: { kind: 'GATHER', graph: 'float32[3,4] int32[2] -> float32[3,2]', options: { axis: 2 } },
    expected: {
      code: 'options-unsupported',
      reason:
        'GATHER picks along dimension 2 of 2 with 0 batch dimensions, which TFLite Micro does not take; convert the model again.',
    },
  },
  {
    name: 'GATHER_ND: too many indices',
    input: { kind: 'GATHER_ND', graph: 'float32[2,4] int32[3,3] -> float32[3]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        "GATHER_ND picks by 3 indices from 2 dimensions, but TFLite Micro takes at most 2; reshape the model's tensors.",
    },
  },
  {
    name: 'EMBEDDING_LOOKUP: zero point of the table',
    input: { kind: 'EMBEDDING_LOOKUP', graph: 'int32[3] int8[10,4]!@0.5,5 -> float32[3,4]' },
    expected: {
      code: 'quantization-unsupported',
      reason:
        'Input 1 (weights) of EMBEDDING_LOOKUP has the zero point 5, but TFLite Micro needs 0 to give float32; quantize the table symmetrically.',
    },
  },
  {
    name: 'RESIZE_BILINEAR: two conventions',
    input: {
      kind: 'RESIZE_BILINEAR',
      graph: 'float32[1,2,2,1] int32[2]=4,4 -> float32[1,4,4,1]',
      options: { alignCorners: true, halfPixelCenters: true },
    },
    expected: {
      code: 'options-unsupported',
      reason:
        'RESIZE_BILINEAR asks for aligned corners and half-pixel centers at once, which TFLite Micro does not take; choose one of them in the model.',
    },
  },
  {
    name: 'RESIZE_BILINEAR: size from elsewhere',
    input: { kind: 'RESIZE_BILINEAR', graph: 'float32[1,2,2,1] int32[2] -> float32[1,4,4,1]' },
    expected: {
      code: 'constant-required',
      reason:
        'RESIZE_BILINEAR takes its size (input 1) from another operator, but TFLite Micro needs it as a constant; fix it in the model before converting it.',
    },
  },
  {
    name: 'QUANTIZE: to uint8',
    input: { kind: 'QUANTIZE', graph: 'float32[2] -> uint8[2]@0.5,0' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Output 0 of QUANTIZE has type uint8, but TFLite Micro takes int8 or int16 there when input 0 is float32; convert the model again with int8 quantization, since TFLite Micro has dropped uint8.',
    },
  },
  {
    name: 'QUANTIZE: scale per channel',
    input: { kind: 'QUANTIZE', graph: 'float32[2] -> int8[2]@0.5|0.5,0' },
    expected: {
      code: 'quantization-unsupported',
      reason: 'QUANTIZE needs one scale and zero point on its output in TFLite Micro; quantize the model again.',
    },
  },
  {
    name: 'DEQUANTIZE: float16 weights',
    input: { kind: 'DEQUANTIZE', graph: 'float16[2]! -> float32[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of DEQUANTIZE has type float16, but TFLite Micro takes int8, int16 or uint8 there; convert the model again as float32 or int8, without float16 among the supported types.',
    },
  },
  {
    name: 'CAST: to int64',
    input: { kind: 'CAST', graph: 'int32[2] -> int64[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Output 0 of CAST has type int64, but TFLite Micro takes int8, int16, int32, uint32 or float32 there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'IF: several truth values',
    input: { kind: 'IF', graph: 'bool[2] float32[1] -> float32[1]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Input 0 of IF has 2 truth values, but TFLite Micro takes one; reduce it in the model.',
    },
  },
  {
    name: 'WHILE: other number of outputs',
    input: { kind: 'WHILE', graph: 'int32[] float32[1] -> int32[]' },
    expected: {
      code: 'inputs-unsupported',
      reason: 'WHILE has 2 inputs but 1 output, and TFLite Micro needs as many; convert the model again.',
    },
  },
  {
    name: 'SELECT_V2: int32',
    input: { kind: 'SELECT_V2', graph: 'bool[2] int32[2] int32[2] -> int32[2]' },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 1 of SELECT_V2 has type int32, but TFLite Micro takes float32, int8 or int16 there; cast it to one of these types in the model before converting it.',
    },
  },
  {
    name: 'CIRCULAR_BUFFER: two slices at a time',
    input: { kind: 'CIRCULAR_BUFFER', graph: 'int8[1,2,2,3] -> int8[1,5,2,3]' },
    expected: {
      code: 'shape-unsupported',
      reason:
        'CIRCULAR_BUFFER turns [1,2,2,3] into [1,5,2,3], but adds one slice [n,1,x,y] at a time to [n,slices,x,y]; convert the model again.',
    },
  },
  {
    name: 'TFLM_DECODE: encoded value from elsewhere',
    input: { kind: 'TFLM_DECODE', graph: 'uint8[4] uint8[16]! -> int8[8]' },
    expected: {
      code: 'constant-required',
      reason:
        'TFLM_DECODE takes input 0 (weights) from another operator, but TFLite Micro needs it as a constant; compress the model again.',
    },
  },
  {
    name: 'TFLM_DECODE: odd number of inputs',
    input: { kind: 'TFLM_DECODE', graph: 'uint8[4]! uint8[16]! uint8[4]! -> int8[8]' },
    expected: {
      code: 'inputs-unsupported',
      reason: 'TFLM_DECODE has 3 inputs for 1 output, but TFLite Micro needs two for each; compress the model again.',
    },
  },
  {
    name: 'TFLite_Detection_PostProcess: uint8',
    input: {
      kind: 'TFLite_Detection_PostProcess',
      graph: 'uint8[1,6,4] uint8[1,6,3] uint8[6,4]! -> float32[1,3,4] float32[1,3] float32[1,3] float32[1]',
    },
    expected: {
      code: 'type-unsupported',
      reason:
        'Input 0 of TFLite_Detection_PostProcess has type uint8, but TFLite Micro takes float32 there; keep it in float32, or put DEQUANTIZE before the operator.',
    },
  },
  {
    name: 'SignalFramer: frames without a dimension',
    input: { kind: 'SignalFramer', graph: 'int16[8] -> int16[8] bool[]' },
    expected: {
      code: 'shape-unsupported',
      reason: 'Output 0 of SignalFramer has 1 dimension, but TFLite Micro needs 2; convert the model again.',
    },
  },
  {
    name: 'ethos-u: no driver',
    input: { kind: 'ethos-u', graph: 'int8[1,4] -> int8[1,4]' },
    expected: {
      code: 'operator-needs-driver',
      reason:
        "ethos-u runs only on Arm's Ethos-U accelerator, in a TFLite Micro that is built with its driver; choose a board that has one, or use the model from before Vela compiled it.",
    },
  },
  {
    name: 'REVERSE_SEQUENCE: builtin that is lacking',
    input: { kind: 'REVERSE_SEQUENCE', graph: 'float32[4,8] int32[4] -> float32[4,8]' },
    expected: {
      code: 'operator-unsupported',
      reason: 'TFLite Micro has no operator REVERSE_SEQUENCE; use REVERSE_V2 where every sequence has the full length.',
    },
  },
  {
    name: 'STABLEHLO_ADD: StableHLO',
    input: { kind: 'STABLEHLO_ADD', graph: 'float32[4] float32[4] -> float32[4]' },
    expected: {
      code: 'operator-unsupported',
      reason:
        "TFLite Micro has no operator STABLEHLO_ADD; convert the model again to TFLite's builtin operators instead of StableHLO.",
    },
  },
  {
    name: 'WHERE: builtin without advice',
    input: { kind: 'WHERE', graph: 'bool[4] -> int64[4,1]' },
    expected: {
      code: 'operator-unsupported',
      reason:
        'TFLite Micro has no operator WHERE; write it out with operators that TFLite Micro has, or compute it in the application.',
    },
  },
  {
    name: 'edgetpu-custom-op: Edge TPU',
    input: { kind: 'edgetpu-custom-op', graph: 'uint8[4] -> uint8[4]' },
    expected: {
      code: 'operator-custom-unknown',
      reason:
        "edgetpu-custom-op is a custom operator that TFLite Micro does not bring along. It was compiled for Google's Edge TPU: use the model from before the Edge TPU compiler.",
    },
  },
  {
    name: "FlexErf: TensorFlow's own operator",
    input: { kind: 'FlexErf', graph: 'float32[4] -> float32[4]' },
    expected: {
      code: 'operator-custom-unknown',
      reason:
        'FlexErf is a custom operator that TFLite Micro does not bring along. It needs TensorFlow itself ("Select TF ops"): convert the model again with TFLite builtin operators only.',
    },
  },
  {
    name: 'myOperator: custom operator of somebody else',
    input: { kind: 'myOperator', graph: 'float32[4] -> float32[4]' },
    expected: {
      code: 'operator-custom-unknown',
      reason:
        'myOperator is a custom operator that TFLite Micro does not bring along. Register your own kernel for it with AddCustom, or replace it in the model.',
    },
  },
]);
