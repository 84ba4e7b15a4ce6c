import type { KernelSelector } from './kernelCall';
import { batchMatmul } from './batchMatmul';
import { callOnce, constant, shapeOf } from './control';
import { conversion } from './convert';
import { convolution } from './convolution';
import { dense } from './dense';
import { depthwise } from './depthwise';
import { binary, unary } from './elementwise';
import {
  broadcastTo,
  concatenation,
  dynamicUpdateSlice,
  embeddingLookup,
  gather,
  gatherNd,
  parts,
  slice,
  stridedSlice,
  transpose,
  visitor,
  wholeCopy,
} from './movement';
import { padding } from './padding';
import { pooling } from './pooling';
import { lstm, svdf } from './recurrent';
import { reduction } from './reduction';
import { argMinMax, prelu } from './selection';
import { addN, batchSpace, filling, rowwise, select } from './simple';
import { softmax } from './softmax';
import { transposeConvolution } from './transposeConvolution';

/** The kernel family of each operator: to add one, write its file and a line here. */
export const selectors: ReadonlyMap<string, KernelSelector> = new Map<string, KernelSelector>([
  ['CONV_2D', convolution],
  ['DEPTHWISE_CONV_2D', depthwise],
  ['FULLY_CONNECTED', dense],
  ['BATCH_MATMUL', batchMatmul],
  ['PRELU', prelu],
  ['ARG_MAX', argMinMax],
  ['ARG_MIN', argMinMax],
  ['TRANSPOSE_CONV', transposeConvolution],
  ['AVERAGE_POOL_2D', pooling],
  ['MAX_POOL_2D', pooling],
  ['SOFTMAX', softmax],
  ['LOG_SOFTMAX', softmax],
  ['ADD_N', addN],
  ['L2_NORMALIZATION', rowwise],
  ['SELECT_V2', select],
  ['SPACE_TO_BATCH_ND', batchSpace],
  ['BATCH_TO_SPACE_ND', batchSpace],
  ['FILL', filling],
  ['ZEROS_LIKE', filling],
  ['PAD', padding],
  ['PADV2', padding],
  ['MIRROR_PAD', padding],
  ['SVDF', svdf],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstm],
  ['CONCATENATION', concatenation],
  ['STRIDED_SLICE', stridedSlice],
  ['SLICE', slice],
  ['TRANSPOSE', transpose],
  ['GATHER', gather],
  ['EMBEDDING_LOOKUP', embeddingLookup],
  ['SHAPE', shapeOf],
  ...[
    'ADD',
    'MUL',
    'SUB',
    'DIV',
    'MAXIMUM',
    'MINIMUM',
    'SQUARED_DIFFERENCE',
    'EQUAL',
    'NOT_EQUAL',
    'GREATER',
    'LESS',
    'LOGICAL_AND',
    'LOGICAL_OR',
    'FLOOR_DIV',
    'FLOOR_MOD',
  ].map((kind) => [kind, binary] as const),
  ...[
    ...[
      'LOGISTIC',
      'LEAKY_RELU',
      'RSQRT',
      'TANH',
      'RELU',
      'RELU6',
      'HARD_SWISH',
      'ELU',
      'SQRT',
      'EXP',
      'LOG',
      'SIN',
      'COS',
    ],
    ...['ABS', 'NEG', 'FLOOR', 'CEIL', 'ROUND', 'SQUARE', 'LOGICAL_NOT'],
  ].map((kind) => [kind, unary] as const),
  ...['QUANTIZE', 'DEQUANTIZE', 'CAST'].map((kind) => [kind, conversion] as const),
  ...['MEAN', 'SUM', 'REDUCE_MAX', 'REDUCE_MIN'].map((kind) => [kind, reduction] as const),
  ...['RESHAPE', 'EXPAND_DIMS', 'SQUEEZE', 'READ_VARIABLE', 'ASSIGN_VARIABLE'].map(
    (kind) => [kind, wholeCopy] as const,
  ),
  ...['PACK', 'UNPACK', 'SPLIT', 'SPLIT_V'].map((kind) => [kind, parts] as const),
  ...['SPACE_TO_DEPTH', 'DEPTH_TO_SPACE'].map((kind) => [kind, visitor] as const),
  ['GATHER_ND', gatherNd],
  ['BROADCAST_TO', broadcastTo],
  ['DYNAMIC_UPDATE_SLICE', dynamicUpdateSlice],
  ...['RESIZE_BILINEAR', 'RESIZE_NEAREST_NEIGHBOR'].map((kind) => [kind, visitor] as const),
  ['VAR_HANDLE', constant],
  ['CALL_ONCE', callOnce],
]);
