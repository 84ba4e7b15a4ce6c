import { prepare } from '../../src/core/execute/prepare';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model } from '../../src/core/model/model';

/** What the file of a float model computes of one sample, output by output. */
export function floatOutputs(model: Model, inputs: readonly ArrayLike<number>[]): readonly Float32Array[] {
  const executable = prepare(readTflite(writeTflite(model)).model, { rounding: 'double' });
  const given = inputs.map((values) => new Uint8Array(Float32Array.from(values).buffer));
  return executable.invoke(given).map(({ bytes }) => new Float32Array(bytes.slice().buffer));
}

/** Largest difference over the largest magnitude of what is wanted. */
export function outputShare(outputs: readonly ArrayLike<number>[], wanted: readonly ArrayLike<number>[]): number {
  const shares = wanted.map((values, output) => {
    const got = outputs.at(output) ?? [];
    if (got.length !== values.length) return Infinity;
    const all = Array.from(values);
    const largest = Math.max(...all.map(Math.abs), 1e-30);
    return Math.max(...all.map((value, index) => Math.abs(value - got[index]))) / largest;
  });
  return Math.max(...shares, outputs.length === wanted.length ? 0 : Infinity);
}
