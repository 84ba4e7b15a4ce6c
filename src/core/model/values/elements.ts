import type { DataType } from '../dataType';
import { roundAway } from './rounding';
import type { SmallFloat } from './smallFloat';
import { bfloat16, decodeSmallFloat, encodeSmallFloat, float16, float8e4m3fn, float8e5m2 } from './smallFloat';

/** How one element of a type lies in whole bytes. */
interface ElementCodec {
  readonly bytes: number;
  read(view: DataView, offset: number, isLittle: boolean): number;
  /** Integers take the nearest number of their type, halves away from zero; what is no number becomes 0. */
  write(view: DataView, offset: number, value: number, isLittle: boolean): void;
}

/**
 * Elements of fewer than 8 bits, several a byte, the first in the lowest bits. Source: UnpackDenseInt4IntoInt8 in
 * TFLite's portable_tensor_utils.cc.
 */
export interface PackedCodec {
  readonly bits: 2 | 4;
  readonly isSigned: boolean;
}

/**
 * Types whose elements are numbers in whole bytes. Complex numbers, strings, resources and variants have no codec: they
 * hold no numbers.
 */
export const elementCodecs: Partial<Readonly<Record<DataType, ElementCodec>>> = {
  int8: integer(1, -128, 127, {
    read: (view, at) => view.getInt8(at),
    write: (view, at, value) => view.setInt8(at, value),
  }),
  uint8: integer(1, 0, 255, {
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value),
  }),
  bool: {
    bytes: 1,
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value === 0 ? 0 : 1),
  },
  int16: integer(2, -32768, 32767, {
    read: (view, at, isLittle) => view.getInt16(at, isLittle),
    write: (view, at, value, isLittle) => view.setInt16(at, value, isLittle),
  }),
  uint16: integer(2, 0, 65535, {
    read: (view, at, isLittle) => view.getUint16(at, isLittle),
    write: (view, at, value, isLittle) => view.setUint16(at, value, isLittle),
  }),
  int32: integer(4, -2147483648, 2147483647, {
    read: (view, at, isLittle) => view.getInt32(at, isLittle),
    write: (view, at, value, isLittle) => view.setInt32(at, value, isLittle),
  }),
  uint32: integer(4, 0, 4294967295, {
    read: (view, at, isLittle) => view.getUint32(at, isLittle),
    write: (view, at, value, isLittle) => view.setUint32(at, value, isLittle),
  }),
  // The largest doubles below 2^63 and 2^64.
  int64: integer(8, -(2 ** 63), 2 ** 63 - 1024, {
    read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
    write: (view, at, value, isLittle) => view.setBigInt64(at, BigInt(value), isLittle),
  }),
  uint64: integer(8, 0, 2 ** 64 - 2048, {
    read: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
    write: (view, at, value, isLittle) => view.setBigUint64(at, BigInt(value), isLittle),
  }),
  float32: {
    bytes: 4,
    read: (view, at, isLittle) => view.getFloat32(at, isLittle),
    write: (view, at, value, isLittle) => view.setFloat32(at, value, isLittle),
  },
  float64: {
    bytes: 8,
    read: (view, at, isLittle) => view.getFloat64(at, isLittle),
    write: (view, at, value, isLittle) => view.setFloat64(at, value, isLittle),
  },
  float16: small(2, float16),
  bfloat16: small(2, bfloat16),
  float8_e4m3fn: small(1, float8e4m3fn),
  float8_e5m2: small(1, float8e5m2),
};

export const packedCodecs: Partial<Readonly<Record<DataType, PackedCodec>>> = {
  int4: { bits: 4, isSigned: true },
  uint4: { bits: 4, isSigned: false },
  int2: { bits: 2, isSigned: true },
};

type Access = Omit<ElementCodec, 'bytes'>;

function integer(bytes: number, least: number, most: number, { read, write }: Access): ElementCodec {
  const nearest = (value: number): number =>
    Number.isNaN(value) ? 0 : Math.min(Math.max(roundAway(value), least), most);
  return { bytes, read, write: (view, at, value, isLittle) => write(view, at, nearest(value), isLittle) };
}

function small(bytes: 1 | 2, format: SmallFloat): ElementCodec {
  return {
    bytes,
    read: (view, at, isLittle) =>
      decodeSmallFloat(bytes === 1 ? view.getUint8(at) : view.getUint16(at, isLittle), format),
    write: (view, at, value, isLittle) => {
      const bits = encodeSmallFloat(value, format);
      if (bytes === 1) view.setUint8(at, bits);
      else view.setUint16(at, bits, isLittle);
    },
  };
}
