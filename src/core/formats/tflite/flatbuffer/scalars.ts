import type { OptionValue } from '../../../model/model';
import type { ScalarFieldType, ScalarType } from '../schema/notation';
import type { BoundedBytes } from './boundedBytes';

type NumberReader = (file: BoundedBytes, at: number) => number;

const readers: Readonly<Record<ScalarType, NumberReader>> = {
  bool: (file, at) => (file.uint8(at) === 0 ? 0 : 1),
  byte: (file, at) => file.int8(at),
  ubyte: (file, at) => file.uint8(at),
  short: (file, at) => file.int16(at),
  ushort: (file, at) => file.uint16(at),
  int: (file, at) => file.int32(at),
  uint: (file, at) => file.uint32(at),
  long: (file, at) => file.int32(at + 4) * 2 ** 32 + file.uint32(at),
  ulong: (file, at) => file.uint32(at + 4) * 2 ** 32 + file.uint32(at),
  float: (file, at) => file.float32(at),
  double: (file, at) => file.float64(at),
};

/** The scalar at `at`, which must lie within the file; 64-bit integers beyond 2^53 lose their last bits. */
export function readNumber(file: BoundedBytes, scalar: ScalarType, at: number): number {
  return readers[scalar](file, at);
}

/**
 * The scalar at `at`, or a default, as an option's value: flags as booleans, enumerations as names (an unknown one as
 * its number), 64-bit integers as numbers where these are exact and as bigint where not.
 */
export function readScalar(
  file: BoundedBytes,
  type: ScalarFieldType,
  source: { readonly at: number } | { readonly otherwise: number },
): OptionValue {
  const value = 'at' in source ? readNumber(file, type.scalar, source.at) : source.otherwise;
  if (type.names !== undefined) return type.names[value] ?? value;
  if (type.scalar === 'bool') return value !== 0;
  if (Number.isSafeInteger(value) || !('at' in source)) return value;
  if (type.scalar === 'long') return file.int64(source.at);
  return type.scalar === 'ulong' ? file.uint64(source.at) : value;
}
