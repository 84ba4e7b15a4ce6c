import type { KernelMaker } from './kernel';
import { add, addN, sub } from './kernels/addSub';
import { argMax, argMin } from './kernels/argExtremes';
import { batchMatmul } from './kernels/batchMatmul';
import { batchToSpaceNd, spaceToBatchNd } from './kernels/batchSpace';
import { cast } from './kernels/cast';
import { equal, greater, greaterEqual, less, lessEqual, logicalAnd, logicalOr, notEqual } from './kernels/comparisons';
import { callOnce, ifOperator, whileOperator } from './kernels/control';
import { conv2d } from './kernels/conv2d';
import { sameElements } from './kernels/copies';
import { cumSum } from './kernels/cumSum';
import { depthwiseConv2d } from './kernels/depthwiseConv2d';
import { div } from './kernels/div';
import {
  abs,
  ceil,
  cos,
  elu,
  exp,
  floor,
  log,
  logicalNot,
  neg,
  round,
  rsqrt,
  sin,
  sqrt,
  square,
} from './kernels/elementwise';
import { maximum, minimum } from './kernels/extremes';
import { floorDiv, floorMod } from './kernels/floorDivision';
import { fullyConnected } from './kernels/fullyConnected';
import { embeddingLookup, gather, gatherNd } from './kernels/gather';
import { hardSwish } from './kernels/hardSwish';
import { concatenation, pack, split, splitV, unpack } from './kernels/joinSplit';
import { l2Normalization } from './kernels/l2Normalization';
import { logSoftmax } from './kernels/logSoftmax';
import { unidirectionalSequenceLstm } from './kernels/lstm';
import { mirrorPad } from './kernels/mirrorPad';
import { mul } from './kernels/mul';
import { pad } from './kernels/pad';
import { averagePool2d, l2Pool2d, maxPool2d } from './kernels/pool2d';
import { prelu } from './kernels/prelu';
import { dequantize, quantize } from './kernels/quantize';
import { broadcastTo, depthToSpace, reverseV2, spaceToDepth, transpose } from './kernels/rearrange';
import { mean, reduceAll, reduceMax, reduceMin, sum } from './kernels/reduce';
import { leakyRelu, relu, relu6 } from './kernels/relus';
import { resizeBilinear, resizeNearestNeighbor } from './kernels/resize';
import { selectV2 } from './kernels/selectV2';
import { broadcastArgs, fill, shape, zerosLike } from './kernels/shapeOperators';
import { logistic, tanh } from './kernels/sigmoids';
import {
  filterBank,
  filterBankLog,
  filterBankSpectralSubtraction,
  filterBankSquareRoot,
  pcan,
} from './kernels/signal/filterBank';
import { energy, fftAutoScale, irfft, rfft, window } from './kernels/signal/spectrum';
import { circularBuffer, delay, framer, overlapAdd, stacker } from './kernels/signal/streams';
import { dynamicUpdateSlice, slice, stridedSlice } from './kernels/slices';
import { softmax } from './kernels/softmax';
import { squaredDifference } from './kernels/squaredDifference';
import { svdf } from './kernels/svdf';
import { transposeConv } from './kernels/transposeConv';
import { assignVariable, readVariable, varHandle } from './kernels/variableOperators';
import { lookup } from '../text/lookup';

/**
 * Every operator that can be executed, by its name in TFLite's schema or its custom code: a new one is one line here.
 */
