import { cmsisNn2023Kernels, cmsisNn2023Structures } from '../../memory/cmsisNn2023/cmsisNn2023';
import type { StructureTable } from '../../memory/layout';
import type { TflmVersion } from '../version';
import { currentVersion } from './current';

/**
 * The library defines TF_LITE_STATIC_MEMORY nowhere and an Arduino build cannot pass it, so tensors and nodes have the
 * fields of the desktop interpreter too.
 * Source: tensorflow/tflite-micro-arduino-examples 7948b85, src/tensorflow/lite/core/c/common.h.
 */
const desktopStructures: StructureTable = {
  TfLiteQuantization: { type: 'enum', params: 'pointer' },
  TfLiteTensor: {
    type: 'enum',
    data: 'pointer',
    dims: 'pointer',
    params: 'TfLiteQuantizationParams',
    allocationType: 'enum',
    bytes: 'size',
    allocation: 'pointer',
    name: 'pointer',
    delegate: 'pointer',
    bufferHandle: 'int',
    dataIsStale: 'bool',
    isVariable: 'bool',
    quantization: 'TfLiteQuantization',
    sparsity: 'pointer',
    dimsSignature: 'pointer',
  },
  TfLiteNode: {
    inputs: 'pointer',
    outputs: 'pointer',
    intermediates: 'pointer',
    temporaries: 'pointer',
    userData: 'pointer',
    builtinData: 'pointer',
    customInitialData: 'pointer',
    customInitialDataSize: 'int',
    delegate: 'pointer',
    mightHaveSideEffect: 'bool',
  },
};

/** Parameter blocks that were shorter. Source: src/tensorflow/lite/core/c/builtin_op_data.h. */
const earlierParameters: StructureTable = {
  TfLiteConvParams: {
    padding: 'enum',
    strideWidth: 'int',
    strideHeight: 'int',
    activation: 'enum',
    dilationWidthFactor: 'int',
    dilationHeightFactor: 'int',
  },
  TfLiteFullyConnectedParams: {
    activation: 'enum',
    weightsFormat: 'enum',
    keepNumDims: 'bool',
    asymmetricQuantizeInputs: 'bool',
  },
  TfLiteStridedSliceParams: {
    beginMask: 'int',
    endMask: 'int',
    ellipsisMask: 'int',
    newAxisMask: 'int',
    shrinkAxisMask: 'int',
  },
  TfLiteTransposeConvParams: { padding: 'enum', strideWidth: 'int', strideHeight: 'int', activation: 'enum' },
};

/** The library Arduino_TensorFlowLite. */
export const arduinoVersion: TflmVersion = {
  id: 'arduino-2.4.0',
  commit: '7948b85e020470a30a83bf00e10fc43b486bfcba',
  date: '2023-02-27',
  aliases: ['Arduino_TensorFlowLite', 'arduino'],
  source: 'https://github.com/tensorflow/tflite-micro-arduino-examples/tree/7948b85',
  structures: { ...currentVersion.structures, ...cmsisNn2023Structures, ...desktopStructures, ...earlierParameters },
  parameterBlocks: currentVersion.parameterBlocks,
  kernels: { cmsis_nn: cmsisNn2023Kernels },
  scratchRequestsPerOperator: 12,
};
