import type { LayersModel } from '@tensorflow/tfjs-layers';
import { blocks, denseName, epsilon, normalizationName } from './network';

/** A layer's weights as they are executed: without batch normalization. */
export interface FoldedLayer {
  /**
   * As TensorFlow.js has it: [rows, columns, inputs, outputs] for a convolution, [inputs, outputs] for the dense layer.
   */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * The weights of a trained network, by layer. Batch normalization, a multiplication and an addition for each channel
 * once training is over, is folded into the weights before it: w' = w f and b' = beta - mean f, with f = gamma /
 * sqrt(variance + epsilon).
 */
export function foldedLayers(network: LayersModel): ReadonlyMap<string, FoldedLayer> {
  const folded = new Map<string, FoldedLayer>();
  for (const block of blocks) {
    const [kernel] = weightsOf(network, block.name);
    const [gamma, beta, mean, variance] = weightsOf(network, normalizationName(block));
    const factors = gamma.map((value, channel) => value / Math.sqrt(variance[channel] + epsilon));
    folded.set(block.name, {
      // The output channel is the last dimension in either kind of convolution.
      kernel: kernel.map((weight, index) => weight * factors[index % factors.length]),
      bias: beta.map((value, channel) => value - mean[channel] * factors[channel]),
    });
  }
  const [kernel, bias] = weightsOf(network, denseName);
  return folded.set(denseName, { kernel, bias });
}

function weightsOf(network: LayersModel, layer: string): Float32Array[] {
  return network
    .getLayer(layer)
    .getWeights()
    .map((weight) => weight.dataSync() as Float32Array);
}
