import { dimension, inputOf, outputOf } from '../operands';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { copies, fills, scaleCounts } from './copy';
import { matrixColumns, matrixTimesTransposed } from './matrix';
import { slidingReference } from './slidingReference';
import type { SlidingWindow } from './window';
import { slidingWindowOf } from './window';

/**
 * CONV_2D. The choice follows `arm_convolve_wrapper_s8` / `_s16` of CMSIS-NN 4ab83cc3 and the conditions in
 * `Include/arm_nnsupportfunctions.h`; float and the reference library run TFLM's plain loops.
 */
export function convolution(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const filter = inputOf(context, 1);
  const output = outputOf(context);
  if (input === undefined || filter === undefined || output === undefined) return undefined;
  if (filter.type !== 'int8' && filter.type !== 'float32') return undefined;
  const window = slidingWindowOf(context, input, output, [dimension(filter, 1), dimension(filter, 2)]);
  if (window === undefined) return undefined;
  const filterChannels = dimension(filter, 3);
  if (filterChannels < 1 || window.inputChannels % filterChannels !== 0) return undefined;
  if (context.library === 'reference' || input.type === 'float32') {
    return slidingReference('conv', input.type, window, { depth: filterChannels, context });
  }
  if (input.type === 'int16') return generalInt16(window, context);
  if (input.type !== 'int8') return undefined;
  return optimizedInt8(window, filterChannels, context);
}

function optimizedInt8(window: SlidingWindow, filterChannels: number, context: KernelContext): KernelCall {
  const { x, y } = window;
  const grouped = window.inputChannels !== filterChannels;
  const single = x.filter === 1 && y.filter === 1;
  if (single && x.pad === 0 && y.pad === 0 && x.dilation === 1 && y.dilation === 1 && !grouped) {
    return x.stride === 1 && y.stride === 1 ? oneByOneFast(window, context) : oneByOneStrided(window, context);
  }
  const oneByN = oneDimensional(window, grouped);
  if (oneByN && context.path === 'mve') {
    const sections = paddedSections(window);
    if (sections !== undefined) return oneByNHelium(window, sections);
  }
  const name = grouped ? 'conv grouped s8' : 'conv general s8';
  const why = grouped
    ? 'The filter sees only a group of the input channels.'
    : oneByN
      ? 'A 1xN filter on this core runs the general kernel: copy each patch, then multiply matrices.'
      : 'Neither a plain 1x1 nor a 1xN filter: each patch is copied, then matrices are multiplied.';
  return { variant: name, reason: why, counts: generalCounts(window, filterChannels, context) };
}

function oneByOneFast(window: SlidingWindow, context: KernelContext): KernelCall {
  const rows = window.batches * window.y.input * window.x.input;
  const counts = matrixTimesTransposed(
    { rows, outputs: window.outputChannels, depth: window.inputChannels },
    context.path,
  );
  return {
    variant: 'conv 1x1 s8',
    reason: '1x1 filter, stride 1, no padding: the image is multiplied as one matrix.',
    counts: { call: 1, ...counts },
  };
}

function oneByOneStrided(window: SlidingWindow, context: KernelContext): KernelCall {
  const calls = window.batches * window.y.output;
  const counts = matrixTimesTransposed(
    { rows: window.x.output, outputs: window.outputChannels, depth: window.inputChannels },
    context.path,
  );
  return {
    variant: 'conv 1x1 strided s8',
    reason: '1x1 filter with a stride: one matrix product for each output row.',
    counts: { call: 1, row: calls, ...scaleCounts(counts, calls) },
  };
}

function oneDimensional(window: SlidingWindow, grouped: boolean): boolean {
  const { x, y } = window;
  const aligned = (x.stride * window.inputChannels) % 4 === 0;
  return y.input === 1 && y.filter === 1 && x.dilation === 1 && aligned && !grouped;
}

/**
 * Output columns touching the left padding, none, and the right padding; `undefined` where the kernel gives up on them.
 */
function paddedSections(window: SlidingWindow): readonly number[] | undefined {
  const { x } = window;
  const total = (x.output - 1) * x.stride + x.filter - x.input;
  const asymmetric = total % 2;
  if (x.pad * 2 + asymmetric !== total) return undefined;
  const before = x.pad === 0 ? 0 : Math.max(1, Math.floor((x.pad + x.stride - 1) / x.stride));
  const after = x.pad + asymmetric === 0 ? 0 : Math.max(1, Math.floor((x.pad + asymmetric + x.stride - 1) / x.stride));
  const middle = Math.max(x.output - before - after, 0);
  return before + middle + after === x.output ? [before, middle, after] : undefined;
}

function oneByNHelium(window: SlidingWindow, sections: readonly number[]): KernelCall {
  const depth = window.x.filter * window.inputChannels;
  const total: Record<string, number> = { call: 1, image: window.batches };
  for (const rows of sections) {
    const counts = matrixTimesTransposed({ rows, outputs: window.outputChannels, depth }, 'mve');
    for (const [name, count] of Object.entries(counts)) {
      total[name] = (total[name] ?? 0) + count * window.batches;
    }
  }
  return {
    variant: 'conv 1xN s8',
    reason: 'Input one pixel high and a 1xN filter: padded and unpadded columns are multiplied separately.',
    counts: total,
  };
}

function generalCounts(window: SlidingWindow, filterChannels: number, context: KernelContext): LoopCounts {
  const groups = window.inputChannels / filterChannels;
  const outputs = Math.floor(window.outputChannels / groups);
  const depth = window.x.filter * window.y.filter * filterChannels;
  const images = window.batches * groups;
  const outside = window.taps - window.insideTaps;
  const copied = {
    pixel: window.pixels,
    tapInside: window.insideTaps,
    tapOutside: outside,
    ...copyCounts(filterChannels, window.insideTaps, outside, context),
  };
  const expanded: LoopCounts =
    context.path === 'mve'
      ? {}
      : { expandBlock4: window.pixels * Math.floor(depth / 4), expandRest: window.pixels * (depth % 4) };
  const multiplied = matrixColumns({ rows: window.pixels, outputs, depth }, context.path);
  return { call: 1, image: images, ...scaleCounts({ ...copied, ...expanded, ...multiplied }, images) };
}

/** Copies of `bytes` for each filter position: Helium moves 16 bytes a step, other cores use the C library. */
function copyCounts(bytes: number, inside: number, outside: number, context: KernelContext): LoopCounts {
  if (context.path === 'mve') {
    const steps = Math.ceil(bytes / 16);
    return { copyStep: inside * steps, fillStep: outside * steps };
  }
  return { ...copies(bytes, inside), ...fills(bytes, outside) };
}

function generalInt16(window: SlidingWindow, context: KernelContext): KernelCall {
  const depth = window.x.filter * window.y.filter * window.inputChannels;
  const outside = window.taps - window.insideTaps;
  const wide = inputOf(context, 2)?.type === 'int64';
  const counts = {
    pixel: window.pixels,
    tapInside: window.insideTaps,
    tapOutside: outside,
    ...copyCounts(window.inputChannels * 2, window.insideTaps, outside, context),
    ...matrixColumns({ rows: window.pixels, outputs: window.outputChannels, depth, wide }, context.path, 's16'),
    ...(wide ? { wideSum: window.pixels * window.outputChannels } : {}),
  };
  return {
    variant: 'conv s16',
    reason: '16-bit activations: each patch is copied, then matrices are multiplied.',
    counts: { call: 1, image: window.batches, ...scaleCounts(counts, window.batches) },
  };
}
