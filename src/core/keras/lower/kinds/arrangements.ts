import { numberOf, numbersIn, numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, beyond, type LayerContext } from '../context';
import { claimedFloats, floats, integer, integers, isStatic, type DraftDimension, type DraftValue } from '../draft';
import { asNumber } from './logic';
import { concatenated } from './merging';
import { repeat, slice, type AxisSlice } from './reshaping';
import { expandDims, reshapeTo, transpose } from './shapes';
import { binary } from './elementwise';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** Operations that take tensors apart, put them together, and move what is in them. */

function axisOf({ config, inputs: [input] }: LayerContext, otherwise: number, rank = input.shape.length): number {
  return axisFromFront(numberOf(config, 'axis') ?? otherwise, rank) ?? 0;
}

/** In equal parts, at places, or (`array_split`) in parts that differ by one. */
export const split =
  (isUneven: boolean): Lowering =>
  (context) => {
    const [input] = context.inputs;
    const axis = axisOf(context, 0);
    const [sections, length] = [context.config.get('indices_or_sections'), input.shape[axis]];
    if (length === null) return beyond(context, 'an open length that is split');
    if (typeof sections === 'number' && (isUneven ? sections <= length : length % sections === 0)) {
      const [least, more] = [Math.floor(length / sections), length % sections];
      const lengths = Array.from({ length: sections }, (_, part) => least + (part < more ? 1 : 0));
      return splitInto(context, input, { axis, lengths });
    }
    const cuts = numbersIn(sections)?.map((cut) => Math.min(cut < 0 ? cut + length : cut, length));
    if (cuts === undefined || typeof sections === 'number') return [];
    const lengths = [...cuts, length].map((end, part) => end - (part === 0 ? 0 : cuts[part - 1]));
    return lengths.every((each) => each > 0)
      ? splitInto(context, input, { axis, lengths })
      : beyond(context, 'a part without elements');
  };

function splitInto(
  context: LayerContext,
  input: DraftValue,
  { axis, lengths }: { readonly axis: number; readonly lengths: readonly number[] },
): readonly DraftValue[] {
  const name = `${context.scope}/split`;
  const outputs = lengths.map((length, part): DraftValue => ({
    shape: input.shape.map((each, place) => (place === axis ? length : each)),
    type: input.type,
    name: `${name}:${part}`,
  }));
  const options = { numSplits: lengths.length };
  const isEven = lengths.every((length) => length === lengths[0]);
  if (lengths.length === 1) return [input];
  const inputs = isEven ? [integer(axis), input] : [input, integers(lengths), integer(axis)];
  context.draft.addNode(isEven ? 'SPLIT' : 'SPLIT_V', inputs, { outputs, name, options });
  return outputs;
}

export function unstack(context: LayerContext): readonly DraftValue[] {
  const [input] = context.inputs;
  const axis = axisOf(context, 0);
  const count = input.shape[axis];
  if (count === null) return beyond(context, 'an open length that is taken apart');
  const shape = input.shape.filter((_, each) => each !== axis);
  const name = `${context.scope}/unstack`;
  const outputs = Array.from({ length: count }, (_, part): DraftValue => ({
    shape,
    type: input.type,
    name: `${name}:${part}`,
  }));
  context.draft.addNode('UNPACK', [input], { outputs, name, options: { num: count, axis } });
  return outputs;
}

export function stack(context: LayerContext): DraftValue {
  const { inputs } = context;
  const axis = axisOf(context, 0, inputs[0].shape.length + 1);
  const shape = [...inputs[0].shape.slice(0, axis), inputs.length, ...inputs[0].shape.slice(axis)];
  const options = { valuesCount: inputs.length, axis };
  return add(context, 'PACK', inputs, { shape, name: 'stack', type: inputs[0].type, options });
}

export const joined =
  (axis: number): Lowering =>
  (context) =>
    concatenated(context, context.inputs, numberOf(context.config, 'axis') ?? axis);

export function flip(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const rank = input.shape.length;
  const written = numbersOf(context.config, 'axis') ?? [...input.shape.keys()];
  const axes = written.map((axis) => axisFromFront(axis, rank) ?? 0).filter((axis) => input.shape[axis] !== 1);
  // One at a time, as every version of the kernel takes it.
  return axes.reduce(
    (value, axis) => add(context, 'REVERSE_V2', [value, integers([axis])], { shape: input.shape, name: 'Reverse' }),
    input,
  );
}

