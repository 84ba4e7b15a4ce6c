import { input, output, type KernelMaker } from '../kernel';
import type { Value } from '../value';

/** [batch, height, width, depth]; three dimensions have a width of 1. */
function fourDimensions(value: Value): readonly [number, number, number, number] {
  const [batches, height, width, depth] = value.shape;
  return value.shape.length === 4 ? [batches, height, width, depth] : [batches, height, 1, width];
}

/** Block height and width, and what is padded or cropped at the top and at the left. */
function blocksOf(
  block: Value,
  margins: Value,
  rank: number,
): { readonly [name in 'height' | 'width' | 'top' | 'left']: number } {
  const isWide = rank === 4;
  return {
    height: block.int32[0],
    width: isWide ? block.int32[1] : 1,
    top: margins.int32[0],
    left: isWide ? margins.int32[2] : 0,
  };
}

/** SPACE_TO_BATCH_ND. Padding is 0 whatever the zero point: TFLM does not set it, and its memory begins as 0. */
export const spaceToBatchNd = spaceToBatch(() => 0);

/** The same, padded with what stands for zero. */
export const spaceToBatchMeant = spaceToBatch(({ zeroPoint }) => zeroPoint);

function spaceToBatch(padding: (from: Value) => number): KernelMaker {
  return (call) => {
    const [from, to] = [input(call, 0), output(call)];
    const [inBatches, inHeight, inWidth, depth] = fourDimensions(from);
    const [outBatches, outHeight, outWidth] = fourDimensions(to);
    const run = depth * from.elementBytes;
    return () => {
      const block = blocksOf(input(call, 1), input(call, 2), from.shape.length);
      to.bytes.fill(padding(from) & 255);
      for (let batch = 0; batch < outBatches; batch++) {
        const shift = Math.floor(batch / inBatches);
        for (let row = 0; row < outHeight; row++) {
          const y = row * block.height + Math.floor(shift / block.width) - block.top;
          if (y < 0 || y >= inHeight) continue;
          for (let column = 0; column < outWidth; column++) {
            const x = column * block.width + (shift % block.width) - block.left;
            if (x < 0 || x >= inWidth) continue;
            const source = (((batch % inBatches) * inHeight + y) * inWidth + x) * run;
            to.bytes.set(
              from.bytes.subarray(source, source + run),
              ((batch * outHeight + row) * outWidth + column) * run,
            );
          }
        }
      }
    };
  };
}

export const batchToSpaceNd: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const [inBatches, inHeight, inWidth, depth] = fourDimensions(from);
  const [outBatches, outHeight, outWidth] = fourDimensions(to);
  const run = depth * from.elementBytes;
  return () => {
    const block = blocksOf(input(call, 1), input(call, 2), from.shape.length);
    for (let batch = 0; batch < inBatches; batch++) {
      const shift = Math.floor(batch / outBatches);
      for (let row = 0; row < inHeight; row++) {
        const y = row * block.height + Math.floor(shift / block.width) - block.top;
        if (y < 0 || y >= outHeight) continue;
        for (let column = 0; column < inWidth; column++) {
          const x = column * block.width + (shift % block.width) - block.left;
          if (x < 0 || x >= outWidth) continue;
          const source = ((batch * inHeight + row) * inWidth + column) * run;
          const target = (((batch % outBatches) * outHeight + y) * outWidth + x) * run;
          to.bytes.set(from.bytes.subarray(source, source + run), target);
        }
      }
    }
  };
};