export const kernels: Readonly<Record<string, KernelMaker>> = lookup({
  ABS: abs,
  ADD: add,
  ADD_N: addN,
  ARG_MAX: argMax,
  ARG_MIN: argMin,
  ASSIGN_VARIABLE: assignVariable,
  AVERAGE_POOL_2D: averagePool2d,
  BATCH_MATMUL: batchMatmul,
  BATCH_TO_SPACE_ND: batchToSpaceNd,
  BROADCAST_ARGS: broadcastArgs,
  BROADCAST_TO: broadcastTo,
  CALL_ONCE: callOnce,
  CAST: cast,
  CEIL: ceil,
  CIRCULAR_BUFFER: circularBuffer,
  CONCATENATION: concatenation,
  CONV_2D: conv2d,
  COS: cos,
  CUMSUM: cumSum,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  DEPTH_TO_SPACE: depthToSpace,
  DEQUANTIZE: dequantize,
  DIV: div,
  DYNAMIC_UPDATE_SLICE: dynamicUpdateSlice,
  ELU: elu,
  EMBEDDING_LOOKUP: embeddingLookup,
  EQUAL: equal,
  EXP: exp,
  EXPAND_DIMS: sameElements,
  FILL: fill,
  FLOOR: floor,
  FLOOR_DIV: floorDiv,
  FLOOR_MOD: floorMod,
  FULLY_CONNECTED: fullyConnected,
  GATHER: gather,
  GATHER_ND: gatherNd,
  GREATER: greater,
  GREATER_EQUAL: greaterEqual,
  HARD_SWISH: hardSwish,
  IF: ifOperator,
  L2_NORMALIZATION: l2Normalization,
  L2_POOL_2D: l2Pool2d,
  LEAKY_RELU: leakyRelu,
  LESS: less,
  LESS_EQUAL: lessEqual,
  LOG: log,
  LOGICAL_AND: logicalAnd,
  LOGICAL_NOT: logicalNot,
  LOGICAL_OR: logicalOr,
  LOGISTIC: logistic,
  LOG_SOFTMAX: logSoftmax,
  MAXIMUM: maximum,
  MAX_POOL_2D: maxPool2d,
  MEAN: mean,
  MINIMUM: minimum,
  MIRROR_PAD: mirrorPad,
  MUL: mul,
  NEG: neg,
  NOT_EQUAL: notEqual,
  PACK: pack,
  PAD: pad,
  PADV2: pad,
  PRELU: prelu,
  QUANTIZE: quantize,
  READ_VARIABLE: readVariable,
  REDUCE_ALL: reduceAll,
  REDUCE_MAX: reduceMax,
  REDUCE_MIN: reduceMin,
  RELU: relu,
  RELU6: relu6,
  RESHAPE: sameElements,
  RESIZE_BILINEAR: resizeBilinear,
  RESIZE_NEAREST_NEIGHBOR: resizeNearestNeighbor,
  REVERSE_V2: reverseV2,
  ROUND: round,
  RSQRT: rsqrt,
  SELECT_V2: selectV2,
  SHAPE: shape,
  SIN: sin,
  SLICE: slice,
  SOFTMAX: softmax,
  SPACE_TO_BATCH_ND: spaceToBatchNd,
  SPACE_TO_DEPTH: spaceToDepth,
  SPLIT: split,
  SPLIT_V: splitV,
  SQRT: sqrt,
  SQUARE: square,
  SQUARED_DIFFERENCE: squaredDifference,
  SQUEEZE: sameElements,
  STRIDED_SLICE: stridedSlice,
  SUB: sub,
  SUM: sum,
  SVDF: svdf,
  TANH: tanh,
  TRANSPOSE: transpose,
  TRANSPOSE_CONV: transposeConv,
  UNIDIRECTIONAL_SEQUENCE_LSTM: unidirectionalSequenceLstm,
  UNPACK: unpack,
  VAR_HANDLE: varHandle,
  WHILE: whileOperator,
  ZEROS_LIKE: zerosLike,
  SignalDelay: delay,
  SignalEnergy: energy,
  SignalFftAutoScale: fftAutoScale,
  SignalFilterBank: filterBank,
  SignalFilterBankLog: filterBankLog,
  SignalFilterBankSpectralSubtraction: filterBankSpectralSubtraction,
  SignalFilterBankSquareRoot: filterBankSquareRoot,
  SignalFramer: framer,
  SignalIrfft: irfft,
  SignalOverlapAdd: overlapAdd,
  SignalPCAN: pcan,
  SignalRfft: rfft,
  SignalStacker: stacker,
  SignalWindow: window,
});
