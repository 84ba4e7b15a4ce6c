import { numberOption } from '../../model/options';
import { floatRange } from '../activationRange';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { storeOf, storeWide } from '../requantize';
import { windowOf, type Window } from '../window';
import type { Activations } from './sweep';
import { bias32, bias64, requantization } from './weights';

/** DEPTHWISE_CONV_2D: each channel has filters of its own. Weights are [1, height, width, channels out]. */
export const depthwiseConv2d = byType(inputType, {
  int8: depthwiseInt8,
  int16: depthwiseInt16,
  float32: depthwiseFloat32,
});

interface Taps {
  readonly window: Window;
  /**
   * For each element of the filter that lies inside the image: where its channels begin in the image and in the
   * weights.
   */
  readonly inImage: Int32Array;
  readonly inWeights: Int32Array;
}

function tapsOf(call: KernelInvocation): Taps {
  const [, height, width] = input(call, 1).shape;
  const window = windowOf(call, input(call, 0), output(call), { height, width });
  return { window, inImage: new Int32Array(height * width), inWeights: new Int32Array(height * width) };
}

/** Fills in the taps of an output position and returns how many there are. */
function findTaps({ window, inImage, inWeights }: Taps, batch: number, y: number, x: number): number {
  let count = 0;
  for (let row = 0; row < window.height; row++) {
    const inY = y * window.strideY - window.padTop + row * window.dilationY;
    if (inY < 0 || inY >= window.inHeight) continue;
    const line = (batch * window.inHeight + inY) * window.inWidth;
    for (let column = 0; column < window.width; column++) {
      const inX = x * window.strideX - window.padLeft + column * window.dilationX;
      if (inX < 0 || inX >= window.inWidth) continue;
      inImage[count] = (line + inX) * window.inDepth;
      inWeights[count++] = (row * window.width + column) * window.outDepth;
    }
  }
  return count;
}

/** Calls `visit` for each output position in order with the number of its taps. */
function eachPosition(taps: Taps, visit: (count: number, at: number) => void): void {
  const { batches, outHeight, outWidth, outDepth } = taps.window;
  let at = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        visit(findTaps(taps, batch, y, x), at);
        at += outDepth;
      }
    }
  }
}

/** The input channel of each output channel. */
function sourceChannels(call: KernelInvocation, window: Window): Int32Array {
  const multiplier = numberOption(call.operator, 'depthMultiplier', Math.floor(window.outDepth / window.inDepth)) || 1;
  return Int32Array.from({ length: window.outDepth }, (_none, channel) => Math.floor(channel / multiplier));
}

function depthwiseInt8(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const taps = tapsOf(call);
  const channels = taps.window.outDepth;
  const layer = {
    image: image.int8,
    weights: filter.int8,
    zeroPoint: image.zeroPoint,
    sources: sourceChannels(call, taps.window),
    isDirect: channels === taps.window.inDepth,
    bias: bias32(bias, channels),
  };
  const sums = new Int32Array(channels);
  const result = output(call).int8;
  const store = storeOf(call.rounding);
  const target = requantization(call, channels);
  return () => {
    eachPosition(taps, (count, at) => {
      sums.set(layer.bias);
      if (!layer.isDirect) addTaps(layer, taps, count, sums);
      else if (count === 9) addNineTaps(layer, taps, sums);
      else addDirectTaps(layer, taps, count, sums);
      store(target, sums, result, at);
    });
  };
}

interface Layer<Values extends Activations> {
  readonly image: Values;
  readonly weights: Int8Array;
  readonly zeroPoint: number;
  readonly sources: Int32Array;
}

/** Output channels may share an input channel. */
function addTaps(layer: Layer<Int8Array>, taps: Taps, count: number, sums: Int32Array): void {
  const { image, weights, zeroPoint, sources } = layer;
  for (let tap = 0; tap < count; tap++) {
    const pixel = taps.inImage[tap];
    const weight = taps.inWeights[tap];
    for (let channel = 0; channel < sums.length; channel++) {
      const value = image[pixel + sources[channel]] - zeroPoint;
      sums[channel] += Math.imul(value, weights[weight + channel]);
    }
  }
}