export function roll(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const [shift, axis] = [numberOf(context.config, 'shift'), axisOf(context, NaN)];
  const length = input.shape[axis];
  if (shift === undefined || numberOf(context.config, 'axis') === undefined || length === null) {
    return beyond(context, 'no single axis');
  }
  const first = (length - (((shift % length) + length) % length)) % length;
  if (first === 0) return input;
  const parts = partsAlong(context, axis, [{ begin: first }, { end: first }]);
  return concatenated(context, parts, axis);
}

/** Parts of the input along one axis. */
function partsAlong(context: LayerContext, axis: number, parts: readonly AxisSlice[]): readonly DraftValue[] {
  const [input] = context.inputs;
  return parts.map((part, place) => {
    const axes = input.shape.map((_, each): AxisSlice => (each === axis ? part : {}));
    return slice(context, input, axes, place === 0 ? 'slice' : `slice_${place}`);
  });
}

export function cumulated(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const written = numberOf(context.config, 'axis');
  const flat = written === undefined ? flattened(context, input) : input;
  const axis = integer(written ?? 0);
  const options = { exclusive: false, reverse: false };
  return add(context, 'CUMSUM', [flat, axis], { shape: flat.shape, name: 'Cumsum', type: flat.type, options });
}

export function flattened(context: LayerContext, input: DraftValue): DraftValue {
  const count = isStatic(input.shape) ? input.shape.reduce((product, length) => product * length, 1) : null;
  return reshapeTo(context, input, [count], 'Reshape');
}

/** Where the largest or the smallest stands. */
export const place =
  (kind: 'ARG_MAX' | 'ARG_MIN'): Lowering =>
  (context) => {
    const [input] = context.inputs;
    const written = numberOf(context.config, 'axis');
    const value = written === undefined ? flattened(context, input) : input;
    const axis = axisFromFront(written ?? 0, value.shape.length) ?? 0;
    const shape = value.shape.filter((_, each) => each !== axis);
    const options = { outputType: 'INT32' };
    const index = add(context, kind, [value, integer(axis)], { shape, name: 'ArgMax', type: 'int32', options });
    if (context.config.get('keepdims') !== true) return index;
    const kept = input.shape.map((length, each) => (written === undefined || each === axis ? 1 : length));
    return reshapeTo(context, index, kept, 'ExpandDims');
  };

export function take(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const { positional, named } = context.arguments;
  const argument = positional.at(1) ?? named.get('indices');
  const axis = numberOf(context.config, 'axis');
  if (argument === undefined || axis === undefined) return beyond(context, 'no single axis');
  const front = axisFromFront(axis, input.shape.length) ?? 0;
  const length = input.shape[front] ?? 0;
  const counted = (index: number): number => (index < 0 ? index + length : index);
  const plain = 'plain' in argument ? argument.plain : undefined;
  const list = numbersIn(plain);
  const indices =
    'shape' in argument
      ? argument
      : typeof plain === 'number'
        ? integer(counted(plain))
        : list && integers(list.map(counted));
  if (indices?.type !== 'int32') return beyond(context, 'indices of another kind');
  const shape = [...input.shape.slice(0, front), ...indices.shape, ...input.shape.slice(front + 1)];
  const options = { axis: front, batchDims: 0 };
  return add(context, 'GATHER', [input, indices], { shape, name: 'GatherV2', type: input.type, options });
}

/** 1 where an index is, 0 elsewhere. */
export function oneHot(context: LayerContext, input: DraftValue, count: number): DraftValue {
  const rank = input.shape.length;
  const whole =
    input.type === 'int32' ? input : add(context, 'CAST', [input], { shape: input.shape, type: 'int32', name: 'Cast' });
  const column = expandDims(context, whole, [rank, rank], 'ExpandDims');
  const places = integers(Array.from({ length: count }, (_, index) => index));
  const same = binary(context, 'EQUAL', [column, places], 'Equal');
  return asNumber(context, same, 'OneHot');
}

export function hot(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const axis = numberOf(context.config, 'axis') ?? -1;
  const count = numberOf(context.config, 'num_classes');
  if (count === undefined || (axis !== -1 && axis !== input.shape.length)) return beyond(context, `axis=${axis}`);
  return oneHot(context, input, count);
}

export function swapped(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const rank = input.shape.length;
  const [one, other] = ['axis1', 'axis2'].map((name) => axisFromFront(numberOf(context.config, name) ?? 0, rank) ?? 0);
  const order = [...input.shape.keys()].map((axis) => (axis === one ? other : axis === other ? one : axis));
  return transpose(context, input, order, 'transpose');
}

export function moved(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const rank = input.shape.length;
  const [from, to] = ['source', 'destination'].map((name) =>
    axisFromFront(numberOf(context.config, name) ?? NaN, rank),
  );
  if (from === undefined || to === undefined) return beyond(context, 'several axes');
  const order = [...input.shape.keys()].filter((axis) => axis !== from);
  order.splice(to, 0, from);
  return transpose(context, input, order, 'transpose');
}

