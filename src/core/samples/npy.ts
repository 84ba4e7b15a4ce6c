import { HumanError } from '../model/problem';

/** An array of NumPy: numbers in row-major order, whatever the order and width in the file. */
export interface NpyArray {
  /** Type as the file states it: `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** int64 beyond 2^53 lose their lowest bits. */
  readonly values: Float64Array;
}

/** More values than any input of a model for microcontrollers has, over many samples. */
const mostValues = 2 ** 28;

type Read = (view: DataView, offset: number, isLittle: boolean) => number;

/** Kinds and widths that are read: floats, signed and unsigned integers, truth values. */
const readers: Readonly<Record<string, Read>> = {
  f4: (view, offset, isLittle) => view.getFloat32(offset, isLittle),
  f8: (view, offset, isLittle) => view.getFloat64(offset, isLittle),
  f2: (view, offset, isLittle) => half(view.getUint16(offset, isLittle)),
  i1: (view, offset) => view.getInt8(offset),
  i2: (view, offset, isLittle) => view.getInt16(offset, isLittle),
  i4: (view, offset, isLittle) => view.getInt32(offset, isLittle),
  i8: (view, offset, isLittle) => Number(view.getBigInt64(offset, isLittle)),
  u1: (view, offset) => view.getUint8(offset),
  u2: (view, offset, isLittle) => view.getUint16(offset, isLittle),
  u4: (view, offset, isLittle) => view.getUint32(offset, isLittle),
  u8: (view, offset, isLittle) => Number(view.getBigUint64(offset, isLittle)),
  b1: (view, offset) => view.getUint8(offset),
};

/** True for bytes that begin as every `.npy` file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, index) => bytes[index] === byte);
}

/**
 * Reads a `.npy` file of format version 1, 2 or 3. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws HumanError `npy-unreadable` for anything else. `name` is what the messages call the file.
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  if (!isNpy(bytes) || bytes.length < 10) throw unreadable(name, 'it is no NumPy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isShort = bytes[6] === 1;
  if (!isShort && bytes.length < 12) throw unreadable(name, 'it ends within its header');
  const start = isShort ? 10 : 12;
  const length = isShort ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) throw unreadable(name, 'it ends within its header');
  const header = String.fromCharCode(...bytes.subarray(start, start + Math.min(length, 4096)));
  return readValues(view, start + length, headerOf(header, name), name);
}

interface Header {
  readonly type: string;
  readonly isColumnMajor: boolean;
  readonly shape: readonly number[];
}

/** The header is a Python dictionary: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`. */
function headerOf(text: string, name: string): Header {
  const type = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || shape === undefined) {
    throw unreadable(name, 'its header is not that of a plain array');
  }
  return { type, isColumnMajor: order === 'True', shape: (shape.match(/\d+/g) ?? []).map(Number) };
}

function readValues(view: DataView, start: number, { type, isColumnMajor, shape }: Header, name: string): NpyArray {
  const read = readers[type.slice(1)];
  if (read === undefined) throw unreadable(name, `it holds the type ${type}`);
  const width = Number(type.slice(2));
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (!(count <= mostValues)) throw unreadable(name, `its shape (${shape.join(', ')}) is too large`);
  if (start + count * width > view.byteLength)
    throw unreadable(name, `it is shorter than its shape (${shape.join(', ')})`);
  const isLittle = !type.startsWith('>');
  const stored = Float64Array.from({ length: count }, (_none, index) => read(view, start + index * width, isLittle));
  return { type, shape, values: isColumnMajor ? rowMajor(stored, shape) : stored };
}

/** Column-major values in row-major order. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const counters = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_length, dimension) =>
    shape.slice(0, dimension).reduce((product, length) => product * length, 1),
  );
  return Float64Array.from(values, () => {
    const value = values[counters.reduce((at, counter, dimension) => at + counter * strides[dimension], 0)];
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      if (++counters[dimension] < shape[dimension]) break;
      counters[dimension] = 0;
    }
    return value;
  });
}

/** IEEE 754 half precision. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 25) * (fraction + 1024);
}

function unreadable(name: string, reason: string): HumanError {
  return new HumanError(
    'npy-unreadable',
    `${name} cannot be read as an array: ${reason}. Save it with numpy.save() as numbers.`,
  );
}
