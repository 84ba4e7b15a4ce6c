import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { bitsPerElement } from '../../model/dataType';
import { hasUnknownValue } from '../../model/constants';
import type { Tensor } from '../../model/model';
import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { constantIntegers } from './kernelCall';
import { copies, sumCounts } from './copy';
import { spoken } from './elementwise';

function bytesOf(tensor: Tensor): number {
  return (elementsOf(tensor) * bitsPerElement[tensor.type]) / 8;
}

/** Product of the dimensions before `axis`. */
function outerOf(tensor: Tensor, axis: number): number {
  // A file may name any axis: what is walked is the shape.
  return tensor.shape.slice(0, axis).reduce((product, length) => product * length, 1);
}

/** RESHAPE, EXPAND_DIMS, SQUEEZE, and the copies of READ_VARIABLE and ASSIGN_VARIABLE: one copy of all bytes. */
export function wholeCopy(context: KernelContext): KernelCall | undefined {
  const assigns = context.operator.kind === 'ASSIGN_VARIABLE';
  const tensor = assigns ? inputOf(context, 1) : outputOf(context);
  if (tensor === undefined) return undefined;
  return {
    variant: spoken(context.operator.kind),
    reason: 'One copy of all bytes.',
    counts: { call: 1, ...copies(bytesOf(tensor), 1) },
    shared: true,
  };
}

/** CONCATENATION (`reference/concatenation.h`): for each outer index one copy of every input. */
export function concatenation(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const axis = resolveAxis(numberOption(context.operator, 'axis', 0), output.shape.length);
  if (axis === undefined) return undefined;
  const outer = outerOf(output, axis);
  let counts: LoopCounts = { call: 1, outer, input: context.operator.inputs.length };
  for (let i = 0; i < context.operator.inputs.length; i++) {
    const input = inputOf(context, i);
    if (input === undefined) return undefined;
    counts = sumCounts(counts, copies(bytesOf(input) / Math.max(1, outer), outer));
  }
  return { variant: 'concatenation', reason: 'One copy for each input and outer index.', counts, shared: true };
}

/** PACK, UNPACK, SPLIT, SPLIT_V: for each part and outer index a loop over the elements. */
export function parts(context: KernelContext): KernelCall | undefined {
  const packs = context.operator.kind === 'PACK';
  const whole = packs ? outputOf(context) : inputOf(context, splitPosition(context));
  if (whole === undefined) return undefined;
  const axis = axisOf(context, whole);
  if (axis === undefined) return undefined;
  const number = packs ? context.operator.inputs.length : context.operator.outputs.length;
  return {
    variant: `${spoken(context.operator.kind)} ${whole.type}`,
    reason: 'One loop for each part and outer index.',
    counts: { call: 1, part: number, copy: number * outerOf(whole, axis), element: elementsOf(whole) },
    shared: true,
  };
}

function splitPosition(context: KernelContext): number {
  return context.operator.kind === 'SPLIT' ? 1 : 0;
}

function axisOf(context: KernelContext, whole: Tensor): number | undefined {
  const { kind } = context.operator;
  if (kind === 'PACK' || kind === 'UNPACK') {
    return resolveAxis(numberOption(context.operator, 'axis', 0), whole.shape.length);
  }
  const axis = constantIntegers(inputOf(context, kind === 'SPLIT' ? 0 : 2))?.[0];
  return axis === undefined ? undefined : resolveAxis(axis, whole.shape.length);
}

