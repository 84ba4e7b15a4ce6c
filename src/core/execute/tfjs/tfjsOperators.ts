import type { TfjsOperator } from './call';
import { addN, arithmeticOperators, selectOperators } from './operators/arithmetic';
import { conv2d, depthwiseConv2d, transposeConv } from './operators/convolution';
import { batchMatmul, fullyConnected } from './operators/dense';
import { elementwiseOperators, prelu } from './operators/elementwise';
import { concatenation, pack, split, splitV, unpack } from './operators/joinSplit';
import { averagePool2d, l2Pool2d, maxPool2d } from './operators/pooling';
import {
  batchToSpaceNd,
  broadcastTo,
  depthToSpace,
  padOperators,
  reshapeOperators,
  reverseV2,
  spaceToBatchNd,
  spaceToDepth,
  tile,
  transpose,
} from './operators/rearrange';
import { svdf, unidirectionalSequenceLstm } from './operators/recurrent';
import { reductionOperators } from './operators/reduction';
import { resizeOperators } from './operators/resize';
import { gather, gatherNd, slice, stridedSlice } from './operators/slice';

/** Every operator that TensorFlow.js executes for us: a new one is one line here. */
const tfjsOperators: readonly TfjsOperator[] = [
  addN,
  averagePool2d,
  batchMatmul,
  batchToSpaceNd,
  broadcastTo,
  concatenation,
  conv2d,
  depthToSpace,
  depthwiseConv2d,
  fullyConnected,
  gather,
  gatherNd,
  l2Pool2d,
  maxPool2d,
  pack,
  prelu,
  reverseV2,
  slice,
  spaceToBatchNd,
  spaceToDepth,
  split,
  splitV,
  stridedSlice,
  svdf,
  tile,
  transpose,
  transposeConv,
  unidirectionalSequenceLstm,
  unpack,
  ...arithmeticOperators,
  ...elementwiseOperators,
  ...padOperators,
  ...reductionOperators,
  ...reshapeOperators,
  ...resizeOperators,
  ...selectOperators,
];

const byKind = new Map(tfjsOperators.map((operator) => [operator.kind, operator]));

/** How `kind` is computed; `undefined` for an operator that TensorFlow.js does not execute for us. */
export function tfjsOperatorOf(kind: string): TfjsOperator | undefined {
  return byKind.get(kind);
}
