import type { DataType } from '../model/dataType';
import { HumanError } from '../model/problem';
import { elementCodecs } from '../model/values/elements';
import { lookup } from '../text/lookup';

/** An array of NumPy: numbers in row-major order, whatever the order and width in the file. */
interface NpyArray {
  /** Type as the file states it: `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** int64 beyond 2^53 lose their lowest bits. */
  readonly values: Float64Array;
}

/** More values than any input of a model for microcontrollers has, over many samples. */
const mostValues = 2 ** 28;

/** Kinds and widths that are read: floats, signed and unsigned integers, truth values. */
const types: Readonly<Record<string, DataType | undefined>> = lookup({
  ...{ f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool' },
  ...{ i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64' },
  ...{ u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64' },
});

/** True for bytes that begin as every `.npy` file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, index) => bytes[index] === byte);
}

/** An array as it lies in a file: nothing is copied. */
export interface NpyView {
  /** Type as the file states it: `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Elements of the array. */
  readonly count: number;
  /** The element at a row-major index below `count`. */
  readonly at: (index: number) => number;
}

/**
 * Reads a `.npy` file of format version 1, 2 or 3. Format:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws HumanError `npy-unreadable` for anything else. `name` is what the messages call the file.
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { type, shape, count, at } = viewNpy(bytes, name);
  if (count > mostValues) throw unreadable(name, `its shape (${shape.join(', ')}) is too large`);
  return { type, shape, values: Float64Array.from({ length: count }, (_none, index) => at(index)) };
}

/** As {@link readNpy}, for taking some elements of a large array. */
export function viewNpy(bytes: Uint8Array, name: string): NpyView {
  if (!isNpy(bytes) || bytes.length < 10) throw unreadable(name, 'it is no NumPy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isShort = bytes[6] === 1;
  if (!isShort && bytes.length < 12) throw unreadable(name, 'it ends within its header');
  const start = isShort ? 10 : 12;
  const length = isShort ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) throw unreadable(name, 'it ends within its header');
  const header = String.fromCharCode(...bytes.subarray(start, start + Math.min(length, 4096)));
  return viewOf(view, start + length, headerOf(header, name), name);
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

function viewOf(view: DataView, start: number, { type, isColumnMajor, shape }: Header, name: string): NpyView {
  const kind = type.slice(1);
  const codec = Object.hasOwn(types, kind) ? elementCodecs[types[kind]!] : undefined;
  if (codec === undefined) throw unreadable(name, `it holds the type ${type}`);
  const width = codec.bytes;
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (!(start + count * width <= view.byteLength)) {
    throw unreadable(name, `it is shorter than its shape (${shape.join(', ')})`);
  }
  const isLittle = !type.startsWith('>');
  const placeOf = isColumnMajor ? columnMajorPlace(shape) : (index: number): number => index;
  return { type, shape, count, at: (index) => codec.read(view, start + placeOf(index) * width, isLittle) };
}

/** Where the element of a row-major index lies in an array whose first dimension changes fastest. */
function columnMajorPlace(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_length, dimension) =>
    shape.slice(0, dimension).reduce((product, length) => product * length, 1),
  );
  return (index) => {
    let [rest, place] = [index, 0];
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      place += (rest % shape[dimension]) * strides[dimension];
      rest = Math.floor(rest / shape[dimension]);
    }
    return place;
  };
}

function unreadable(name: string, reason: string): HumanError {
  return new HumanError(
    'npy-unreadable',
    `${name} cannot be read as an array: ${reason}. Save it with numpy.save() as numbers.`,
  );
}
