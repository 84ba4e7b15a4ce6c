import type { DataType } from '../dataType';
import { elementCount, storedBytes } from '../dataType';
import type { Tensor } from '../model';
import type { PackedCodec } from './elements';
import { elementCodecs, packedCodecs } from './elements';
import { roundAway } from './rounding';

type NumberArray =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** Types that an array of the language holds as a file does: many times faster than one element after the other. */
const arrays: Partial<Readonly<Record<DataType, new (buffer: ArrayBuffer) => NumberArray>>> = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** True for types whose elements are numbers. */
export function holdsNumbers(type: DataType): boolean {
  return type in elementCodecs || type in packedCodecs;
}

/**
 * Calls `visit` with each of the first `elements` numbers of `bytes`, which lie as in a model file: little-endian,
 * small types packed. False, and nothing visited, where the type holds no numbers or the bytes are too few.
 */
export function visitStored(
  { type, bytes, elements }: { readonly type: DataType; readonly bytes: Uint8Array; readonly elements: number },
  visit: (value: number, index: number) => void,
): boolean {
  if (!holdsNumbers(type) || bytes.byteLength < storedBytes(type, elements)) return false;
  const [codec, packed] = [elementCodecs[type], packedCodecs[type]];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < elements; index++) {
    if (codec !== undefined) visit(codec.read(view, index * codec.bytes, true), index);
    else if (packed !== undefined) visit(unpackedValue(bytes, index, packed), index);
  }
  return true;
}

/** The numbers of `bytes` as a model file holds them; `undefined` as for `visitStored`. */
export function decode(type: DataType, bytes: Uint8Array, elements: number): Float64Array | undefined {
  if (!holdsNumbers(type) || bytes.byteLength < storedBytes(type, elements)) return undefined;
  const Numbers = arrays[type];
  // A copy, since data need not lie at a multiple of an element; a Buffer's own slice would be none.
  if (Numbers !== undefined)
    return new Float64Array(new Numbers(new Uint8Array(bytes.subarray(0, storedBytes(type, elements))).buffer));
  const values = new Float64Array(elements);
  visitStored({ type, bytes, elements }, (value, index) => (values[index] = value));
  return values;
}

/**
 * The bytes that hold these numbers as a model file does: integers rounded to the nearest, halves away from zero, and
 * held within their type. `undefined` for types that hold no numbers.
 */
export function encode(type: DataType, values: ArrayLike<number>): Uint8Array | undefined {
  const [codec, packed] = [elementCodecs[type], packedCodecs[type]];
  if (packed !== undefined) return packedBytes(values, packed, storedBytes(type, values.length));
  if (codec === undefined) return undefined;
  const bytes = new Uint8Array(values.length * codec.bytes);
  const view = new DataView(bytes.buffer);
  const Numbers = arrays[type];
  const numbers = Numbers && new Numbers(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (numbers !== undefined) numbers[index] = value;
    // What is held as it is needs no rounding.
    if (numbers === undefined || numbers[index] !== value) codec.write(view, index * codec.bytes, value, true);
  }
  return bytes;
}

/** Calls `visit` with each stored value of a constant; false when its type or data do not allow it. */
export function visitValues(tensor: Tensor, visit: (value: number, index: number) => void): boolean {
  const { type, data, shape } = tensor;
  return data !== undefined && visitStored({ type, bytes: data, elements: elementCount(shape) }, visit);
}

/** The stored values of a constant, row-major, without scale and zero point; `undefined` where they cannot be read. */
export function storedValues({ type, data, shape }: Tensor): Float64Array | undefined {
  return data === undefined ? undefined : decode(type, data, elementCount(shape));
}

/**
 * The integers of a constant tensor in row-major order; `undefined` for other types, no data, or data shorter than its
 * shape.
 */
export function integerValues(tensor: Tensor): readonly number[] | undefined {
  if (tensor.type.includes('float')) return undefined;
  const values = storedValues(tensor);
  return values && Array.from(values);
}

/** The type in which a device holds elements in memory: small types take a byte each. */
export function heldType(type: DataType): DataType {
  const packed = packedCodecs[type];
  if (packed === undefined) return type;
  return packed.isSigned ? 'int8' : 'uint8';
}

function unpackedValue(bytes: Uint8Array, index: number, { bits, isSigned }: PackedCodec): number {
  const perByte = 8 / bits;
  const value = (bytes[Math.floor(index / perByte)] >> ((index % perByte) * bits)) & (2 ** bits - 1);
  return isSigned && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}

function packedBytes(values: ArrayLike<number>, { bits, isSigned }: PackedCodec, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const perByte = 8 / bits;
  const least = isSigned ? -(2 ** (bits - 1)) : 0;
  const most = least + 2 ** bits - 1;
  for (let index = 0; index < values.length; index++) {
    const value = Number.isNaN(values[index]) ? 0 : Math.min(Math.max(roundAway(values[index]), least), most);
    bytes[Math.floor(index / perByte)] |= (value & (2 ** bits - 1)) << ((index % perByte) * bits);
  }
  return bytes;
}
