import { readNpy, viewNpy } from '../npy';
import type { NpyView } from '../npy';
import type { SampleFile } from '../reading';

/** An array of a `.npy` file as samples take it. */
interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** @throws HumanError `npy-unreadable`, naming the file. */
export function readNumpyArray({ path, bytes }: SampleFile): NumpyArray {
  const { shape, values } = readNpy(bytes, path);
  return { shape, values: Float32Array.from(values) };
}

/** As {@link readNumpyArray}, for taking some samples of a large array. */
export function viewNumpyArray({ path, bytes }: SampleFile): NpyView {
  return viewNpy(bytes, path);
}

/** True for unsigned 8-bit elements: pictures, which a scaling applies to. */
export function isOfBytes({ type }: NpyView): boolean {
  return type.slice(1) === 'u1';
}
