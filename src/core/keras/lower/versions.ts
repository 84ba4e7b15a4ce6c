import type { DraftNode } from './draft';

/**
 * Version of the definition of an operator as it stands here, float or not typed.
 * Source: tensorflow/compiler/mlir/lite/tools/versioning/op_version.cc.
 */
export function versionOf({ kind, inputs, options }: DraftNode): number {
  switch (kind) {
    case 'CONV_2D': {
      const [depth, filterDepth] = [inputs[0]?.shape.at(-1), inputs[1]?.shape.at(-1)];
      return depth !== filterDepth ? 6 : 1;
    }
    case 'DEPTHWISE_CONV_2D':
      return options.dilationWFactor !== 1 || options.dilationHFactor !== 1 ? 2 : 1;
    case 'FULLY_CONNECTED':
      if (options.keepNumDims === true) return 5;
      return 1;
    case 'TRANSPOSE_CONV':
      if (options.fusedActivationFunction !== 'NONE') return 4;
      return inputs[3] === undefined ? 1 : 3;
    case 'RESIZE_BILINEAR':
    case 'RESIZE_NEAREST_NEIGHBOR':
      return options.halfPixelCenters === true ? 3 : 1;
    case 'SPACE_TO_BATCH_ND':
    case 'BATCH_TO_SPACE_ND':
      return (inputs[0]?.shape.length ?? 4) !== 4 ? 3 : 1;
    default:
      return 1;
  }
}
