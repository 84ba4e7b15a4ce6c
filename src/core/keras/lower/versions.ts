import type { DraftNode } from './draft';

/**
 * Version of the definition of an operator as it stands here, float or not typed.
 * Source: tensorflow/compiler/mlir/lite/tools/versioning/op_version.cc.
 */
export function versionOf(node: DraftNode, isInModelOfInt16: boolean): number {
  const types = [...node.inputs, ...node.outputs].map((value) => value?.type);
  const isInteger = types.some((type) => type === 'int8' || type === 'int16');
  const quantized = isInteger ? quantizedVersions.get(node.kind) : undefined;
  const raised = isInModelOfInt16 && raisedByInt16.has(node.kind) ? 2 : 1;
  return Math.max(plainVersion(node), quantized ?? 1, raised);
}

/** Operators on shapes that a conversion to int16 activations gives the version of their integer forms. */
const raisedByInt16: ReadonlySet<string> = new Set(['CONCATENATION', 'GATHER', 'PACK', 'REDUCE_PROD', 'STRIDED_SLICE']);

/** With int8 activations, and with int16 ones as the converter of this day writes them. */
const quantizedVersions: ReadonlyMap<string, number> = new Map([
  ['ABS', 2],
  ['ADD', 2],
  ['AVERAGE_POOL_2D', 2],
  ['BATCH_MATMUL', 2],
  ['BATCH_TO_SPACE_ND', 2],
  ['CONCATENATION', 2],
  ['CONV_2D', 3],
  ['DEPTHWISE_CONV_2D', 3],
  ['DEQUANTIZE', 2],
  ['EXP', 2],
  ['FILL', 3],
  ['FULLY_CONNECTED', 4],
  ['GATHER', 2],
  ['GELU', 2],
  ['GREATER', 2],
  ['LOG', 2],
  ['LOGISTIC', 2],
  ['MAXIMUM', 2],
  ['MAX_POOL_2D', 2],
  ['MEAN', 2],
  ['MINIMUM', 2],
  ['MUL', 2],
  ['PACK', 2],
  ['PAD', 2],
  ['REDUCE_MAX', 2],
  ['REDUCE_MIN', 2],
  ['RELU', 2],
  ['RESIZE_BILINEAR', 2],
  ['RESIZE_NEAREST_NEIGHBOR', 2],
  ['REVERSE_V2', 3],
  ['RSQRT', 2],
  ['SOFTMAX', 2],
  ['SPACE_TO_BATCH_ND', 2],
  ['SPLIT', 2],
  ['SPLIT_V', 2],
  ['SQUARED_DIFFERENCE', 2],
  ['STRIDED_SLICE', 2],
  ['SUB', 2],
  ['SUM', 2],
  ['TANH', 2],
  ['TILE', 3],
  ['TRANSPOSE', 2],
  ['TRANSPOSE_CONV', 2],
  ['UNPACK', 2],
]);

function plainVersion({ kind, inputs, outputs, options }: DraftNode): number {
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
    case 'SUB': {
      const [left, right, output] = [inputs[0]?.shape ?? [], inputs[1]?.shape ?? [], outputs[0].shape];
      return output.length > 4 && left.join() !== right.join() ? 3 : 1;
    }
    case 'TRANSPOSE':
      return (inputs[0]?.shape.length ?? 4) > 4 ? 4 : 1;
    case 'STRIDED_SLICE':
      return (inputs[0]?.shape.length ?? 4) > 4 ? 4 : 1;
    case 'SPACE_TO_BATCH_ND':
    case 'BATCH_TO_SPACE_ND':
      return (inputs[0]?.shape.length ?? 4) !== 4 ? 3 : 1;
    default:
      return 1;
  }
}
