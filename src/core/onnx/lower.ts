import { lowerBatchNormalization, lowerBinary, lowerClip, lowerUnary, binaries, unaries } from './lower/elementwise';
import { composedKinds, lowerComposed, lowerNormalization, lowerPower } from './lower/composed';
import { lowerConvolution, lowerTransposedConvolution } from './lower/convolution';
import { lowerGemm, lowerMatMul } from './lower/dense';
import { lowerConcat, lowerExpand, lowerGather, lowerSlice, lowerSplit } from './lower/joining';
import { lowerKernel, kernels } from './lower/kernels';
import { lowerPad } from './lower/pad';
import { lowerAveragePool, lowerMaxPool } from './lower/pooling';
import { lowerReduction, reductions } from './lower/reduce';
import { lowerRecurrent } from './lower/recurrent';
import {
  lowerFlatten,
  lowerNothing,
  lowerReshape,
  lowerSqueeze,
  lowerTranspose,
  lowerUnsqueeze,
} from './lower/reshaping';
import { lowerResize } from './lower/resize';
import { lowerSoftmax } from './lower/softmax';
import type { Lowering } from './lowering';
import { refused } from './nodes';
import type { OnnxNode } from './onnxModel';
import { lowerDequantize, lowerQuantize } from './quantization';

/** Turns a node into operators, or into another way of looking at a value. */
type Lower = (node: OnnxNode, lowering: Lowering) => void;

const own: readonly (readonly [kind: string, lower: Lower])[] = [
  ['Conv', lowerConvolution],
  ['ConvTranspose', lowerTransposedConvolution],
  ['Gemm', lowerGemm],
  ['MatMul', lowerMatMul],
  ['MaxPool', lowerMaxPool],
  ['AveragePool', lowerAveragePool],
  ['BatchNormalization', lowerBatchNormalization],
  ['LayerNormalization', lowerNormalization(lowerNode)],
  ['InstanceNormalization', lowerNormalization(lowerNode)],
  ['Softmax', lowerSoftmax],
  ['LogSoftmax', lowerSoftmax],
  ['Clip', lowerClip],
  ['Pow', lowerPower(lowerNode)],
  ['Pad', lowerPad],
  ['Resize', lowerResize],
  ['Upsample', lowerResize],
  ['Concat', lowerConcat],
  ['Split', lowerSplit],
  ['Slice', lowerSlice],
  ['Gather', lowerGather],
  ['Expand', lowerExpand],
  ['Reshape', lowerReshape],
  ['Flatten', lowerFlatten],
  ['Squeeze', lowerSqueeze],
  ['Unsqueeze', lowerUnsqueeze],
  ['Transpose', lowerTranspose],
  ['Identity', lowerNothing],
  ['Dropout', lowerNothing],
  ['LSTM', lowerRecurrent],
  ['GRU', lowerRecurrent],
  ['RNN', lowerRecurrent],
  ['QuantizeLinear', lowerQuantize],
  ['DequantizeLinear', lowerDequantize],
];

/** What each kind of node becomes. A new one is one line. */
const lowers: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ...own,
  ...[...unaries.keys()].map((kind) => [kind, lowerUnary] as const),
  ...[...binaries.keys()].map((kind) => [kind, lowerBinary] as const),
  ...[...reductions.keys()].map((kind) => [kind, lowerReduction] as const),
  ...[...kernels.keys()].map((kind) => [kind, lowerKernel] as const),
  ...composedKinds.map((kind) => [kind, lowerComposed(lowerNode)] as const),
]);

/** @throws ModelError for a node that has nothing in TFLM. */
export function lowerNode(node: OnnxNode, lowering: Lowering): void {
  const lower = lowers.get(node.kind);
  if (lower === undefined)
    throw refused(node, insteadOf.get(node.kind) ?? 'TensorFlow Lite Micro has no operator for it.');
  lower(node, lowering);
}

const loops =
  'TensorFlow Lite Micro needs a graph without loops and branches of ONNX. Export the model with its loops unrolled.';

/** What is said of kinds whose next step is known. */
const insteadOf: ReadonlyMap<string, string> = new Map([
  ['Loop', loops],
  ['If', loops],
  ['Scan', loops],
  ['Tile', 'TensorFlow Lite Micro has no TILE. Use Expand or Concat in its place.'],
  ['TopK', 'TensorFlow Lite Micro has no TOPK. Use ArgMax, or pick the largest in the firmware.'],
  ['Einsum', 'TensorFlow Lite Micro has no EINSUM. Write it as matrix products before the export.'],
]);
