import { builtinOperators } from './builtinOperators';

const names = (list: string): readonly string[] => list.trim().split(/\s+/);

/**
 * Enumerations of the schema: how they are stored, and the names of their values, counted from 0.
 * Source: TFLite schema version 3d (LiteRT `tflite/converter/schema/schema.fbs` of August 2026).
 */
export const enumerations = {
  BuiltinOperator: { stored: 'int', names: builtinOperators },
  TensorType: {
    stored: 'byte',
    names: names(`
      FLOAT32 FLOAT16 INT32 UINT8 INT64 STRING BOOL INT16 COMPLEX64 INT8 FLOAT64 COMPLEX128 UINT64 RESOURCE VARIANT UINT32 UINT16
      INT4 BFLOAT16 INT2 UINT4 FLOAT8_E4M3FN FLOAT8_E5M2`),
  },
  Padding: { stored: 'byte', names: names('SAME VALID') },
  ActivationFunctionType: { stored: 'byte', names: names('NONE RELU RELU_N1_TO_1 RELU6 TANH SIGN_BIT') },
  DimensionType: { stored: 'byte', names: names('DENSE SPARSE_CSR') },
  LSHProjectionType: { stored: 'byte', names: names('UNKNOWN SPARSE DENSE') },
  FullyConnectedOptionsWeightsFormat: { stored: 'byte', names: names('DEFAULT SHUFFLED4x16INT8') },
  LSTMKernelType: { stored: 'byte', names: names('FULL BASIC') },
  CombinerType: { stored: 'byte', names: names('SUM MEAN SQRTN') },
  MirrorPadMode: { stored: 'byte', names: names('REFLECT SYMMETRIC') },
  CustomOptionsFormat: { stored: 'byte', names: names('FLEXBUFFERS') },
  RngAlgorithm: { stored: 'byte', names: names('DEFAULT PHILOX THREEFRY') },
  ReduceWindowFunction: { stored: 'int', names: names('UNSUPPORTED ADD MUL MINIMUM MAXIMUM ALL ANY') },
  StablehloPrecisionConfig: { stored: 'uint', names: names('DEFAULT HIGH HIGHEST') },
  StablehloComparisonDirection: {
    stored: 'uint',
    names: names('EQ NE GE GT LE LT').map((name) => `STABLEHLO_COMPARISON_DIRECTION_${name}`),
  },
  StablehloComparisonType: {
    stored: 'uint',
    names: names('NOTYPE FLOAT FLOAT_TOTAL_ORDER SIGNED UNSIGNED').map((name) => `STABLEHLO_COMPARISON_TYPE_${name}`),
  },
} as const;
