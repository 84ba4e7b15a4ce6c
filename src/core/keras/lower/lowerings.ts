import type { LayerContext } from './context';
import type { DraftValue } from './draft';
import { activationLayers } from './kinds/activations';
import {
  convolution1d,
  convolution2d,
  depthwise1d,
  depthwise2d,
  separable1d,
  separable2d,
  transposed1d,
  transposed2d,
} from './kinds/convolution';
import { multiHeadAttention } from './kinds/attention';
import { additiveAttention, attention, groupQueryAttention } from './kinds/scoredAttention';
import { dense } from './kinds/dense';
import { einsumDense } from './kinds/einsumDense';
import { average, concatenate, dot, merged } from './kinds/merging';
import {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  normalization,
  rescaling,
  rmsNormalization,
  unitNormalization,
} from './kinds/normalization';
import { masking } from './masks';
import { bidirectional, recurrent, recurrentCells } from './kinds/recurrent';
import { categoryEncoding, discretization } from './kinds/categories';
import { adaptivePool, convolution3d, cropping3d, pool3d, upSampling3d } from './kinds/volumes';
import { centerCrop, resizing } from './kinds/resizing';
import { timeDistributed } from './kinds/timeDistributed';
import { globalPool, pool1d, pool2d } from './kinds/pooling';
import {
  cropping,
  embedding,
  flatten,
  permute,
  repeatVector,
  reshape,
  upSampling1d,
  upSampling2d,
  zeroPadding,
} from './kinds/reshaping';

/** What a layer becomes: its outputs as values of the draft. */
type LayerLowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** Lowerings of layers by class. Layers that only act in training give out what goes in. */
export const layerLowerings: ReadonlyMap<string, LayerLowering> = new Map<string, LayerLowering>([
  ['Dense', dense],
  ['Conv1D', convolution1d],
  ['Conv2D', convolution2d],
  ['DepthwiseConv1D', depthwise1d],
  ['DepthwiseConv2D', depthwise2d],
  ['SeparableConv1D', separable1d],
  ['SeparableConv2D', separable2d],
  ['Conv1DTranspose', transposed1d],
  ['Conv2DTranspose', transposed2d],
  ['MaxPooling1D', pool1d('MAX_POOL_2D')],
  ['MaxPooling2D', pool2d('MAX_POOL_2D')],
  ['AveragePooling1D', pool1d('AVERAGE_POOL_2D')],
  ['AveragePooling2D', pool2d('AVERAGE_POOL_2D')],
  ['GlobalAveragePooling1D', globalPool('MEAN', 1)],
  ['GlobalAveragePooling2D', globalPool('MEAN', 2)],
  ['GlobalMaxPooling1D', globalPool('REDUCE_MAX', 1)],
  ['GlobalMaxPooling2D', globalPool('REDUCE_MAX', 2)],
  ['GlobalAveragePooling3D', globalPool('MEAN', 3)],
  ['GlobalMaxPooling3D', globalPool('REDUCE_MAX', 3)],
  ['Conv3D', convolution3d],
  ['MaxPooling3D', pool3d('MAX_POOL_2D')],
  ['AveragePooling3D', pool3d('AVERAGE_POOL_2D')],
  ['UpSampling3D', upSampling3d],
  ['ZeroPadding3D', (context) => zeroPadding(context, 3)],
  ['Cropping3D', cropping3d],
  ...([1, 2, 3] as const).flatMap((axes): readonly (readonly [string, LayerLowering])[] => [
    [`AdaptiveMaxPooling${axes}D`, adaptivePool('MAX_POOL_2D', axes)],
    [`AdaptiveAveragePooling${axes}D`, adaptivePool('AVERAGE_POOL_2D', axes)],
  ]),
  ['CategoryEncoding', categoryEncoding],
  ['Discretization', discretization],
  ['BatchNormalization', batchNormalization],
  ['LayerNormalization', layerNormalization],
  ['GroupNormalization', groupNormalization],
  ['UnitNormalization', unitNormalization],
  ['Normalization', normalization],
  ['Rescaling', rescaling],
  ['Masking', masking],
  ['Flatten', flatten],
  ['Reshape', reshape],
  ['Permute', permute],
  ['RepeatVector', repeatVector],
  ['ZeroPadding1D', (context) => zeroPadding(context, 1)],
  ['ZeroPadding2D', (context) => zeroPadding(context, 2)],
  ['Cropping1D', (context) => cropping(context, 1)],
  ['Cropping2D', (context) => cropping(context, 2)],
  ['UpSampling1D', upSampling1d],
  ['UpSampling2D', upSampling2d],
  ['Resizing', resizing],
  ['Embedding', embedding],
  ['LSTM', recurrent],
  ['GRU', recurrent],
  ['SimpleRNN', recurrent],
  ['RNN', recurrentCells],
  ['Bidirectional', bidirectional],
  ['TimeDistributed', timeDistributed],
  ['MultiHeadAttention', multiHeadAttention],
  ['GroupQueryAttention', groupQueryAttention],
  ['Attention', attention],
  ['AdditiveAttention', additiveAttention],
  ['EinsumDense', einsumDense],
  ['RMSNormalization', rmsNormalization],
  ['CenterCrop', centerCrop],
  ['Add', merged('ADD', 'Add')],
  ['Subtract', merged('SUB', 'Sub')],
  ['Multiply', merged('MUL', 'Mul')],
  ['Maximum', merged('MAXIMUM', 'Maximum')],
  ['Minimum', merged('MINIMUM', 'Minimum')],
  ['Average', average],
  ['Concatenate', concatenate],
  ['Dot', dot],
  ...[...activationLayers].map(([name, lowering]): [string, LayerLowering] => [
    name,
    (context) => lowering(context, context.inputs[0]),
  ]),
]);
