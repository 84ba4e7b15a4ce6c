import { readNpy } from '../npy';
import type { SampleFile } from '../reading';

/** An array of a `.npy` file as samples take it. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** True for unsigned 8-bit elements: pictures, which a scaling applies to. */
  readonly isBytes: boolean;
}

/** @throws HumanError `npy-unreadable`, naming the file. */
export function readNumpyArray({ path, bytes }: SampleFile): NumpyArray {
  const { type, shape, values } = readNpy(bytes, path);
  return { shape, values: Float32Array.from(values), isBytes: type.slice(1) === 'u1' };
}
