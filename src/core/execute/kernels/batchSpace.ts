import { input, output, type KernelInvocation, type KernelMaker } from '../kernel';
import type { Value } from '../value';

/** [batch, height, width, depth]; three dimensions have a width of 1. */
function fourDimensions(value: Value): readonly [number, number, number, number] {
  const [batches, height, width, depth] = value.shape;
  return value.shape.length === 4 ? [batches, height, width, depth] : [batches, height, 1, width];
}

/** Where a pixel lies: its first byte in what has the blocks in its batch, and in the image. */
type Visit = (batched: number, image: number) => void;

/** Visits every pixel that the batch and the image have, of `run` bytes; what lies in a margin has no place. */
function blockPixels(
  call: KernelInvocation,
  { batched, image, run }: { readonly batched: Value; readonly image: Value; readonly run: number },
): (visit: Visit) => void {
  const [batches, rows, columns] = fourDimensions(batched);
  const [images, height, width] = fourDimensions(image);
  const isWide = image.shape.length === 4;
  return (visit) => {
    const [block, margins] = [input(call, 1).int32, input(call, 2).int32];
    const [blockHeight, blockWidth] = [block[0], isWide ? block[1] : 1];
    const [top, left] = [margins[0], isWide ? margins[2] : 0];
    for (let batch = 0; batch < batches; batch++) {
      const shift = Math.floor(batch / images);
      for (let row = 0; row < rows; row++) {
        const y = row * blockHeight + Math.floor(shift / blockWidth) - top;
        if (y < 0 || y >= height) continue;
        for (let column = 0; column < columns; column++) {
          const x = column * blockWidth + (shift % blockWidth) - left;
          if (x < 0 || x >= width) continue;
          visit(((batch * rows + row) * columns + column) * run, (((batch % images) * height + y) * width + x) * run);
        }
      }
    }
  };
}

/** SPACE_TO_BATCH_ND. Padding is 0 whatever the zero point: TFLM does not set it, and its memory begins as 0. */
export const spaceToBatchNd = spaceToBatch(() => 0);

/** The same, padded with what stands for zero. */
export const spaceToBatchMeant = spaceToBatch(({ zeroPoint }) => zeroPoint);

function spaceToBatch(padding: (from: Value) => number): KernelMaker {
  return (call) => {
    const [from, to] = [input(call, 0), output(call)];
    const run = runBytes(from);
    const each = blockPixels(call, { batched: to, image: from, run });
    return () => {
      to.bytes.fill(padding(from) & 255);
      each((batched, image) => to.bytes.set(from.bytes.subarray(image, image + run), batched));
    };
  };
}

export const batchToSpaceNd: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const run = runBytes(from);
  const each = blockPixels(call, { batched: from, image: to, run });
  return () => each((batched, image) => to.bytes.set(from.bytes.subarray(batched, batched + run), image));
};

/** Bytes of one pixel. */
function runBytes(value: Value): number {
  return fourDimensions(value)[3] * value.elementBytes;
}
