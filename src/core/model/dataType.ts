/** Element types of a tensor, named as in TFLite's schema but in lower case. */
export type DataType =
  | 'float32'
  | 'float16'
  | 'int32'
  | 'uint8'
  | 'int64'
  | 'string'
  | 'bool'
  | 'int16'
  | 'complex64'
  | 'int8'
  | 'float64'
  | 'complex128'
  | 'uint64'
  | 'resource'
  | 'variant'
  | 'uint32'
  | 'uint16'
  | 'int4'
  | 'bfloat16'
  | 'int2'
  | 'uint4'
  | 'float8_e4m3fn'
  | 'float8_e5m2';

/** Bits of one element as stored in a model file; 0 where elements have no fixed size (string, resource, variant). */
export const bitsPerElement: Readonly<Record<DataType, number>> = {
  float32: 32,
  float16: 16,
  int32: 32,
  uint8: 8,
  int64: 64,
  string: 0,
  bool: 8,
  int16: 16,
  complex64: 64,
  int8: 8,
  float64: 64,
  complex128: 128,
  uint64: 64,
  resource: 0,
  variant: 0,
  uint32: 32,
  uint16: 16,
  int4: 4,
  bfloat16: 16,
  int2: 2,
  uint4: 4,
  float8_e4m3fn: 8,
  float8_e5m2: 8,
};

/**
 * Bytes that `elements` elements of `type` take in a model file, packed (two int4 a byte), rounded up to whole bytes.
 */
export function storedBytes(type: DataType, elements: number): number {
  return Math.ceil((elements * bitsPerElement[type]) / 8);
}

/** Product of the dimensions; 1 for a scalar (empty shape). Unknown dimensions (-1) count as 1. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * (dimension < 0 ? 1 : dimension), 1);
}
