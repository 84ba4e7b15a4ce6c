import { HumanError } from '../../model/problem';
import type { SampleFile } from '../reading';

/** An array of a `.npy` file. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** True for unsigned 8-bit elements: pictures, which a scaling applies to. */
  readonly isBytes: boolean;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Read = (view: DataView, offset: number, little: boolean) => number;

const readers: Readonly<Record<string, { readonly bytes: number; readonly read: Read }>> = {
  f2: { bytes: 2, read: (view, offset, little) => half(view.getUint16(offset, little)) },
  f4: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
  i1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  u1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  b1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  i2: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  u2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  i4: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  u4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  i8: { bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
};

/**
 * Reads a NumPy array, versions 1 to 3, of real numbers or booleans in C order. Source: NEP 1, "A simple file format for NumPy arrays".
 * @throws HumanError `samples-npy`, naming the file.
 */
export function readNumpyArray({ path, bytes }: SampleFile): NumpyArray {
  const fail = (reason: string): never => {
    throw new HumanError('samples-npy', `${path} ${reason}. Write it again with numpy.save.`);
  };
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte)) return fail('is no .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirstVersion = bytes[6] === 1;
  const start = isFirstVersion ? 10 : 12;
  const end = start + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) return fail('ends within its header');
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const [, order, kind] =
    /'descr':\s*'([<>|=])([a-z]\d)'/.exec(header) ?? fail('has elements that are no plain numbers');
  const reader = readers[kind] ?? fail(`has elements of the type ${kind}, which are no real numbers`);
  if (!/'fortran_order':\s*False/.test(header))
    return fail('lies in Fortran order; save numpy.ascontiguousarray of it');
  const [, dimensions] = /'shape':\s*\(([\d,\s]*)\)/.exec(header) ?? fail('names no shape');
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  if (end + count * reader.bytes > bytes.length) {
    return fail(`has the shape [${shape.join(',')}], but only ${bytes.length - end} bytes of data`);
  }
  const values = Float32Array.from({ length: count }, (_, index) =>
    reader.read(view, end + index * reader.bytes, order !== '>'),
  );
  return { shape, values, isBytes: kind === 'u1' };
}

/** IEEE 754 half precision to a number. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 25) * (fraction + 1024);
}
