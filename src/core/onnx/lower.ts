import { lowerBatchNormalization, lowerBinary, lowerClip, lowerUnary, binaries, unaries } from './lower/elementwise';
import { composedKinds, lowerComposed, lowerNormalization, lowerPower } from './lower/composed';
import { lowerConvolution } from './lower/convolution';
import { lowerGemm, lowerMatMul } from './lower/dense';
import { lowerEinsum } from './lower/einsum';
import {
  lowerCumSum,
  lowerGatherElements,
  lowerGatherNd,
  lowerScatterElements,
  lowerScatterNd,
  lowerTile,
  lowerTrilu,
} from './lower/indexing';
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
import { lowerRewritten, rewrittenKinds } from './lower/rewritten';
import { lowerResize } from './lower/resize';
import { lowerSoftmax } from './lower/softmax';
import { lowerTransposedConvolution } from './lower/transposedConvolution';
import { learnedDomain } from './learned';
import type { Lowering } from './lowering';
import { refused } from './nodes';
import { checkOptions } from './options';
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
  ['Einsum', lowerEinsum],
  ['GatherND', lowerGatherNd],
  ['GatherElements', lowerGatherElements],
  ['ScatterND', lowerScatterNd],
  ['ScatterElements', lowerScatterElements],
  ['Tile', lowerTile],
  ['Trilu', lowerTrilu],
  ['CumSum', lowerCumSum],
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
  ...rewrittenKinds.map((kind) => [kind, lowerRewritten] as const),
  ...composedKinds.map((kind) => [kind, lowerComposed(lowerNode)] as const),
]);

/** @throws ModelError for a node that has nothing in TFLM. */
export function lowerNode(node: OnnxNode, lowering: Lowering): void {
  const lower = lowers.get(node.kind);
  if (lower === undefined) throw refused(node, insteadOf.get(node.kind) ?? none);
  checkOptions(node);
  lower(node, lowering);
}

/** True for a kind that something is known for, whatever its inputs are. */
export function isKnownKind(kind: string): boolean {
  return lowers.has(kind);
}

const none = 'TensorFlow Lite Micro has no operator for it.';
const unrolled = 'TensorFlow Lite Micro has it unrolled only: export the model with its loops unrolled.';
const spectrum =
  'TensorFlow Lite Micro has no Fourier transform of floats. Compute the spectrum in the firmware, or write it as a product with constant matrices.';
const counted = 'How much it gives is known at run time only. Do this in the firmware, behind the model.';
const whileRunning =
  'It quantizes while the model runs. Quantize the model with static scales (quantize_static), or convert the float model and quantize it here.';

const trees =
  'TensorFlow Lite Micro has no decision trees. Write them as C code (m2cgen, emlearn), or train a small dense network in their place.';
const vectors =
  'TensorFlow Lite Micro has no support vector machines. Write it as C code (m2cgen, emlearn), or train a linear model or a small dense network in its place.';
const coded = 'TensorFlow Lite Micro maps no categories. Do this in the firmware, before the model.';

/** What is said of kinds whose next step is known. */
const insteadOf: ReadonlyMap<string, string> = new Map([
  ['Loop', unrolled],
  ['Scan', unrolled],
  [
    'If',
    'Its condition is computed, and only one branch can be converted. Export the model with a constant condition.',
  ],
  ['TopK', 'TensorFlow Lite Micro has no TOPK. Use ArgMax, or pick the largest in the firmware.'],
  ['NonMaxSuppression', counted],
  ['NonZero', counted],
  ['Unique', counted],
  ['Compress', counted],
  ['DynamicQuantizeLinear', whileRunning],
  ['MatMulInteger', whileRunning],
  ['ConvInteger', whileRunning],
  ['DFT', spectrum],
  ['STFT', spectrum],
  ['GridSample', `${none} Use Resize where the grid is regular.`],
  ['RoiAlign', `${none} Cut regions out in the firmware.`],
  ['MaxRoiPool', `${none} Cut regions out in the firmware.`],
  ['LRN', `${none} Use BatchNormalization in its place.`],
  ['MaxUnpool', `${none} Use Resize or ConvTranspose in its place.`],
  ['RandomNormal', `${none} Give random numbers as an input of the model.`],
  ['RandomNormalLike', `${none} Give random numbers as an input of the model.`],
  ['RandomUniform', `${none} Give random numbers as an input of the model.`],
  ['RandomUniformLike', `${none} Give random numbers as an input of the model.`],
  ['Bernoulli', `${none} Give random numbers as an input of the model.`],
  ...['TreeEnsemble', 'TreeEnsembleClassifier', 'TreeEnsembleRegressor'].map(
    (kind) => [`${learnedDomain}.${kind}`, trees] as const,
  ),
  ...['SVMClassifier', 'SVMRegressor'].map((kind) => [`${learnedDomain}.${kind}`, vectors] as const),
  ...['LabelEncoder', 'CategoryMapper', 'DictVectorizer', 'OneHotEncoder'].map(
    (kind) => [`${learnedDomain}.${kind}`, coded] as const,
  ),
  ['Atan', `${none} Compute it in the firmware, or train with tanh.`],
]);
