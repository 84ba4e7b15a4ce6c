import { numberOf, numbersOf, textOf } from '../../configValues';
import { windowLength } from '../../dimensions';
import { marginsOf } from '../../layers/reshaping';
import { beyond, derived, transposed, type LayerContext } from '../context';
import { claimedFloats, floats, integers, real, type DraftDimension, type DraftValue } from '../draft';
import { finished, slide } from './convolution';
import { binary } from './elementwise';
import { concatenated } from './merging';
import { pool2d, type PoolKind } from './pooling';
import { pad, slice, type AxisSlice } from './reshaping';
import { reshapeTo } from './shapes';

/**
 * Layers over three axes, for which TFLM has no operators: the first of them goes into the batch of operators over two,
 * and what a window covers of it is put side by side, or joined one by one. All of it differs from the official file.
 */

interface Depth {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: string;
}

/** Edges in front of the first axis and behind it, so that the window begins as TensorFlow lets it. */
function edgesOf(length: number, { size, stride, dilation, padding }: Depth): readonly [number, number] {
  if (padding !== 'same') return [0, 0];
  const needed = (Math.ceil(length / stride) - 1) * stride + (size - 1) * dilation + 1 - length;
  const before = Math.floor(Math.max(needed, 0) / 2);
  return [before, Math.max(needed, 0) - before];
}

/** The first axis apart from all behind it: TFLM pads and slices four dimensions at most. */
function asLine(context: LayerContext, input: DraftValue): DraftValue {
  const [batch, length, ...rest] = input.shape;
  return reshapeTo(context, input, [batch, length, rest.reduce(times, 1)], 'Line');
}

/** For each place in the window, what stands there for all of its positions. */
function covered(context: LayerContext, input: DraftValue, depth: Depth): readonly DraftValue[] {
  const { size, stride, dilation } = depth;
  const length = input.shape[1] ?? 1;
  const count = windowLength(length, { size, stride, dilation, padding: 'valid' }) ?? 1;
  return Array.from({ length: size }, (_, place) => {
    const begin = place * dilation;
    const along: AxisSlice = { begin, end: begin + (count - 1) * stride + 1, step: stride };
    return slice(context, input, [{}, along, {}], `strided_slice_${place}`);
  });
}

function times(batch: DraftDimension, length: DraftDimension): DraftDimension {
  return batch === null || length === null ? null : batch * length;
}

/** The first spatial axis as a part of the batch. */
function flat(context: LayerContext, input: DraftValue, name: string): DraftValue {
  const [batch, length, ...rest] = input.shape;
  return reshapeTo(context, input, [times(batch, length), ...rest], name);
}

/** Back to five dimensions. */
function deep(context: LayerContext, value: DraftValue, length: DraftDimension): DraftValue {
  const shape = [context.inputs[0].shape[0], length, ...value.shape.slice(1)];
  return reshapeTo(context, value, shape, 'Reshape_1');
}

export function convolution3d(context: LayerContext): DraftValue | readonly DraftValue[] {
  const { config, draft } = context;
  const [input] = context.inputs;
  draft.doubts.add(draft.origin);
  if ((numberOf(config, 'groups') ?? 1) !== 1) return beyond(context, `groups=${numberOf(config, 'groups')}`);
  const kernel = context.weight('kernel');
  const [size, height, width, channels, filters] = kernel.shape.map((length) => length ?? 1);
  const ones = [1, 1, 1];
  const strides = numbersOf(config, 'strides') ?? ones;
  const dilation = numbersOf(config, 'dilation_rate') ?? ones;
  const padding = textOf(config, 'padding') ?? 'valid';
  const own: Depth = { size, stride: strides[0], dilation: dilation[0], padding };
  const edges = edgesOf(input.shape[1] ?? 1, own);
  const none = [0, 0];
  const line = asLine(context, input);
  const padded = edges[0] + edges[1] === 0 ? line : pad(context, line, [none, edges, none], 'Pad');
  const layers = covered(context, padded, own);
  const count = layers[0].shape[1];
  const parts = layers.map((part, place) =>
    reshapeTo(context, part, [times(part.shape[0], count), ...input.shape.slice(2)], `Reshape_${place + 2}`),
  );
  const beside = parts.length === 1 ? parts[0] : concatenated(context, parts, 3);
  const filter = derived(
    transposed(kernel, [4, 1, 2, 0, 3]),
    [filters, height, width, size * channels],
    (values) => values,
  );
  const window = { kernel: [height, width], strides: strides.slice(1), dilation: dilation.slice(1), padding };
  const slid = slide(context, beside, { filter, channels: filters, window, name: 'Conv3D' });
  return finished(context, deep(context, slid, count));
}

export const pool3d =
  (kind: PoolKind) =>
  (context: LayerContext): DraftValue => {
    const { config, draft } = context;
    const [input] = context.inputs;
    draft.doubts.add(draft.origin);
    const size = numbersOf(config, 'pool_size') ?? [2, 2, 2];
    const strides = numbersOf(config, 'strides') ?? size;
    const inner = new Map(config).set('pool_size', size.slice(1)).set('strides', strides.slice(1));
    const pooled = pool2d(kind)({ ...context, config: inner, inputs: [flat(context, input, 'Reshape')] });
    const whole = deep(context, pooled, input.shape[1]);
    const own: Depth = {
      size: size[0],
      stride: strides[0],
      dilation: 1,
      padding: textOf(config, 'padding') ?? 'valid',
    };
    const made = joined(context, asLine(context, whole), { kind, own });
    return reshapeTo(context, made, [...made.shape.slice(0, 2), ...whole.shape.slice(2)], 'Reshape_2');
  };

