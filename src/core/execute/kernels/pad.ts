import { stridesOf } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';

/** PAD and PADV2: what surrounds the input is the third input, or what stands for 0. */
export const pad: KernelMaker = (call) => {
  const [image, paddings, result] = [input(call, 0), input(call, 1), output(call)];
  const amounts = paddings.int32;
  const strides = stridesOf(result.shape);
  const size = result.elementBytes;
  const start = image.shape.reduce((sum, _length, dimension) => sum + amounts[2 * dimension] * strides[dimension], 0);
  const run = (image.shape.at(-1) ?? 1) * size;
  const runs = rowStarts(image.shape, strides, start);
  const surrounding = call.inputs[2];
  return () => {
    fill(result.bytes, surrounding?.bytes ?? zeroBytes(result.zeroPoint, size, result.type));
    for (let row = 0; row < runs.length; row++) {
      result.bytes.set(image.bytes.subarray(row * run, (row + 1) * run), runs[row] * size);
    }
  };
};

/** First output element of each of the input's innermost rows. */
function rowStarts(shape: readonly number[], strides: readonly number[], start: number): Int32Array {
  let starts = Int32Array.of(start);
  for (let dimension = 0; dimension < shape.length - 1; dimension++) {
    const length = shape[dimension];
    starts = Int32Array.from(
      { length: starts.length * length },
      (_none, index) => starts[Math.floor(index / length)] + (index % length) * strides[dimension],
    );
  }
  return starts;
}

/** Only int8 is padded with its zero point; the others have none. */
function zeroBytes(zeroPoint: number, size: number, type: string): Uint8Array {
  return type === 'int8' ? Uint8Array.of(zeroPoint) : new Uint8Array(size);
}

/** Repeats `pattern`. */
export function fill(target: Uint8Array, pattern: Uint8Array): void {
  if (pattern.every((byte) => byte === pattern[0])) {
    target.fill(pattern[0]);
    return;
  }
  for (let at = 0; at < target.length; at += pattern.length) target.set(pattern, at);
}
