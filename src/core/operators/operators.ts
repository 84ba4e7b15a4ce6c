import { elu, hardSwish, leakyRelu, logSoftmax, logistic, prelu, relu, relu6, softmax, tanh } from './activations';
import { add, addN, div, floorDiv, floorMod, maximum, minimum, mul, squaredDifference, sub } from './arithmetic';
import { batchMatmul } from './batchMatmul';
import { broadcastArgs, broadcastTo, fill, selectV2, shape } from './broadcast';
import { equal, greater, greaterEqual, less, lessEqual, logicalAnd, logicalOr, notEqual } from './comparisons';
import { assignVariable, callOnce, ifOperator, readVariable, varHandle, whileOperator } from './control';
import { conv2d } from './conv2d';
import { circularBuffer, decode, detectionPostprocess, ethosU } from './customOperators';
import { depthwiseConv2d } from './depthwiseConv2d';
import {
  abs,
  ceil,
  cos,
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
  zerosLike,
} from './elementwise';
import { fullyConnected } from './fullyConnected';
import { embeddingLookup, gather, gatherNd } from './gather';
import { concatenation, pack, split, splitV, unpack } from './joinSplit';
import { unidirectionalSequenceLstm } from './lstm';
import { mirrorPad, pad, padV2 } from './pad';
import { averagePool2d, l2Pool2d, maxPool2d } from './pooling';
import { cast, dequantize, quantize } from './quantize';
import {
  batchToSpaceNd,
  depthToSpace,
  expandDims,
  reshape,
  reverseV2,
  spaceToBatchNd,
  spaceToDepth,
  squeeze,
  transpose,
} from './rearrange';
import { argMax, argMin, cumSum, l2Normalization, mean, reduceAll, reduceMax, reduceMin, sum } from './reduce';
import { resizeBilinear, resizeNearestNeighbor } from './resize';
import {
  delay,
  energy,
  fftAutoScale,
  filterBank,
  filterBankLog,
  filterBankSpectralSubtraction,
  filterBankSquareRoot,
  framer,
  irfft,
  overlapAdd,
  pcan,
  rfft,
  stacker,
  window,
} from './signal';
import { dynamicUpdateSlice, slice, stridedSlice } from './slice';
import { svdf } from './svdf';
import { transposeConv } from './transposeConv';
import type { Graph, Operator } from '../model/model';
import type { KernelLibrary, OperatorDefinition, Support } from './operator';
import { unknownOperator } from './unknown';

/**
 * Every builtin operator that TFLM's resolver for all operators registers at 90b983c2 (2026-08-20): a new one is one
 * line here. Source: tensorflow/lite/micro/tools/benchmarking/op_resolver.h.
 */
const builtinDefinitions: readonly OperatorDefinition[] = [
  abs,
  add,
  addN,
  argMax,
  argMin,
  assignVariable,
  averagePool2d,
  batchMatmul,
  batchToSpaceNd,
  broadcastArgs,
  broadcastTo,
  callOnce,
  cast,
  ceil,
  concatenation,
  conv2d,
  cos,
  cumSum,
  depthToSpace,
  depthwiseConv2d,
  dequantize,
  div,
  dynamicUpdateSlice,
  elu,
  embeddingLookup,
  equal,
  exp,
  expandDims,
  fill,
  floor,
  floorDiv,
  floorMod,
  fullyConnected,
  gather,
  gatherNd,
  greater,
  greaterEqual,
  hardSwish,
  ifOperator,
  l2Normalization,
  l2Pool2d,
  leakyRelu,
  less,
  lessEqual,
  log,
  logSoftmax,
  logicalAnd,
  logicalNot,
  logicalOr,
  logistic,
  maxPool2d,
  maximum,
  mean,
  minimum,
  mirrorPad,
  mul,
  neg,
  notEqual,
  pack,
  pad,
  padV2,
  prelu,
  quantize,
  readVariable,
  reduceAll,
  reduceMax,
  reduceMin,
  relu,
  relu6,
  reshape,
  resizeBilinear,
  resizeNearestNeighbor,
  reverseV2,
  round,
  rsqrt,
  selectV2,
  shape,
  sin,
  slice,
  softmax,
  spaceToBatchNd,
  spaceToDepth,
  split,
  splitV,
  sqrt,
  square,
  squaredDifference,
  squeeze,
  stridedSlice,
  sub,
  sum,
  svdf,
  tanh,
  transpose,
  transposeConv,
  unidirectionalSequenceLstm,
  unpack,
  varHandle,
  whileOperator,
  zerosLike,
];

/** TFLM's own custom operators, that the same resolver registers. */
const customDefinitions: readonly OperatorDefinition[] = [
  circularBuffer,
  ethosU,
  delay,
  energy,
  fftAutoScale,
  filterBank,
  filterBankLog,
  filterBankSpectralSubtraction,
  filterBankSquareRoot,
  framer,
  irfft,
  overlapAdd,
  pcan,
  rfft,
  stacker,
  window,
  detectionPostprocess,
  decode,
];

export const operatorDefinitions: readonly OperatorDefinition[] = [...builtinDefinitions, ...customDefinitions];

const builtinByKind = new Map(builtinDefinitions.map((definition) => [definition.kind, definition]));
const customByCode = new Map(customDefinitions.map((definition) => [definition.kind, definition]));

/** The definition of an operator, builtin or custom; `undefined` for one that TFLM does not have. */
export function definitionOf(operator: Operator): OperatorDefinition | undefined {
  return operator.kind === 'CUSTOM' ? customByCode.get(operator.customCode ?? '') : builtinByKind.get(operator.kind);
}

/** Whether TFLM runs an operator with the kernels of `library`, be it known or not. */
export function supportOf(operator: Operator, graph: Graph, library: KernelLibrary = 'reference'): Support {
  return definitionOf(operator)?.support(operator, graph, library) ?? unknownOperator(operator);
}

/**
 * Multiply-accumulates of one execution of an operator; `undefined` for an unknown operator or where a shape is not
 * known.
 */
export function macsOf(operator: Operator, graph: Graph): number | undefined {
  return definitionOf(operator)?.macs(operator, graph);
}

/** A contradiction between the shapes of an operator's tensors, as a whole sentence; `undefined` when there is none. */
export function shapeProblemOf(operator: Operator, graph: Graph): string | undefined {
  return definitionOf(operator)?.shapeProblem?.(operator, graph);
}

/** Whether an operator has all inputs and outputs that it computes with, as far as its kind is known. */
export function isComplete(operator: Operator, graph: Graph): boolean {
  return definitionOf(operator)?.isComplete(operator, graph) ?? true;
}
