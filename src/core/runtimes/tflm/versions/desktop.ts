import type { StructureTable } from '../../memory/layout';

/**
 * Arduino libraries define TF_LITE_STATIC_MEMORY nowhere and an Arduino build cannot pass it, so tensors and nodes have
 * the fields of the desktop interpreter too.
 * Source: tensorflow/tflite-micro-arduino-examples 7948b85, src/tensorflow/lite/core/c/common.h.
 */
export const desktopStructures: StructureTable = {
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
