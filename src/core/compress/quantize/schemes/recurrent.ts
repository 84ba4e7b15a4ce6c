import type { MatrixRule, QuantizationScheme } from './scheme';

const gates = [0, 1, 2, 3];

const gateMatrices: readonly MatrixRule[] = [
  ...gates.map((gate) => ({ weights: 1 + gate, type: 'int8' as const, bias: { position: 12 + gate, biasWith: 0 } })),
  ...gates.map((gate) => ({ weights: 5 + gate, type: 'int8' as const })),
];

/**
 * Operators with memory. The specification leaves their states to the kernels: an LSTM keeps its hidden state as its
 * output and its cell state in 16 bits, an SVDF its memory and the weights over it. Source: kernels/lstm_eval.cc and
 * kernels/svdf_common.cc of TFLM, and operator_property.cc of TFLite's quantizer. TFLM has no 16-bit kernel of SVDF.
 */
export const recurrentSchemes: readonly QuantizationScheme[] = [
  {
    kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    recurrent: {
      matrices: gateMatrices,
      states: { 18: 'output', 19: 'powerOfTwo' },
      activations: ['TANH'],
      hasIntermediates: true,
    },
    versions: { int8: 1, int16: 1 },
  },
  {
    kind: 'SVDF',
    recurrent: {
      matrices: [
        { weights: 1, type: 'int8' },
        { weights: 2, type: 'int16', bias: { position: 3, biasWith: 4 } },
      ],
      states: { 4: 'symmetric' },
      activations: ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'],
      isActivatedByRange: true,
    },
    versions: { int8: 3, int16: 3 },
  },
];
