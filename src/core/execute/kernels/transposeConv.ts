import { enumOption, numberOption } from '../../model/options';
import { floatRange, quantizedRange } from '../activationRange';
import { byType, input, output, type KernelInvocation, type Kernel } from '../kernel';
import { multipliersOf, storeOf, storeWide, type Requantization } from '../requantize';
import { leadingPadding } from '../window';
import type { Value } from '../value';
import { bias32, channelFactors } from './weights';

/**
 * TRANSPOSE_CONV: inputs are output shape, weights [channels out, height, width, channels in], image, and maybe a bias.
 */
export const transposeConv = byType((call) => input(call, 2).type, {
  int8: scatterInt8,
  int16: scatterInt16,
  float32: scatterFloat32,
});

/** An output's sum so far, with the products of the channels of one input pixel and one element of its filter. */
type Accumulate = (sum: number, pixel: number, weight: number) => number;

interface Scatter {
  readonly depth: number;
  readonly channels: number;
  /** Adds all products to the sums of the outputs. */
  readonly spread: (sums: Int32Array | Float64Array | Float32Array, accumulate: Accumulate) => void;
}

/** Each input pixel spreads over the output positions that the filter reaches from it. */
function scatterOf(call: KernelInvocation): Scatter {
  const [filter, image, result] = [input(call, 1), input(call, 2), output(call)];
  const [channels, height, width, depth] = filter.shape;
  const [batches, inHeight, inWidth] = image.shape;
  const [, outHeight, outWidth] = result.shape;
  const strideY = numberOption(call.operator, 'strideH', 1);
  const strideX = numberOption(call.operator, 'strideW', 1);
  const isSame = enumOption(call.operator, 'padding', 'SAME') === 'SAME';
  const padTop = isSame ? leadingPadding(outHeight, strideY, height) : 0;
  const padLeft = isSame ? leadingPadding(outWidth, strideX, width) : 0;
  const filterSize = height * width * depth;
  const spread: Scatter['spread'] = (sums, accumulate) => {
    let pixel = 0;
    for (let batch = 0; batch < batches; batch++) {
      for (let y = 0; y < inHeight; y++) {
        for (let x = 0; x < inWidth; x++, pixel += depth) {
          for (let row = 0; row < height; row++) {
            const outY = y * strideY - padTop + row;
            if (outY < 0 || outY >= outHeight) continue;
            for (let column = 0; column < width; column++) {
              const outX = x * strideX - padLeft + column;
              if (outX < 0 || outX >= outWidth) continue;
              const target = ((batch * outHeight + outY) * outWidth + outX) * channels;
              const weight = (row * width + column) * depth;
              for (let channel = 0; channel < channels; channel++) {
                sums[target + channel] = accumulate(sums[target + channel], pixel, channel * filterSize + weight);
              }
            }
          }
        }
      }
    }
  };
  return { depth, channels, spread };
}

function requantization(call: KernelInvocation, channels: number): Requantization {
  const [filter, image, result] = [input(call, 1), input(call, 2), output(call)];
  return {
    ...multipliersOf(channelFactors(image, filter, result, channels), call.rounding),
    zeroPoint: result.zeroPoint,
    range: quantizedRange(call, result),
  };
}

function scatterInt8(call: KernelInvocation): Kernel {
  const [filter, image, bias, result] = [input(call, 1).int8, input(call, 2), call.inputs[3], output(call).int8];
  const { depth, channels, spread } = scatterOf(call);
  const [values, zeroPoint, sums] = [image.int8, image.zeroPoint, new Int32Array(result.length)];
  const [store, target] = [storeOf(call.rounding), requantization(call, channels)];
  return () => {
    sums.fill(0);
    spread(sums, (sum, pixel, weight) => {
      for (let index = 0; index < depth; index++) {
        sum = (sum + Math.imul(values[pixel + index] - zeroPoint, filter[weight + index])) | 0;
      }
      return sum;
    });
    addBias(sums, bias32(bias, channels));
    for (let at = 0; at < result.length; at += channels) {
      store(target, sums.subarray(at, at + channels), result, at);
    }
  };
}

function scatterInt16(call: KernelInvocation): Kernel {
  const [filter, image, bias, result] = [input(call, 1).int8, input(call, 2).int16, call.inputs[3], output(call).int16];
  const { depth, channels, spread } = scatterOf(call);
  const sums = new Float64Array(result.length);
  const target = { ...requantization(call, channels), zeroPoint: 0 };
  return () => {
    sums.fill(0);
    spread(sums, (sum, pixel, weight) => {
      for (let index = 0; index < depth; index++) sum += image[pixel + index] * filter[weight + index];
      return sum;
    });
    addBias(sums, wideBias(bias, channels));
    for (let at = 0; at < result.length; at += channels) {
      storeWide(target, sums.subarray(at, at + channels), result, at);
    }
  };
}

/** A bias of int64 or, as older converters wrote it, of int16. */
function wideBias(bias: Value | undefined, channels: number): Float64Array {
  if (bias === undefined) return new Float64Array(channels);
  return bias.type === 'int16' ? Float64Array.from(bias.int16) : Float64Array.from(bias.int64, Number);
}

function scatterFloat32(call: KernelInvocation): Kernel {
  const [filter, image, result] = [input(call, 1).float32, input(call, 2).float32, output(call).float32];
  const bias = call.inputs[3]?.float32;
  const { depth, spread } = scatterOf(call);
  const { least, most } = floatRange(call);
  return () => {
    result.fill(0);
    spread(result, (sum, pixel, weight) => {
      for (let index = 0; index < depth; index++) {
        sum = Math.fround(sum + Math.fround(image[pixel + index] * filter[weight + index]));
      }
      return sum;
    });
    if (bias !== undefined) addBias(result, bias);
    for (let index = 0; index < result.length; index++) result[index] = Math.min(Math.max(result[index], least), most);
  };
}

function addBias(sums: Int32Array | Float64Array | Float32Array, bias: ArrayLike<number>): void {
  for (let at = 0; at < sums.length; at += bias.length) {
    for (let channel = 0; channel < bias.length; channel++) sums[at + channel] += bias[channel];
  }
}
