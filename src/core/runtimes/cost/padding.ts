import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { bitsPerElement } from '../../model/dataType';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { constantIntegers } from './kernelCall';
import { copies, fills, scaleCounts, sumCounts } from './copy';

/** One axis of a padded image: elements before, inside, and after. */
interface PaddedAxis {
  readonly before: number;
  readonly size: number;
  readonly after: number;
}

/**
 * PAD, PADV2 (the same kernel, which reads its value from a third tensor), MIRROR_PAD. TFLM's loop (`reference/pad.h`)
 * tests every output element against all paddings; CMSIS-NN's `arm_pad_s8` fills and copies whole rows where the
 * channels are not padded.
 */
export function padding(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const { kind } = context.operator;
  if (kind === 'MIRROR_PAD') {
    return {
      variant: `mirror pad ${String(bitsPerElement[input.type])} bit`,
      reason: 'The source of every output element is computed axis by axis.',
      counts: { call: 1, element: elementsOf(output), elementAxis: elementsOf(output) * input.shape.length },
      shared: true,
    };
  }
  const axes = paddedAxes(context);
  if (axes === undefined) return undefined;
  if (context.library === 'cmsis_nn' && input.type === 'int8') return rows(axes, context);
  return {
    variant: `pad reference ${String(bitsPerElement[input.type])} bit`,
    reason: 'Every output element is tested against the paddings.',
    counts: { ...testedCounts(axes), ...(kind === 'PADV2' ? { value: 1 } : {}) },
  };
}

/** Batch, height, width and channels of the padded tensor; shapes of fewer axes are filled up in front. */
function paddedAxes(context: KernelContext): readonly PaddedAxis[] | undefined {
  const input = inputOf(context, 0);
  const pads = constantIntegers(inputOf(context, 1));
  if (input === undefined || pads === undefined || input.shape.length > 4) return undefined;
  const missing = 4 - input.shape.length;
  return [0, 1, 2, 3].map((at) => {
    const axis = at - missing;
    if (axis < 0) return { before: 0, size: 1, after: 0 };
    const [before, after] = [pads[axis * 2] ?? 0, pads[axis * 2 + 1] ?? 0];
    return { before: Math.max(0, before), size: dimension(input, axis), after: Math.max(0, after) };
  });
}

function whole(axis: PaddedAxis | undefined): number {
  return axis === undefined ? 1 : axis.before + axis.size + axis.after;
}

/** Elements by the first axis on which they fall into the padding, in the order in which the loop tests. */
function testedCounts(axes: readonly PaddedAxis[]): LoopCounts {
  const counts: Record<string, number> = { call: 1 };
  let inside = 1;
  let loops = 1;
  axes.forEach((axis, level) => {
    const rest = axes.slice(level + 1).reduce((product, next) => product * whole(next), 1);
    counts[`before${String(level)}`] = inside * axis.before * rest;
    counts[`after${String(level)}`] = inside * axis.after * rest;
    inside *= axis.size;
    loops *= whole(axis);
    if (level < axes.length - 1) counts[`level${String(level)}`] = loops;
  });
  return { ...counts, inside };
}

function rows(axes: readonly PaddedAxis[], context: KernelContext): KernelCall {
  const [batch, height, width, channels] = axes as [PaddedAxis, PaddedAxis, PaddedAxis, PaddedAxis];
  const column = whole(channels);
  const row = column * whole(width);
  const image = row * whole(height);
  const lines = batch.size * height.size;
  const pixels = lines * width.size;
  const fill = (bytes: number, times: number): LoopCounts =>
    context.path === 'mve' ? { fill: times, fillStep: Math.ceil(bytes / 16) * times } : fills(bytes, times);
  const copy = (bytes: number, times: number): LoopCounts =>
    context.path === 'mve' ? { copy: times, copyStep: Math.ceil(bytes / 16) * times } : copies(bytes, times);
  const framed = sumCounts(
    fill(image * batch.before, 1),
    fill(image * batch.after, 1),
    fill(row * height.before, batch.size),
    fill(row * height.after, batch.size),
    fill(column * width.before, lines),
    fill(column * width.after, lines),
  );
  const plain = channels.before + channels.after === 0;
  const inner = plain
    ? copy(width.size * channels.size, lines)
    : sumCounts(fill(channels.before, pixels), copy(channels.size, pixels), fill(channels.after, pixels));
  return {
    variant: plain ? 'pad s8' : 'pad channels s8',
    reason: plain ? 'Channels are not padded: whole rows are copied.' : 'Channels are padded: pixel by pixel.',
    counts: sumCounts({ call: 1, image: batch.size, line: lines }, framed, scaleCounts(inner, 1)),
  };
}
