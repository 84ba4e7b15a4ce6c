import { booleanOption } from '../../model/options';
import { byType, input, inputType, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { stridesOf } from '../broadcast';
import { pickKernel } from '../pick';
import { roundAway } from '../../model/values/rounding';

interface Options {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

function optionsOf(call: KernelInvocation): Options {
  return {
    alignCorners: booleanOption(call.operator, 'alignCorners', false),
    halfPixelCenters: booleanOption(call.operator, 'halfPixelCenters', false),
  };
}

export const resizeNearestNeighbor: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const options = optionsOf(call);
  const [batches, outHeight, outWidth, depth] = to.shape;
  return pickKernel(call, to, [], () => {
    const strides = stridesOf(from.shape);
    const indices = new Int32Array(to.elements);
    let at = 0;
    for (let batch = 0; batch < batches; batch++) {
      for (let y = 0; y < outHeight; y++) {
        const row = batch * strides[0] + nearest(y, from.shape[1], outHeight, options) * strides[1];
        for (let x = 0; x < outWidth; x++) {
          const pixel = row + nearest(x, from.shape[2], outWidth, options) * strides[2];
          for (let channel = 0; channel < depth; channel++) indices[at++] = pixel + channel;
        }
      }
    }
    return indices;
  });
};

/**
 * Source: GetNearestNeighbor() in tensorflow/lite/kernels/internal/reference/resize_nearest_neighbor.h, in 32-bit
 * floating point.
 */
function nearest(position: number, size: number, outSize: number, options: Options): number {
  const f = Math.fround;
  const scale = options.alignCorners && outSize > 1 ? f((size - 1) / f(outSize - 1)) : f(size / f(outSize));
  const scaled = f(f(position + (options.halfPixelCenters ? 0.5 : 0)) * scale);
  const index = Math.min(options.alignCorners ? roundAway(scaled) : Math.floor(scaled), size - 1);
  return options.halfPixelCenters ? Math.max(0, index) : index;
}

export const resizeBilinear = byType(inputType, { int8: bilinearInt8, float32: bilinearFloat32 });

/** Between which two lines of the input a line of the output lies, and how far beyond the first. */
interface Between {
  readonly lower: number;
  readonly upper: number;
  readonly beyond: number;
}

/** In units of 1/1024. Source: ComputeInterpolationValuesInteger() in internal/reference/resize_bilinear.h. */
function betweenInteger(position: number, size: number, outSize: number, options: Options): Between {
  const isAligned = options.alignCorners && outSize > 1;
  const [length, outLength] = isAligned ? [size - 1, outSize - 1] : [size, outSize];
  const scale = Math.trunc((1024 * length + Math.trunc(outLength / 2)) / outLength);
  const scaled = options.halfPixelCenters ? position * scale + Math.trunc(scale / 2) - 512 : position * scale;
  const lower = Math.max(Math.trunc(scaled / 1024), 0);
  return { lower, upper: Math.min(Math.trunc((scaled + 1023) / 1024), size - 1), beyond: scaled - 1024 * lower };
}

function betweenFloat(position: number, size: number, outSize: number, options: Options): Between {
  const f = Math.fround;
  const isAligned = options.alignCorners && outSize > 1;
  const scale = isAligned ? f((size - 1) / (outSize - 1)) : f(size / outSize);
  const scaled = options.halfPixelCenters ? f(f(f(position + 0.5) * scale) - 0.5) : f(position * scale);
  const lower = Math.max(Math.floor(scaled), 0);
  return { lower, upper: Math.min(Math.ceil(scaled), size - 1), beyond: f(scaled - lower) };
}

interface Corners {
  readonly topLeft: number;
  readonly bottomLeft: number;
  readonly topRight: number;
  readonly bottomRight: number;
  readonly y: number;
  readonly x: number;
  readonly at: number;
}

/** Calls `visit` for each output pixel with the first elements of the four input pixels around it. */
function eachPixel(
  call: KernelInvocation,
  between: (position: number, size: number, outSize: number, options: Options) => Between,
  visit: (corners: Corners, depth: number) => void,
): void {
  const [, height, width, depth] = input(call, 0).shape;
  const [batches, outHeight, outWidth] = output(call).shape;
  const options = optionsOf(call);
  const columns = Array.from({ length: outWidth }, (_none, x) => between(x, width, outWidth, options));
  let at = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let y = 0; y < outHeight; y++) {
      const row = between(y, height, outHeight, options);
      const pixel = (line: number, column: number): number => ((batch * height + line) * width + column) * depth;
      for (const column of columns) {
        const corners = {
          topLeft: pixel(row.lower, column.lower),
          bottomLeft: pixel(row.upper, column.lower),
          topRight: pixel(row.lower, column.upper),
          bottomRight: pixel(row.upper, column.upper),
          y: row.beyond,
          x: column.beyond,
          at,
        };
        visit(corners, depth);
        at += depth;
      }
    }
  }
}

/** Halves are rounded away from zero, with single rounding upwards. */
function bilinearInt8(call: KernelInvocation): Kernel {
  const [values, out] = [input(call, 0).int8, output(call).int8];
  const isSingle = call.rounding === 'single';
  return () => {
    eachPixel(call, betweenInteger, ({ topLeft, bottomLeft, topRight, bottomRight, y, x, at }, depth) => {
      for (let channel = 0; channel < depth; channel++) {
        const sum =
          values[topLeft + channel] * (1024 - y) * (1024 - x) +
          values[bottomLeft + channel] * y * (1024 - x) +
          values[topRight + channel] * (1024 - y) * x +
          values[bottomRight + channel] * y * x;
        const half = 2 ** 19;
        out[at + channel] = isSingle
          ? Math.floor((sum + half) / 2 ** 20)
          : Math.trunc((sum > 0 ? sum + half : sum - half) / 2 ** 20);
      }
    });
  };
}

function bilinearFloat32(call: KernelInvocation): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  const f = Math.fround;
  return () => {
    eachPixel(call, betweenFloat, ({ topLeft, bottomLeft, topRight, bottomRight, y, x, at }, depth) => {
      const [nearY, nearX] = [f(1 - y), f(1 - x)];
      for (let channel = 0; channel < depth; channel++) {
        const top = f(f(values[topLeft + channel] * nearY) * nearX);
        const bottom = f(f(values[bottomLeft + channel] * y) * nearX);
        const topRightPart = f(f(values[topRight + channel] * nearY) * x);
        const bottomRightPart = f(f(values[bottomRight + channel] * y) * x);
        out[at + channel] = f(f(top + bottom) + topRightPart) + bottomRightPart;
      }
    });
  };
}
