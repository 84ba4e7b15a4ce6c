import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

/** An array of floats of a `.npz` file. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The arrays of float32 in a `.npz` file, by name. */
export function readNpz(path: string): ReadonlyMap<string, NpzArray> {
  const arrays = new Map<string, NpzArray>();
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(readFileSync(path))))) {
    const headerBytes = bytes[8] + 256 * bytes[9];
    const header = new TextDecoder().decode(bytes.subarray(10, 10 + headerBytes));
    if (!header.includes("'<f4'")) throw new Error(`${path} has an array that is not of float32: ${header}`);
    const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter((size) => size.trim() !== '');
    const values = new Float32Array(bytes.slice(10 + headerBytes).buffer);
    arrays.set(name.replace(/\.npy$/, ''), { shape: shape.map(Number), values });
  }
  return arrays;
}
