import { spendBytes } from '../../../model/budget';
import { isMap, numberOf, numbersOf, textOf } from '../../configValues';
import { marginsOf } from '../../layers/reshaping';
import { add, type LayerContext } from '../context';
import { integer, integers, isStatic, type DraftDimension, type DraftValue } from '../draft';
import { expandDims, reshapeAtRunTime, reshapeTo, sampleElements, shapeOperator, transpose } from './shapes';

export function flatten(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const shape = [input.shape[0], sampleElements(input)] as const;
  if (isStatic(input.shape) && input.shape.length === 2) return input;
  // Keras 2 writes a constant shape however open the batch is.
  if (context.options.manner === 'ours' || context.options.flavour === 'keras3') {
    return reshapeAtRunTime(context, input, shape);
  }
  return add(context, 'RESHAPE', [input, integers([-1, shape[1]])], { shape, name: 'Reshape' });
}

export function reshape(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const rest = (context.outputs.at(0) ?? []).slice(1).map((length) => length ?? null);
  // Keras 2 leaves a length open that it is given as -1.
  const isOpen = numbersOf(context.config, 'target_shape')?.includes(-1) === true;
  if (isOpen && context.options.flavour === 'keras2') context.draft.doubts.add(context.draft.origin);
  return reshapeAtRunTime(context, input, [input.shape[0], ...rest]);
}

export function permute(context: LayerContext): DraftValue {
  const order = numbersOf(context.config, 'dims') ?? [];
  return transpose(context, context.inputs[0], [0, ...order], 'transpose');
}

export function zeroPadding(context: LayerContext, axes: number): DraftValue {
  if (axes > 2) context.draft.doubts.add(context.draft.origin);
  const [input] = context.inputs;
  const pairs = marginsOf(context.config, 'padding', axes).map((pair) => [
    pair?.at(0) ?? 0,
    pair?.at(1) ?? pair?.at(0) ?? 0,
  ]);
  return pad(context, input, [[0, 0], ...pairs, [0, 0]], 'Pad');
}

export function pad(
  context: LayerContext,
  input: DraftValue,
  pairs: readonly (readonly number[])[],
  name: string,
): DraftValue {
  const shape = input.shape.map((length, axis) => (length === null ? null : length + pairs[axis][0] + pairs[axis][1]));
  return add(context, 'PAD', [input, integers(pairs.flat(), [pairs.length, 2])], { shape, name, type: input.type });
}

/** One axis of a slice: what it takes, and how it is written. */
export interface AxisSlice {
  readonly begin?: number;
  readonly end?: number;
  readonly step?: number;
  /** Not named: all of it, with its length as the end that is masked. */
  readonly isRest?: boolean;
  /** Only one element, and the axis goes. */
  readonly isIndex?: boolean;
}

/** STRIDED_SLICE; begin and end that are not given are masked. */
export function slice(context: LayerContext, input: DraftValue, axes: readonly AxisSlice[], name: string): DraftValue {
  const mask = (isSet: (axis: AxisSlice) => boolean): number =>
    axes.reduce((bits, axis, place) => (isSet(axis) ? bits | (1 << place) : bits), 0);
  const shape: DraftDimension[] = [];
  axes.forEach(({ begin, end, step = 1, isIndex }, place) => {
    const length = input.shape[place];
    if (isIndex === true) return;
    if (length === null) {
      shape.push(null);
      return;
    }
    const at = (value: number | undefined, otherwise: number): number =>
      value === undefined ? otherwise : Math.min(Math.max(value < 0 ? value + length : value, 0), length);
    const [from, to] =
      step > 0 ? [at(begin, 0), at(end, length)] : [at(begin, length - 1), end === undefined ? -1 : at(end, -1)];
    shape.push(Math.max(0, Math.ceil((to - from) / step)));
  });
  const lists = [
    axes.map(({ begin }) => begin ?? 0),
    axes.map(({ begin, end, isIndex, isRest }, place) => {
      if (isIndex === true) return end ?? (begin ?? 0) + 1;
      return end ?? (isRest === true ? (input.shape[place] ?? 0) : 0);
    }),
    axes.map(({ step }) => step ?? 1),
  ];
  return add(context, 'STRIDED_SLICE', [input, ...lists.map((list) => integers(list))], {
    shape: [...shape, ...input.shape.slice(axes.length)],
    name,
    type: input.type,
    options: {
      beginMask: mask(({ begin }) => begin === undefined),
      endMask: mask(({ end, isIndex }) => end === undefined && isIndex !== true),
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: mask(({ isIndex }) => isIndex === true),
      offset: false,
    },
  });
}

