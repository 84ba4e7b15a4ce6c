import { numberOption } from '../../model/options';
import { floatRange, quantizedRange, type ActivationRange } from '../activationRange';
import { byType, input, inputType, output, type KernelInvocation, type Kernel, type KernelMaker } from '../kernel';
import { windowOf, type Window } from '../window';
import type { Activations } from './sweep';

/** The part of a window that lies inside the image: whatever is outside does not count. */
interface Region {
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** First element of the image's first row. */
  base: number;
}

/** The pooled value of one channel. */
type Pool = (image: Activations, window: Window, region: Region, channel: number) => number;

export const averagePool2d = byType(inputType, {
  int8: pooling(averageOfIntegers),
  int16: pooling(averageOfIntegers),
  float32: pooling(averageOfFloats),
});

export const maxPool2d = byType(inputType, {
  int8: pooling(maximum),
  int16: pooling(maximum),
  float32: pooling(maximum),
});

export const l2Pool2d = byType(inputType, { float32: pooling(rootMeanSquare) });

function pooling(pool: Pool): KernelMaker {
  return (call) => {
    const [image, result] = [input(call, 0), output(call)];
    const window = windowOf(call, image, result, {
      height: numberOption(call.operator, 'filterHeight', 1),
      width: numberOption(call.operator, 'filterWidth', 1),
    });
    const range = image.type === 'float32' ? floatRange(call) : quantizedRange(call, result);
    return kernel(call, window, range, pool);
  };
}

function kernel(call: KernelInvocation, window: Window, range: ActivationRange, pool: Pool): Kernel {
  const [image, result] = [activations(call, 'in'), activations(call, 'out')];
  const region: Region = { top: 0, bottom: 0, left: 0, right: 0, base: 0 };
  const { least, most } = range;
  return () => {
    let at = 0;
    for (let batch = 0; batch < window.batches; batch++) {
      region.base = batch * window.inHeight * window.inWidth * window.inDepth;
      for (let y = 0; y < window.outHeight; y++) {
        for (let x = 0; x < window.outWidth; x++) {
          clip(window, region, y, x);
          for (let channel = 0; channel < window.outDepth; channel++) {
            const value = pool(image, window, region, channel);
            result[at++] = value < least ? least : value > most ? most : value;
          }
        }
      }
    }
  };
}

function activations(call: KernelInvocation, side: 'in' | 'out'): Activations {
  const value = side === 'in' ? input(call, 0) : output(call);
  if (value.type === 'float32') return value.float32;
  return value.type === 'int16' ? value.int16 : value.int8;
}

function clip(window: Window, region: Region, y: number, x: number): void {
  const top = y * window.strideY - window.padTop;
  const left = x * window.strideX - window.padLeft;
  region.top = Math.max(0, top);
  region.bottom = Math.min(window.inHeight, top + window.height);
  region.left = Math.max(0, left);
  region.right = Math.min(window.inWidth, left + window.width);
}

function countOf(region: Region): number {
  return (region.bottom - region.top) * (region.right - region.left);
}

/** Halves are rounded away from zero. */
function averageOfIntegers(image: Activations, window: Window, region: Region, channel: number): number {
  let sum = 0;
  for (let y = region.top; y < region.bottom; y++) {
    let at = region.base + (y * window.inWidth + region.left) * window.inDepth + channel;
    for (let x = region.left; x < region.right; x++, at += window.inDepth) sum += image[at];
  }
  const count = countOf(region);
  const half = count >> 1;
  return Math.trunc((sum > 0 ? sum + half : sum - half) / count);
}

function averageOfFloats(image: Activations, window: Window, region: Region, channel: number): number {
  let sum = 0;
  for (let y = region.top; y < region.bottom; y++) {
    let at = region.base + (y * window.inWidth + region.left) * window.inDepth + channel;
    for (let x = region.left; x < region.right; x++, at += window.inDepth) sum = Math.fround(sum + image[at]);
  }
  return Math.fround(sum / countOf(region));
}

function maximum(image: Activations, window: Window, region: Region, channel: number): number {
  let most = -Infinity;
  for (let y = region.top; y < region.bottom; y++) {
    let at = region.base + (y * window.inWidth + region.left) * window.inDepth + channel;
    for (let x = region.left; x < region.right; x++, at += window.inDepth) if (image[at] > most) most = image[at];
  }
  return most;
}

function rootMeanSquare(image: Activations, window: Window, region: Region, channel: number): number {
  let sum = 0;
  for (let y = region.top; y < region.bottom; y++) {
    let at = region.base + (y * window.inWidth + region.left) * window.inDepth + channel;
    for (let x = region.left; x < region.right; x++, at += window.inDepth) {
      sum = Math.fround(sum + Math.fround(image[at] * image[at]));
    }
  }
  return Math.fround(Math.sqrt(Math.fround(sum / countOf(region))));
}
