import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { enumOption, numberOption } from '../../model/options';
import { copies, fills, scaleCounts, sumCounts } from './copy';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { matrixColumns, productCounts } from './matrix';
import { typeSuffix } from './slidingReference';
import { insideTaps } from './window';

/** Sizes of a transposed convolution. */
interface Spread {
  readonly batches: number;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly filter: number;
  /** Filter positions that fall inside the output, summed over all input positions of one image. */
  readonly insideTaps: number;
  readonly outputPixels: number;
}

/**
 * TRANSPOSE_CONV: every input value is spread over the filter (`reference/transpose_conv.h`, `arm_transpose_conv_s8`);
 * CMSIS-NN (4ab83cc3) reverses the filter and convolves the widened input where the strides are at most 2 and there are
 * more than 16 input channels.
 */
export function transposeConvolution(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 2);
  const suffix = input === undefined ? undefined : typeSuffix(input.type);
  const spread = spreadOf(context);
  if (input === undefined || suffix === undefined || spread === undefined) return undefined;
  if (context.library === 'reference' || input.type !== 'int8') {
    return {
      variant: `transpose conv reference ${suffix}`,
      reason: 'Every input value is spread over the filter.',
      counts: referenceCounts(spread),
    };
  }
  const strides = [numberOption(context.operator, 'strideH', 1), numberOption(context.operator, 'strideW', 1)];
  if (strides.every((stride) => stride <= 2) && spread.inputs > 16) {
    return {
      variant: 'transpose conv reversed s8',
      reason: 'Strides of at most 2 and more than 16 channels: the reversed filter is convolved.',
      counts: reversedCounts(spread, context),
    };
  }
  return {
    variant: 'transpose conv s8',
    reason: 'Every input value is spread over the filter, two positions at once.',
    counts: spreadCounts(spread, context),
  };
}

function spreadOf(context: KernelContext): Spread | undefined {
  const filter = inputOf(context, 1);
  const input = inputOf(context, 2);
  const output = outputOf(context);
  if (input === undefined || filter === undefined || output === undefined) return undefined;
  if ([filter, input, output].some((tensor) => tensor.shape.length !== 4)) return undefined;
  const same = enumOption(context.operator, 'padding', 'SAME') === 'SAME';
  const inside = ([1, 2] as const).map((axis) => {
    const stride = numberOption(context.operator, axis === 1 ? 'strideH' : 'strideW', 1);
    const [from, to, size] = [dimension(input, axis), dimension(output, axis), dimension(filter, axis)];
    const pad = same ? Math.floor(Math.max((from - 1) * stride + size - to, 0) / 2) : 0;
    if (stride < 1 || size > 4096) return Number.NaN;
    return insideTaps({ input: to, output: from, filter: size, stride, dilation: 1, pad });
  });
  return {
    batches: dimension(input, 0),
    inputHeight: dimension(input, 1),
    inputWidth: dimension(input, 2),
    inputs: dimension(input, 3),
    outputs: dimension(output, 3),
    filter: dimension(filter, 1) * dimension(filter, 2),
    insideTaps: (inside[0] ?? 0) * (inside[1] ?? 0),
    outputPixels: elementsOf(output) / Math.max(1, dimension(output, 3)),
  };
}

function referenceCounts(spread: Spread): LoopCounts {
  const values = spread.batches * spread.inputs;
  const positions = spread.inputHeight * spread.inputWidth;
  return {
    call: 1,
    output: spread.outputPixels * spread.outputs,
    input: values * positions,
    tap: values * positions * spread.filter,
    outputOfTap: values * positions * spread.filter * spread.outputs,
    mac: values * spread.insideTaps * spread.outputs,
  };
}

function spreadCounts(spread: Spread, context: KernelContext): LoopCounts {
  const rows = spread.batches * spread.inputHeight;
  const taps = spread.filter * spread.outputs;
  const depth = spread.inputs;
  const depths: Readonly<Record<number, number>> =
    context.path === 'mve'
      ? { 16: Math.ceil(depth / 16) }
      : context.path === 'dsp'
        ? { 4: Math.floor(depth / 4), 1: depth % 4 }
        : { 1: depth };
  return {
    call: 1,
    inputRow: rows,
    ...productCounts('block', rows * Math.floor(spread.inputWidth / 2) * taps, depths),
    ...productCounts('last', rows * (spread.inputWidth % 2) * taps, depths),
    outputPixel: spread.outputPixels,
    output: spread.outputPixels * spread.outputs,
  };
}

function reversedCounts(spread: Spread, context: KernelContext): LoopCounts {
  const depth = spread.filter * spread.inputs;
  const pixels = spread.outputPixels / Math.max(1, spread.batches);
  const mve = context.path === 'mve';
  const copy = (bytes: number, times: number): LoopCounts =>
    mve ? { copyStep: times * Math.ceil(bytes / 16) } : copies(bytes, times);
  const fill = (bytes: number, times: number): LoopCounts =>
    mve ? { fillStep: times * Math.ceil(bytes / 16) } : fills(bytes, times);
  const image = sumCounts(
    { pixel: pixels, tap: pixels * spread.filter, expandBlock4: mve ? 0 : pixels * Math.floor(depth / 4) },
    { expandRest: mve ? 0 : pixels * (depth % 4) },
    copy(spread.inputs, spread.insideTaps),
    fill(depth, pixels),
    matrixColumns({ rows: pixels, outputs: spread.outputs, depth }, context.path),
  );
  return sumCounts(
    { call: 1 },
    copy(spread.inputs, spread.outputs * spread.filter),
    scaleCounts(image, spread.batches),
  );
}