export function cropping(context: LayerContext, axes: number): DraftValue {
  const pairs = marginsOf(context.config, 'cropping', axes);
  const cuts = pairs.map((pair): AxisSlice => {
    const [before, after] = [pair?.at(0) ?? 0, pair?.at(1) ?? 0];
    return { begin: before, ...(after > 0 && { end: -after }) };
  });
  return slice(context, context.inputs[0], [{}, ...cuts, {}], 'strided_slice');
}

/** Every element along `axis` several times: a dimension more, TILE, and back. */
export function repeat(
  context: LayerContext,
  input: DraftValue,
  { axis, count, name }: { readonly axis: number; readonly count: number; readonly name: string },
): DraftValue {
  const tall = expandDims(context, input, [axis + 1, axis + 1], `${name}/ExpandDims`);
  const times = tall.shape.map((_, each) => (each === axis + 1 ? count : 1));
  const shape = tall.shape.map((length, each) => (each === axis + 1 ? count : length));
  const tiled = add(context, 'TILE', [tall, integers(times)], { shape, name: `${name}/Tile` });
  const result = input.shape.map((length, each) => (each === axis && length !== null ? length * count : length));
  if (isStatic(result)) return reshapeTo(context, tiled, result, `${name}/Reshape_1`);
  const whole = shapeOperator(context, input, `${name}/Shape`);
  const options = { beginMask: 1, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };
  const before = add(context, 'STRIDED_SLICE', [whole, integers([0]), integers([axis]), integers([1])], {
    shape: [axis],
    type: 'int32',
    name: `${name}/strided_slice`,
    options,
  });
  const [own, ...behind] = result.slice(axis).map((length) => length ?? 1);
  const rest = behind.length === 0 ? [] : [integers(behind)];
  const target = add(context, 'CONCATENATION', [before, integers([own]), ...rest], {
    shape: [result.length],
    type: 'int32',
    name: `${name}/concat`,
    options: { axis: 0, fusedActivationFunction: 'NONE' },
  });
  // What the slice of a shape gives is not followed but for the batch.
  const known = result.map((length, each) => (each < axis ? null : length));
  return add(context, 'RESHAPE', [tiled, target], { shape: known, name: `${name}/Reshape_1` });
}

export function repeatVector(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const count = numberOf(context.config, 'n') ?? 1;
  if (isKeras2(context)) {
    const tall = expandDims(context, input, [1, 1], 'ExpandDims');
    const shape = [input.shape[0], count, input.shape[1]];
    return add(context, 'TILE', [tall, integers([1, count, 1])], { shape, name: 'Tile' });
  }
  const flat = reshapeAtRunTime(context, input, [input.shape[0], 1, input.shape[1]]);
  return repeat(context, flat, { axis: 1, count, name: 'Repeat' });
}

export function upSampling1d(context: LayerContext): DraftValue {
  const count = numbersOf(context.config, 'size')?.at(0) ?? 2;
  if (isKeras2(context)) return repeatedParts(context, count);
  return repeat(context, context.inputs[0], { axis: 1, count, name: 'Repeat' });
}

function isKeras2({ options }: LayerContext): boolean {
  return options.flavour === 'keras2' && options.manner === 'official';
}

/** About what one value in the draft of a model takes, and one more input of an operator. */
const bytesOfPart = 500;

