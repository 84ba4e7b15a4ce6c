import * as tf from '@tensorflow/tfjs-layers';
import { digitCount, imageSize } from './data';

/** One convolution with its batch normalization and rectifier. A depthwise one keeps the number of channels. */
export interface Block {
  readonly name: string;
  readonly kind: 'convolution' | 'depthwise';
  readonly kernelSize: number;
  readonly stride: number;
  readonly filters: number;
}

/**
 * A depthwise-separable network of the size that microcontrollers run: a strided convolution, four pairs of depthwise
 * and pointwise convolutions, by whose end an output sees almost the whole image, then the average over the image and
 * one dense layer.
 */
export const blocks: readonly Block[] = [
  { name: 'stem', kind: 'convolution', kernelSize: 3, stride: 2, filters: 8 },
  { name: 'depthwise1', kind: 'depthwise', kernelSize: 3, stride: 1, filters: 8 },
  { name: 'pointwise1', kind: 'convolution', kernelSize: 1, stride: 1, filters: 16 },
  { name: 'depthwise2', kind: 'depthwise', kernelSize: 3, stride: 2, filters: 16 },
  { name: 'pointwise2', kind: 'convolution', kernelSize: 1, stride: 1, filters: 32 },
  { name: 'depthwise3', kind: 'depthwise', kernelSize: 3, stride: 1, filters: 32 },
  { name: 'pointwise3', kind: 'convolution', kernelSize: 1, stride: 1, filters: 48 },
  { name: 'depthwise4', kind: 'depthwise', kernelSize: 3, stride: 2, filters: 48 },
  { name: 'pointwise4', kind: 'convolution', kernelSize: 1, stride: 1, filters: 64 },
];

export const denseName = 'logits';

/** Multiply-adds of one inference: those of the convolutions and of the dense layer. */
export function countMacs(): number {
  let [size, channels, macs] = [imageSize, 1, 0];
  for (const block of blocks) {
    size = Math.ceil(size / block.stride);
    const inputs = block.kind === 'convolution' ? channels : 1;
    macs += size * size * block.kernelSize ** 2 * inputs * block.filters;
    channels = block.filters;
  }
  return macs + channels * digitCount;
}

/** The network as it is trained: its initial weights follow from `seed` alone. */
export function buildNetwork(seed: number): tf.LayersModel {
  const image = tf.input({ shape: [imageSize, imageSize, 1], name: 'image' });
  let features = image;
  blocks.forEach((block, index) => {
    features = convolution(block, seed + index).apply(features) as tf.SymbolicTensor;
    features = tf.layers
      .batchNormalization({ name: normalizationName(block), momentum: 0.95, epsilon })
      .apply(features) as tf.SymbolicTensor;
    features = tf.layers.reLU({ name: `${block.name}/relu` }).apply(features) as tf.SymbolicTensor;
  });
  const pooled = tf.layers.globalAveragePooling2d({ name: 'average' }).apply(features) as tf.SymbolicTensor;
  const dense = tf.layers.dense({
    name: denseName,
    units: digitCount,
    activation: 'softmax',
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + blocks.length }),
  });
  return tf.model({ inputs: image, outputs: dense.apply(pooled) as tf.SymbolicTensor });
}

/** Added to the variance by the batch normalization. */
export const epsilon = 0.001;

export function normalizationName(block: Block): string {
  return `${block.name}/normalization`;
}

function convolution(block: Block, seed: number): tf.layers.Layer {
  const common = {
    name: block.name,
    kernelSize: block.kernelSize,
    strides: block.stride,
    padding: 'same' as const,
    useBias: false,
  };
  const initializer = tf.initializers.heNormal({ seed });
  return block.kind === 'convolution'
    ? tf.layers.conv2d({ ...common, filters: block.filters, kernelInitializer: initializer })
    : tf.layers.depthwiseConv2d({ ...common, depthMultiplier: 1, depthwiseInitializer: initializer });
}