/** STRIDED_SLICE (`reference/strided_slice.h`): five nested loops; the innermost copies a run where its stride is 1. */
export function stridedSlice(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  const strides = constantIntegers(inputOf(context, 3));
  if (output === undefined || hasUnknownValue(inputOf(context, 3))) return undefined;
  const sizes = fiveSizes(keptSizes(output, numberOption(context.operator, 'shrinkAxisMask', 0)));
  const nest = nestCounts(sizes);
  const last = sizes.at(-1) ?? 1;
  const width = bitsPerElement[output.type] / 8;
  if (strides !== undefined && strides.at(-1) !== 1) {
    return {
      variant: 'strided slice strided',
      reason: 'The innermost stride is not 1: element by element.',
      counts: { call: 1, ...nest, element: elementsOf(output) },
      shared: true,
    };
  }
  return {
    variant: 'strided slice',
    reason: 'The innermost stride is 1: runs of elements are copied.',
    counts: { call: 1, ...nest, ...copies(last * width, elementsOf(output) / Math.max(1, last)) },
    shared: true,
  };
}

/** Sizes before the axes of `mask` were dropped from the output. */
function keptSizes(output: Tensor, mask: number): readonly number[] {
  const sizes: number[] = [];
  let next = 0;
  for (let axis = 0; axis < 5 && next < output.shape.length + 5; axis++) {
    if (((mask >> axis) & 1) === 1) sizes.push(1);
    else if (next < output.shape.length) sizes.push(dimension(output, next++));
  }
  return sizes;
}

function fiveSizes(sizes: readonly number[]): readonly number[] {
  return [...new Array<number>(Math.max(0, 5 - sizes.length)).fill(1), ...sizes];
}

/** How often the bodies of nested loops over `sizes` run, from the second outermost to the one before the innermost. */
function nestCounts(sizes: readonly number[]): LoopCounts {
  const counts: Record<string, number> = {};
  let product = 1;
  sizes.slice(0, -1).forEach((size, level) => {
    product *= size;
    counts[`level${String(level + 1)}`] = product;
  });
  return counts;
}

/** SLICE (`reference/slice.h`): five nested loops that copy element by element. */
export function slice(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const sizes = fiveSizes(output.shape.map((_, axis) => dimension(output, axis)));
  return {
    variant: `slice ${output.type}`,
    reason: 'Nested loops over the output.',
    counts: { call: 1, ...nestCounts(sizes), element: elementsOf(output) },
    shared: true,
  };
}

/**
 * TRANSPOSE (`reference/transpose.h`): one recursive call for each outer index; CMSIS-NN has a kernel of its own for
 * int8.
 */
export function transpose(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const rank = output.shape.length;
  let runs = 1;
  let branches = 0;
  for (let axis = 0; axis < rank - 1; axis++) {
    branches += runs;
    runs *= dimension(output, axis);
  }
  const own = output.type === 'int8';
  return {
    variant: `transpose ${output.type}${own && context.library === 'cmsis_nn' ? ` rank ${String(rank)}` : ''}`,
    reason: 'Nested loops over the output.',
    counts: { call: 1, axis: rank, loop: branches, run: runs, element: elementsOf(output) },
    ...(own ? {} : { shared: true }),
  };
}

/** GATHER (`gather.cc`): one copy for each outer index and each gathered index. */
export function gather(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const axis = resolveAxis(numberOption(context.operator, 'axis', 0), input.shape.length);
  if (axis === undefined) return undefined;
  let inner = 1;
  for (let i = axis + 1; i < input.shape.length; i++) inner *= dimension(input, i);
  const outer = outerOf(input, axis);
  const runs = elementsOf(output) / Math.max(1, inner);
  return {
    variant: `gather ${input.type}`,
    reason: 'One copy for each index.',
    counts: { call: 1, outer, ...copies((inner * bitsPerElement[input.type]) / 8, runs) },
    shared: true,
  };
}

/**
 * EMBEDDING_LOOKUP (`embedding_lookup.cc`): one copy for each row; rows of int8 are converted where the output is
 * float.
 */
export function embeddingLookup(context: KernelContext): KernelCall | undefined {
  const rows = inputOf(context, 0);
  const table = inputOf(context, 1);
  const output = outputOf(context);
  if (rows === undefined || table === undefined || output === undefined) return undefined;
  const count = elementsOf(rows);
  if (table.type !== output.type) {
    return {
      variant: `embedding lookup ${table.type} to ${output.type}`,
      reason: 'Every row is converted element by element.',
      counts: { call: 1, row: count, element: elementsOf(output) },
      shared: true,
    };
  }
  const bytes = (elementsOf(output) / Math.max(1, count)) * (bitsPerElement[output.type] / 8);
  return {
    variant: 'embedding lookup',
    reason: 'One copy for each row.',
    counts: { call: 1, ...copies(bytes, count) },
    shared: true,
  };
}