/** Keras 2 takes the sequence apart, and puts every element several times. */
function repeatedParts(context: LayerContext, count: number): DraftValue {
  const [input] = context.inputs;
  const [batch, length, depth] = input.shape;
  spendBytes((length ?? 1) * (1 + count) * bytesOfPart);
  const parts = Array.from({ length: length ?? 1 }, (_, part): DraftValue => ({
    shape: [batch, 1, depth],
    type: input.type,
    name: `${context.scope}/split:${part}`,
  }));
  const options = { numSplits: parts.length };
  context.draft.addNode('SPLIT', [integer(1), input], { outputs: parts, name: `${context.scope}/split`, options });
  const every = parts.flatMap((part) => Array<DraftValue>(count).fill(part));
  return add(context, 'CONCATENATION', every, {
    shape: [batch, every.length, depth],
    name: 'concat',
    options: { axis: 1, fusedActivationFunction: 'NONE' },
  });
}

export function upSampling2d(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const factors = numbersOf(context.config, 'size') ?? [2, 2];
  const interpolation = textOf(context.config, 'interpolation') ?? 'nearest';
  const declared = context.outputs.at(0) ?? [];
  const lengths = [1, 2].map((axis) => declared[axis] ?? (input.shape[axis] ?? 1) * factors[axis - 1]);
  // The converter would work out what it has not followed.
  if ([1, 2].some((axis) => input.shape[axis] === null)) context.draft.doubts.add(context.draft.origin);
  const isRepeated = interpolation === 'nearest' && context.options.flavour === 'keras3';
  if (!isRepeated || context.options.manner === 'ours') return resize(context, input, lengths, interpolation);
  const tall = repeat(context, input, { axis: 1, count: factors[0], name: 'Repeat' });
  return repeat(context, tall, { axis: 2, count: factors[1], name: 'Repeat_1' });
}

export function resize(context: LayerContext, input: DraftValue, lengths: readonly number[], how: string): DraftValue {
  const shape = [input.shape[0], ...lengths, input.shape[3]];
  const isNearest = how === 'nearest';
  return add(context, isNearest ? 'RESIZE_NEAREST_NEIGHBOR' : 'RESIZE_BILINEAR', [input, integers(lengths)], {
    shape,
    name: `resize/${isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear'}`,
    options: { alignCorners: false, halfPixelCenters: true },
  });
}

/** Rows of a table, by number; Keras 3 counts negative ones from the end. */
export function embedding(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const table = context.weight('embeddings');
  const count = table.shape[0] ?? 1;
  const whole =
    input.type === 'int32' ? input : add(context, 'CAST', [input], { shape: input.shape, type: 'int32', name: 'Cast' });
  const rows =
    context.options.flavour === 'keras3' && context.options.manner === 'official'
      ? wrapped(context, whole, count)
      : whole;
  return add(context, 'GATHER', [table, rows], {
    shape: [...input.shape, table.shape[1]],
    name: 'GatherV2',
    options: { axis: 0, batchDims: 0 },
  });
}

function wrapped(context: LayerContext, rows: DraftValue, count: number): DraftValue {
  const { shape } = rows;
  const isNegative = add(context, 'LESS', [rows, integer(0)], { shape, type: 'bool', name: 'Less' });
  const options = { fusedActivationFunction: 'NONE', potScaleInt16: true };
  const moved = add(context, 'ADD', [rows, integer(count)], { shape, type: 'int32', name: 'add', options });
  const kind = isStatic(shape) ? 'SELECT' : 'SELECT_V2';
  return add(context, kind, [isNegative, moved, rows], { shape, type: 'int32', name: 'SelectV2' });
}

/** A key of `x[...]` for each axis; `undefined` where one is not known here. */
export function sliceOf(key: unknown): AxisSlice | undefined {
  if (typeof key === 'number') return { begin: key, isIndex: true };
  if (!isMap(key as never)) return undefined;
  const given = (name: string): number | undefined => {
    const value = (key as ReadonlyMap<string, unknown>).get(name);
    return typeof value === 'number' ? value : undefined;
  };
  const [begin, end, step] = [given('start'), given('stop'), given('step')];
  return {
    ...(begin !== undefined && { begin }),
    ...(end !== undefined && { end }),
    ...(step !== undefined && { step }),
  };
}
