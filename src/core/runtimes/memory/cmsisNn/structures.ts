import type { StructureTable } from '../layout';

/**
 * State of the kernels that CMSIS-NN replaces.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/cmsis_nn/*.cc; ARM-software/CMSIS-NN
 * 4ab83cc3, Include/arm_nn_types.h.
 */
export const cmsisNnStructures: StructureTable = {
  CmsisNnDims: { n: 'int32', h: 'int32', w: 'int32', c: 'int32' },
  CmsisNnBatchMatmul: { reference: 'OpDataBatchMatmul', outputShape: 'CmsisNnDims', bufferIndex: 'int' },
  CmsisNnConv: { reference: 'OpDataConv', bufferIndex: 'int' },
  CmsisNnFullyConnected: {
    reference: 'OpDataFullyConnected',
    bufferConv1x1Index: 'int',
    bufferIndex: 'int',
    kernelSums: 'pointer',
    batches: 'int32',
    accumulationDepth: 'int32',
    outputDepth: 'int32',
  },
  CmsisNnPooling: { reference: 'OpDataPooling', bufferIndex: 'int' },
  CmsisNnSoftmax: { reference: 'SoftmaxParams', rows: 'int32', rowSize: 'int32' },
  CmsisNnSvdf: { reference: 'OpDataSvdf', kernelSums: 'pointer' },
  CmsisNnTransposeConv: {
    params: 'ConvParams',
    scratchBufferIndex: 'int',
    scratchBufferOutputIndex: 'int',
    biasConvertedBufferIndex: 'int',
    perChannelOutputMultiplier: 'pointer',
    perChannelOutputShift: 'pointer',
  },
  CmsisNnLstmGate: {
    input: 'int32[2]',
    inputWeights: 'pointer',
    inputEffectiveBias: 'pointer',
    hidden: 'int32[2]',
    hiddenWeights: 'pointer',
    hiddenEffectiveBias: 'pointer',
    bias: 'pointer',
    activationType: 'enum',
  },
  CmsisNnLstmParams: { sizesAndScales: 'int32[15]', gates: 'CmsisNnLstmGate[4]' },
  CmsisNnLstm: { reference: 'OpDataLstm', parameters: 'CmsisNnLstmParams' },
};
