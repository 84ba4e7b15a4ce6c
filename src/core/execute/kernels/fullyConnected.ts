import { floatRange, quantizedRange } from '../activationRange';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { multipliersOf, storeOf, storeWide, type Requantization } from '../requantize';
import type { Value } from '../value';
import { hasNarrowSums } from './conv2d';
import { dotFloat32, dotInt16, dotInt8 } from './dot';
import { allConstant, bias32, bias64, channelFactors, foldZeroPoint } from './weights';

/** FULLY_CONNECTED. Weights are [channels out, values in]. */
export const fullyConnected = byType(inputType, { int8: denseInt8, int16: denseInt16, float32: denseFloat32 });

interface Sizes {
  readonly batches: number;
  readonly channels: number;
  readonly depth: number;
}

function sizes(call: KernelInvocation): Sizes {
  const result = output(call);
  const channels = result.shape.at(-1) ?? 1;
  return { batches: result.elements / channels, channels, depth: input(call, 1).shape.at(-1) ?? 1 };
}

/**
 * Per tensor, the product of input and weights' scales is rounded to 32 bits before the division, unlike with a factor
 * per channel. Source: GetQuantizedConvolutionMultipler() in tensorflow/lite/kernels/kernel_util.cc.
 */
function requantization(call: KernelInvocation, channels: number): Requantization {
  const [image, filter, result] = [input(call, 0), input(call, 1), output(call)];
  const factors = isPerChannel(filter)
    ? channelFactors(image, filter, result, channels)
    : new Array<number>(channels).fill(Math.fround(image.scale * filter.scale) / result.scale);
  return {
    ...multipliersOf(factors, call.rounding),
    zeroPoint: result.zeroPoint,
    range: quantizedRange(call, result),
  };
}

function isPerChannel(filter: Value): boolean {
  return (filter.tensor.quantization?.scales.length ?? 0) > 1;
}

function denseInt8(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const { batches, channels, depth } = sizes(call);
  const rows = { weights: filter.int8.subarray(0, channels * depth), bias: new Int32Array(channels), depth };
  const fold = (): void => foldZeroPoint(rows.weights, bias32(bias, channels), image.zeroPoint, rows.bias);
  const isFolded = allConstant(filter, bias);
  if (isFolded) fold();
  const filterZeroPoint = isPerChannel(filter) ? 0 : filter.zeroPoint;
  const [values, result, sums] = [image.int8, output(call).int8, new Int32Array(channels)];
  const store = storeOf(call.rounding);
  const target = requantization(call, channels);
  return () => {
    if (!isFolded) fold();
    for (let batch = 0; batch < batches; batch++) {
      const source = { values, at: batch * depth };
      dotInt8(rows, { from: 0, to: channels }, source, sums);
      if (filterZeroPoint !== 0) subtractFrom(sums, filterZeroPoint * centredSum(source, depth, image.zeroPoint));
      store(target, sums, result, batch * channels);
    }
  };
}

/** The sum of `depth` values less their zero point: what a zero point of the weights is multiplied with. */
function centredSum(
  source: { readonly values: Int8Array | Int16Array; readonly at: number },
  depth: number,
  zeroPoint: number,
): number {
  let sum = -depth * zeroPoint;
  for (let index = source.at; index < source.at + depth; index++) sum += source.values[index];
  return sum;
}

function subtractFrom(sums: Int32Array | Float64Array, amount: number): void {
  for (let channel = 0; channel < sums.length; channel++) sums[channel] -= amount;
}

function denseInt16(call: KernelInvocation): Kernel {
  const [image, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const { batches, channels, depth } = sizes(call);
  const isNarrow = hasNarrowSums(call);
  const filterZeroPoint = isPerChannel(filter) ? 0 : filter.zeroPoint;
  const [values, result] = [image.int16, output(call).int16];
  const sums = new Float64Array(channels);
  const narrow = new Int32Array(channels);
  const store = storeOf(call.rounding);
  const target = requantization(call, channels);
  return () => {
    const addend = isNarrow ? Float64Array.from(bias32(bias, channels)) : bias64(bias, channels);
    const rows = { weights: filter.int8, bias: addend, depth };
    for (let batch = 0; batch < batches; batch++) {
      const source = { values, at: batch * depth };
      dotInt16(rows, { from: 0, to: channels }, source, sums);
      if (filterZeroPoint !== 0) subtractFrom(sums, filterZeroPoint * centredSum(source, depth, 0));
      if (isNarrow) narrow.set(sums);
      if (isNarrow) store(target, narrow, result, batch * channels);
      else storeWide(target, sums, result, batch * channels);
    }
  };
}

function denseFloat32(call: KernelInvocation): Kernel {
  const [values, weights, bias] = [input(call, 0).float32, input(call, 1).float32, call.inputs[2]?.float32];
  const { batches, channels, depth } = sizes(call);
  const rows = { weights, bias: bias ?? new Float32Array(channels), depth };
  const result = output(call).float32;
  const sums = new Float32Array(channels);
  const { least, most } = floatRange(call);
  return () => {
    for (let batch = 0; batch < batches; batch++) {
      dotFloat32(rows, { from: 0, to: channels }, { values, at: batch * depth }, sums);
      for (let channel = 0; channel < channels; channel++) {
        result[batch * channels + channel] = Math.min(Math.max(sums[channel], least), most);
      }
    }
  };
}
