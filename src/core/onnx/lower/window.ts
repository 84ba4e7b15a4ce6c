import { listOf, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import type { Padding } from '../lowering';

/** A window that goes over one axis of a picture or a sequence. */
export interface WindowSweep {
  readonly size: number;
  readonly length: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** How often it stops. */
  readonly count: number;
}

/** What a kernel that goes over spatial axes does on each: those of `sizes`, with a kernel of `lengths`. */
export function sweepsOf(
  node: OnnxNode,
  sizes: readonly number[],
  { lengths, padding }: { readonly lengths: readonly number[]; readonly padding?: Padding },
): readonly WindowSweep[] {
  if (lengths.length !== sizes.length) throw refused(node, 'its kernel has another rank than its input.');
  const strides = listOf(node, 'strides') ?? sizes.map(() => 1);
  const dilations = listOf(node, 'dilations') ?? sizes.map(() => 1);
  const pads = listOf(node, 'pads') ?? sizes.flatMap(() => [0, 0]);
  const automatic = textOf(node, 'auto_pad', 'NOTSET');
  const roundsUp = numberOf(node, 'ceil_mode', 0) === 1;
  return sizes.map((size, axis): WindowSweep => {
    const [length, stride, dilation] = [lengths[axis], strides[axis] ?? 1, dilations[axis] ?? 1];
    const reach = (length - 1) * dilation + 1;
    const extra: readonly [number, number] = [padding?.before[axis] ?? 0, padding?.after[axis] ?? 0];
    const given: readonly [number, number] = automatic.startsWith('SAME')
      ? samePads({ size: size + extra[0] + extra[1], stride, reach }, automatic === 'SAME_LOWER')
      : [pads[axis] ?? 0, pads[axis + sizes.length] ?? 0];
    const [before, after] = [given[0] + extra[0], given[1] + extra[1]];
    const room = (size + before + after - reach) / stride;
    // A last window that begins behind the end and its padding before it is left out.
    let count = (roundsUp ? Math.ceil(room) : Math.floor(room)) + 1;
    if (roundsUp && (count - 1) * stride >= size + before) count--;
    if (!(before >= 0 && after >= 0 && count > 0 && Number.isInteger(count)))
      throw refused(node, 'its kernel does not fit into its input.');
    return { size, length, stride, dilation, before, after, count };
  });
}

function samePads(
  { size, stride, reach }: { readonly size: number; readonly stride: number; readonly reach: number },
  isLower: boolean,
): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  const less = Math.floor(total / 2);
  return isLower ? [total - less, less] : [less, total - less];
}

/** What TFLite calls the padding of these sweeps; `undefined` where it has no name, and zeros are put around. */
export function paddingName(sweeps: readonly WindowSweep[]): 'SAME' | 'VALID' | undefined {
  if (sweeps.every(isValid)) return 'VALID';
  return sweeps.every(isSame) ? 'SAME' : undefined;
}

function reachOf({ length, dilation }: WindowSweep): number {
  return (length - 1) * dilation + 1;
}

function isValid(sweep: WindowSweep): boolean {
  const { size, stride, before, count } = sweep;
  return before === 0 && count === Math.floor((size - reachOf(sweep)) / stride) + 1;
}

function isSame(sweep: WindowSweep): boolean {
  const { size, stride, before, count } = sweep;
  const total = Math.max(0, (count - 1) * stride + reachOf(sweep) - size);
  return count === Math.ceil(size / stride) && before === Math.floor(total / 2);
}

/** What has to lie around an input, so that every window lies within it. */
export function neededPads(sweeps: readonly WindowSweep[]): readonly (readonly [before: number, after: number])[] {
  return sweeps.map((sweep) => {
    const { size, stride, before, count } = sweep;
    return [before, Math.max(0, (count - 1) * stride + reachOf(sweep) - size - before)] as const;
  });
}

/** Two spatial axes, the first of size one where there is but one. */
export function twoSweeps(node: OnnxNode, sweeps: readonly WindowSweep[]): readonly [WindowSweep, WindowSweep] {
  if (sweeps.length === 2) return [sweeps[0], sweeps[1]];
  const one: WindowSweep = { size: 1, length: 1, stride: 1, dilation: 1, before: 0, after: 0, count: 1 };
  if (sweeps.length === 1) return [one, sweeps[0]];
  throw refused(node, `TensorFlow Lite Micro has it for one and two spatial axes, not for ${sweeps.length}.`);
}

/** The axes of ONNX in the dimensions batch, height, width, channels. */
export function pictureDimensions(rank: number): readonly (readonly number[])[] {
  return rank === 4 ? [[0], [2], [3], [1]] : [[0], [], [2], [1]];
}