/** Each output channel has an input channel of its own. */
function addDirectTaps(layer: Layer<Int8Array>, taps: Taps, count: number, sums: Int32Array): void {
  const { image, weights, zeroPoint } = layer;
  for (let tap = 0; tap < count; tap++) {
    const pixel = taps.inImage[tap];
    const weight = taps.inWeights[tap];
    for (let channel = 0; channel < sums.length; channel++) {
      sums[channel] += Math.imul(image[pixel + channel] - zeroPoint, weights[weight + channel]);
    }
  }
}

/** A filter of 3 x 3 that lies inside the image: the sum of a channel stays in a register. */
function addNineTaps(layer: Layer<Int8Array>, { inImage, inWeights }: Taps, sums: Int32Array): void {
  const { image, weights, zeroPoint } = layer;
  const [p0, p1, p2, p3, p4, p5, p6, p7, p8] = inImage;
  const [w0, w1, w2, w3, w4, w5, w6, w7, w8] = inWeights;
  for (let channel = 0; channel < sums.length; channel++) {
    let sum = sums[channel];
    sum = (sum + Math.imul(image[p0 + channel] - zeroPoint, weights[w0 + channel])) | 0;
    sum = (sum + Math.imul(image[p1 + channel] - zeroPoint, weights[w1 + channel])) | 0;
    sum = (sum + Math.imul(image[p2 + channel] - zeroPoint, weights[w2 + channel])) | 0;
    sum = (sum + Math.imul(image[p3 + channel] - zeroPoint, weights[w3 + channel])) | 0;
    sum = (sum + Math.imul(image[p4 + channel] - zeroPoint, weights[w4 + channel])) | 0;
    sum = (sum + Math.imul(image[p5 + channel] - zeroPoint, weights[w5 + channel])) | 0;
    sum = (sum + Math.imul(image[p6 + channel] - zeroPoint, weights[w6 + channel])) | 0;
    sum = (sum + Math.imul(image[p7 + channel] - zeroPoint, weights[w7 + channel])) | 0;
    sum = (sum + Math.imul(image[p8 + channel] - zeroPoint, weights[w8 + channel])) | 0;
    sums[channel] = sum;
  }
}

function depthwiseInt16(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0).int16, input(call, 1).int8, call.inputs[2]];
  const taps = tapsOf(call);
  const channels = taps.window.outDepth;
  const sources = sourceChannels(call, taps.window);
  const sums = new Float64Array(channels);
  const result = output(call).int16;
  const target = { ...requantization(call, channels), zeroPoint: 0 };
  return () => {
    const addend = bias64(bias, channels);
    eachPosition(taps, (count, at) => {
      sums.set(addend);
      for (let tap = 0; tap < count; tap++) {
        const pixel = taps.inImage[tap];
        const weight = taps.inWeights[tap];
        for (let channel = 0; channel < channels; channel++) {
          sums[channel] += image[pixel + sources[channel]] * filter[weight + channel];
        }
      }
      storeWide(target, sums, result, at);
    });
  };
}

function depthwiseFloat32(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0).float32, input(call, 1).float32, call.inputs[2]?.float32];
  const taps = tapsOf(call);
  const channels = taps.window.outDepth;
  const sources = sourceChannels(call, taps.window);
  const sums = new Float32Array(channels);
  const result = output(call).float32;
  const { least, most } = floatRange(call);
  return () => {
    eachPosition(taps, (count, at) => {
      sums.fill(0);
      for (let tap = 0; tap < count; tap++) {
        const pixel = taps.inImage[tap];
        const weight = taps.inWeights[tap];
        for (let channel = 0; channel < channels; channel++) {
          sums[channel] += Math.fround(image[pixel + sources[channel]] * filter[weight + channel]);
        }
      }
      for (let channel = 0; channel < channels; channel++) {
        const sum = Math.fround(sums[channel] + (bias?.[channel] ?? 0));
        result[at + channel] = Math.min(Math.max(sum, least), most);
      }
    });
  };
}