/** GATHER_ND (`gather_nd.cc`): for each slice its place is worked out, then a loop copies its elements. */
export function gatherNd(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const indices = inputOf(context, 1);
  const output = outputOf(context);
  if (input === undefined || indices === undefined || output === undefined) return undefined;
  const slices = elementsOf(indices) / Math.max(1, dimension(indices, -1));
  return {
    variant: `gather nd ${input.type}`,
    reason: 'One loop for each slice.',
    counts: {
      call: 1,
      axis: input.shape.length,

      slice: slices,
      index: elementsOf(indices),
      element: elementsOf(output),
    },
    shared: true,
  };
}

/** DYNAMIC_UPDATE_SLICE (`dynamic_update_slice.cc`): a copy of the whole input, then one of each row of the update. */
export function dynamicUpdateSlice(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const update = inputOf(context, 1);
  if (input === undefined || update === undefined) return undefined;
  const row = dimension(update, -1);
  const rows = elementsOf(update) / Math.max(1, row);
  const whole = copies(bytesOf(input), 1);
  return {
    variant: 'dynamic update slice',
    reason: 'The input is copied as a whole, then the update row by row.',
    counts: {
      call: 1,
      axis: input.shape.length,
      row: rows,
      ...sumCounts(whole, copies(bytesOf(update) / Math.max(1, rows), rows)),
    },
    shared: true,
  };
}

/** Axes that `broadcast_to.cc` fills every shape up to. */
const broadcastAxes = 5;

/**
 * BROADCAST_TO (`reference/broadcast_to.h`): down to the last axis that grows, each input element's run is copied as
 * often as that axis is long; what an outer axis repeats is copied from the output itself.
 */
export function broadcastTo(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const sizes = output.shape.map((_, axis) => dimension(output, axis));
  const own = sizes.map((_, axis) => dimension(input, axis - sizes.length));
  const last = Math.max(-1, ...sizes.map((size, axis) => (size === own[axis] ? -1 : axis)));
  const width = bitsPerElement[output.type] / 8;
  let counts: LoopCounts = last < 0 ? copies(bytesOf(output), 1) : {};
  let visits = Math.max(0, broadcastAxes - sizes.length);
  let bytes = bytesOf(output);
  let times = 1;
  let grown = 0;
  sizes.slice(0, last + 1).forEach((size, axis) => {
    bytes /= Math.max(1, size);
    const repeats = axis === last ? size : own[axis] === size ? 0 : size - 1;
    counts = sumCounts(counts, copies(Math.max(width, bytes), times * repeats));
    if (repeats > 0) grown += times;
    if (axis < last) times *= own[axis] ?? 1;
    visits += axis < last ? times : 0;
  });
  return {
    variant: 'broadcast to',
    reason: 'Runs are copied as often as an axis repeats them.',
    counts: { call: 1, visit: visits, grown, ...counts },
    shared: true,
  };
}

/** Kernels that visit every output element in nested loops: SPACE_TO_DEPTH, RESIZE … */
export function visitor(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const count = elementsOf(output);
  const last = Math.max(1, dimension(output, -1));
  return {
    variant: `${spoken(context.operator.kind)} ${output.type}`,
    reason: 'Nested loops over the output.',
    counts: { call: 1, line: count / last / Math.max(1, dimension(output, -2)), row: count / last, element: count },
    shared: true,
  };
}

/** Nothing where there is no such axis: loops begin at it. */
function resolveAxis(axis: number, rank: number): number | undefined {
  const counted = axis < 0 ? axis + rank : axis;
  return counted >= 0 && counted < rank ? counted : undefined;
}