/** The largest or the mean of what a window covers along the first axis. */
function joined(
  context: LayerContext,
  whole: DraftValue,
  { kind, own }: { readonly kind: PoolKind; readonly own: Depth },
): DraftValue {
  const length = whole.shape[1] ?? 1;
  const edges = edgesOf(length, own);
  const parts = covered(context, edged(context, whole, { kind, edges }), own);
  const operator = kind === 'MAX_POOL_2D' ? 'MAXIMUM' : 'ADD';
  const made = parts.slice(1).reduce((all, part, at) => binary(context, operator, [all, part], `join_${at}`), parts[0]);
  if (kind === 'MAX_POOL_2D') return made;
  const count = made.shape[1] ?? 1;
  const shares = claimedFloats(count).map((_, at) => {
    const begin = at * own.stride - edges[0];
    return 1 / (Math.min(begin + own.size, length) - Math.max(begin, 0));
  });
  return binary(context, 'MUL', [made, floats(shares, [count, 1], 'shares')], 'mean');
}

/** Far below all numbers: an edge is never the largest. */
const least = -3e38;

function edged(
  context: LayerContext,
  whole: DraftValue,
  { kind, edges }: { readonly kind: PoolKind; readonly edges: readonly [number, number] },
): DraftValue {
  if (edges[0] + edges[1] === 0) return whole;
  const none = [0, 0];
  const pairs = [none, edges, none];
  const made = pad(context, whole, pairs, 'Pad');
  if (kind === 'AVERAGE_POOL_2D') return made;
  const { nodes } = context.draft;
  const inputs = [whole, integers(pairs.flat(), [3, 2]), real(least)];
  nodes[nodes.length - 1] = { ...nodes[nodes.length - 1], kind: 'PADV2', inputs };
  return made;
}

/** Every element several times along each axis: beside itself, in four dimensions. */
export function upSampling3d(context: LayerContext): DraftValue {
  const { draft, config } = context;
  draft.doubts.add(draft.origin);
  const factors = numbersOf(config, 'size') ?? [2, 2, 2];
  return factors.reduce((value, factor, at) => {
    if (factor === 1) return value;
    const axis = at + 1;
    const { shape } = value;
    const count = (lengths: readonly DraftDimension[]): DraftDimension => lengths.reduce(times, 1);
    const line = [count(shape.slice(0, axis)), shape[axis], 1, count(shape.slice(axis + 1))];
    const tall = reshapeTo(context, value, line, `Reshape_${at}`);
    const wide = concatenated(context, Array<DraftValue>(factor).fill(tall), 2);
    const whole = shape.map((length, place) => (place === axis ? times(length, factor) : length));
    return reshapeTo(context, wide, whole, `Reshape_${at}_1`);
  }, context.inputs[0]);
}

/** Windows of equal size, so many that each gives one element of the output. */
export const adaptivePool =
  (kind: PoolKind, axes: 1 | 2 | 3) =>
  (context: LayerContext): DraftValue | readonly DraftValue[] => {
    const { config, draft } = context;
    const [input] = context.inputs;
    draft.doubts.add(draft.origin);
    const given = numbersOf(config, 'output_size') ?? [1];
    const asked = given.length === 1 ? Array<number>(axes).fill(given[0]) : given;
    const sizes = asked.map((count, axis) => (input.shape[axis + 1] ?? 1) / count);
    if (!sizes.every(Number.isInteger)) {
      return beyond(context, `output_size=${asked.join('x')}, whose windows are not all of one size`);
    }
    const inner = new Map(config).set('pool_size', sizes).set('strides', sizes).set('padding', 'valid');
    if (axes === 3) return pool3d(kind)({ ...context, config: inner });
    if (axes === 2) return pool2d(kind)({ ...context, config: inner });
    const tall = reshapeTo(context, input, [input.shape[0], 1, ...input.shape.slice(1)], 'ExpandDims');
    const line = new Map(inner).set('pool_size', [1, sizes[0]]).set('strides', [1, sizes[0]]);
    const pooled = pool2d(kind)({ ...context, config: line, inputs: [tall] });
    return reshapeTo(context, pooled, [pooled.shape[0], ...pooled.shape.slice(2)], 'Squeeze');
  };

/** A part along each axis, one after the other: TFLM slices four dimensions at most. */
export function cropping3d(context: LayerContext): DraftValue {
  const { draft, config } = context;
  draft.doubts.add(draft.origin);
  return marginsOf(config, 'cropping', 3).reduce((value, margin, at) => {
    const [before, after] = [margin?.at(0) ?? 0, margin?.at(1) ?? 0];
    const axis = at + 1;
    const { shape } = value;
    const length = shape[axis] ?? 1;
    if (before + after === 0) return value;
    const count = (lengths: readonly DraftDimension[]): DraftDimension => lengths.reduce(times, 1);
    const line = [count(shape.slice(0, axis)), length, count(shape.slice(axis + 1))];
    const tall = reshapeTo(context, value, line, `Reshape_${at}`);
    const part = slice(context, tall, [{}, { begin: before, end: length - after }, {}], `strided_slice_${at}`);
    const whole = shape.map((each, place) => (place === axis ? length - before - after : each));
    return reshapeTo(context, part, whole, `Reshape_${at}_1`);
  }, context.inputs[0]);
}
