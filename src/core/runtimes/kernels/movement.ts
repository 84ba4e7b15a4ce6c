import { bitsPerElement } from '../../model/dataType';
import type { Tensor } from '../../model/model';
import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext } from './kernelCall';
import { constantIntegers, dimension, elements, inputTensor, outputTensor } from './kernelCall';
import { copies } from './copy';
import { spoken } from './elementwise';

function bytesOf(tensor: Tensor): number {
  return (elements(tensor) * bitsPerElement[tensor.type]) / 8;
}

/** Product of the dimensions before `axis`. */
function outerOf(tensor: Tensor, axis: number): number {
  let product = 1;
  for (let i = 0; i < axis; i++) product *= dimension(tensor, i);
  return product;
}

/** RESHAPE, EXPAND_DIMS, SQUEEZE, and the copies of READ_VARIABLE and ASSIGN_VARIABLE: one copy of all bytes. */
export function wholeCopy(context: KernelContext): KernelCall | undefined {
  const assigns = context.operator.kind === 'ASSIGN_VARIABLE';
  const tensor = assigns ? inputTensor(context, 1) : outputTensor(context);
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
  const output = outputTensor(context);
  if (output === undefined) return undefined;
  const axis = resolved(numberOption(context.operator, 'axis', 0), output.shape.length);
  const outer = outerOf(output, axis);
  let counts: Record<string, number> = { call: 1, outer, input: context.operator.inputs.length };
  for (let i = 0; i < context.operator.inputs.length; i++) {
    const input = inputTensor(context, i);
    if (input === undefined) return undefined;
    counts = sum(counts, copies(bytesOf(input) / Math.max(1, outer), outer));
  }
  return { variant: 'concatenation', reason: 'One copy for each input and outer index.', counts, shared: true };
}

/** PACK, UNPACK, SPLIT, SPLIT_V: for each part and outer index a loop over the elements. */
export function parts(context: KernelContext): KernelCall | undefined {
  const packs = context.operator.kind === 'PACK';
  const whole = packs ? outputTensor(context) : inputTensor(context, splitPosition(context));
  if (whole === undefined) return undefined;
  const axis = axisOf(context, whole);
  if (axis === undefined) return undefined;
  const number = packs ? context.operator.inputs.length : context.operator.outputs.length;
  return {
    variant: `${spoken(context.operator.kind)} ${whole.type}`,
    reason: 'One loop for each part and outer index.',
    counts: { call: 1, part: number, copy: number * outerOf(whole, axis), element: elements(whole) },
    shared: true,
  };
}

function splitPosition(context: KernelContext): number {
  return context.operator.kind === 'SPLIT' ? 1 : 0;
}

function axisOf(context: KernelContext, whole: Tensor): number | undefined {
  const { kind } = context.operator;
  if (kind === 'PACK' || kind === 'UNPACK') {
    return resolved(numberOption(context.operator, 'axis', 0), whole.shape.length);
  }
  const axis = constantIntegers(inputTensor(context, kind === 'SPLIT' ? 0 : 2))?.[0];
  return axis === undefined ? undefined : resolved(axis, whole.shape.length);
}

/** STRIDED_SLICE and SLICE (`reference/strided_slice.h`): five nested loops; the innermost copies a run where its stride is 1. */
export function slice(context: KernelContext): KernelCall | undefined {
  const output = outputTensor(context);
  if (output === undefined) return undefined;
  const count = elements(output);
  const last = Math.max(1, dimension(output, -1));
  const strides = context.operator.kind === 'SLICE' ? undefined : constantIntegers(inputTensor(context, 3));
  const run = strides === undefined || strides.at(-1) === 1;
  const runs = count / last;
  const name = spoken(context.operator.kind);
  const width = bitsPerElement[output.type] / 8;
  if (context.operator.kind === 'SLICE') {
    return {
      variant: `${name} ${output.type}`,
      reason: 'Nested loops over the output.',
      counts: { call: 1, row: runs, element: count },
      shared: true,
    };
  }
  return run
    ? {
        variant: name,
        reason: 'The innermost stride is 1: runs of elements are copied.',
        counts: { call: 1, row: runs, ...copies(last * width, runs) },
        shared: true,
      }
    : {
        variant: `${name} strided`,
        reason: 'The innermost stride is not 1: element by element.',
        counts: { call: 1, row: runs, element: count },
        shared: true,
      };
}

/** Kernels that visit every output element in nested loops: TRANSPOSE, GATHER, SPACE_TO_DEPTH, BROADCAST_TO, RESIZE … */
export function visitor(context: KernelContext): KernelCall | undefined {
  const output = outputTensor(context);
  if (output === undefined) return undefined;
  const count = elements(output);
  const last = Math.max(1, dimension(output, -1));
  const own = context.operator.kind === 'TRANSPOSE' && output.type === 'int8';
  return {
    variant: `${spoken(context.operator.kind)} ${output.type}`,
    reason: 'Nested loops over the output.',
    counts: { call: 1, row: count / last, element: count },
    ...(own ? {} : { shared: true }),
  };
}

function resolved(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

function sum(
  first: Readonly<Record<string, number>>,
  second: Readonly<Record<string, number>>,
): Record<string, number> {
  const total: Record<string, number> = { ...first };
  for (const [name, count] of Object.entries(second)) total[name] = (total[name] ?? 0) + count;
  return total;
}