/** What is on one side of the diagonal is 0. */
export const triangle =
  (isLower: boolean): Lowering =>
  (context) => {
    const [input] = context.inputs;
    const [rows, columns] = input.shape.slice(-2).map((length) => length ?? 1);
    const k = numberOf(context.config, 'k') ?? 0;
    const isKept = (row: number, column: number): boolean => (isLower ? column - row <= k : column - row >= k);
    const ones = claimedFloats(rows * columns).map((_, at) => (isKept(Math.floor(at / columns), at % columns) ? 1 : 0));
    return binary(context, 'MUL', [input, floats(ones, [rows, columns], 'const')], 'mul');
  };

export function broadcastTo(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const shape = numbersOf(context.config, 'shape');
  if (shape === undefined) return beyond(context, 'an open shape');
  return add(context, 'BROADCAST_TO', [input, integers(shape)], { shape, name: 'BroadcastTo', type: input.type });
}

/** A part that begins somewhere and has a shape. */
export function sliced(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const { positional, named } = context.arguments;
  const argument = positional.at(1) ?? named.get('start_indices');
  const begins = argument !== undefined && 'plain' in argument ? numbersIn(argument.plain) : undefined;
  const lengths = numbersOf(context.config, 'shape');
  if (begins === undefined || lengths === undefined) return beyond(context, 'a begin that is not known');
  return slice(
    context,
    input,
    lengths.map((length, axis): AxisSlice => ({
      begin: begins[axis],
      end: length === -1 ? (input.shape[axis] ?? 0) : begins[axis] + length,
    })),
    'Slice',
  );
}

export const blocks =
  (kind: 'DEPTH_TO_SPACE' | 'SPACE_TO_DEPTH'): Lowering =>
  (context) => {
    const [input] = context.inputs;
    const size = numberOf(context.config, 'block_size') ?? 1;
    const factor = kind === 'DEPTH_TO_SPACE' ? size : 1 / size;
    const [batch, height, width, channels] = input.shape;
    const by = (length: DraftDimension, times: number): DraftDimension => (length === null ? null : length * times);
    const shape = [batch, by(height, factor), by(width, factor), by(channels, 1 / (factor * factor))];
    return add(context, kind, [input], { shape, name: kind, type: input.type, options: { blockSize: size } });
  };

/** Differences of neighbours. */
export function difference(context: LayerContext): DraftValue | readonly DraftValue[] {
  if (numberOf(context.config, 'n') !== 1) return beyond(context, `n=${numberOf(context.config, 'n')}`);
  const [behind, before] = partsAlong(context, axisOf(context, -1), [{ begin: 1 }, { end: -1 }]);
  return binary(context, 'SUB', [behind, before], 'sub');
}

/** Elements along an axis that are multiplied one by one: TFLM has no operator for it. */
const mostFactors = 64;

export function product(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const keeps = context.config.get('keepdims') === true;
  const rank = input.shape.length;
  const axes = (numbersOf(context.config, 'axis') ?? [...input.shape.keys()]).map(
    (axis) => axisFromFront(axis, rank) ?? 0,
  );
  const kept = input.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  let value = input;
  for (const axis of axes) {
    const length = value.shape[axis];
    if (length === null || length > mostFactors) return beyond(context, 'more elements than are multiplied one by one');
    if (length === 1) continue;
    const parts = splitInto(context, value, { axis, lengths: Array<number>(length).fill(1) });
    value = parts
      .slice(1)
      .reduce((whole, part, index) => binary(context, 'MUL', [whole, part], `mul_${index}`), parts[0]);
  }
  const shape = keeps ? kept : kept.filter((_, axis) => !axes.includes(axis));
  return keeps ? value : reshapeTo(context, value, shape, 'Squeeze');
}

/** Each element several times. */
export function repeated(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const count = numberOf(context.config, 'repeats');
  if (count === undefined || numberOf(context.config, 'axis') === undefined) return beyond(context, 'no single axis');
  return repeat(context, input, { axis: axisOf(context, 0), count, name: 'Repeat' });
}

/** All of it several times. */
export function tiled(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const times = numbersOf(context.config, 'repeats');
  if (times?.length !== input.shape.length) return beyond(context, 'repeats of other axes');
  const shape = input.shape.map((length, axis) => (length === null ? null : length * times[axis]));
  return add(context, 'TILE', [input, integers(times)], { shape, name: 'Tile', type: input.type });
}
