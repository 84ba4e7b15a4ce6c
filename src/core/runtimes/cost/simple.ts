import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { bitsPerElement } from '../../model/dataType';
import { copies, fills } from './copy';
import { spoken } from './elementwise';
import type { KernelCall, KernelContext } from './kernelCall';
import { constantIntegers } from './kernelCall';

/** FILL: one loop over the output. ZEROS_LIKE: the same loop, for which the compiler puts the C library's `memset`. */
export function filling(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const bytes = (elementsOf(output) * bitsPerElement[output.type]) / 8;
  return {
    variant: `${spoken(context.operator.kind)} ${output.type}`,
    reason: 'One flat loop over the output.',
    counts: { call: 1, ...(context.operator.kind === 'FILL' ? { element: elementsOf(output) } : fills(bytes, 1)) },
    shared: true,
  };
}

/** ADD_N (`reference/add_n.h`): for each element one step for each further input. */
export function addN(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const count = elementsOf(output);
  const { length } = context.operator.inputs;
  return {
    variant: `add n ${output.type}`,
    reason: 'For each element all inputs one after the other.',
    counts: { call: 1, input: length, element: count, sum: count * length },
    shared: true,
  };
}

/** L2_NORMALIZATION (`reference/l2normalization.h`): the length of each row, then its values. */
export function rowwise(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  if (output === undefined) return undefined;
  const count = elementsOf(output);
  return {
    variant: `${spoken(context.operator.kind)} ${output.type}`,
    reason: 'Rows are taken one by one.',
    counts: { call: 1, row: count / Math.max(1, dimension(output, -1)), element: count },
    shared: true,
  };
}

/** SELECT_V2 (`reference/select.h`): a flat loop where all three shapes are equal; broadcasting is not counted. */
export function select(context: KernelContext): KernelCall | undefined {
  const output = outputOf(context);
  const inputs = [0, 1, 2].map((position) => inputOf(context, position));
  if (output === undefined) return undefined;
  const shape = output.shape.join();
  if (inputs.some((input) => input?.shape.join() !== shape)) return undefined;
  return {
    variant: `select ${output.type}`,
    reason: 'Equal shapes: one flat loop.',
    counts: { call: 1, element: elementsOf(output) },
    shared: true,
  };
}

/**
 * SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND (`reference/space_to_batch_nd.h`, `reference/batch_to_space_nd.h`): for every
 * pixel of the side with more batches either a copy of its channels or, in the padding, zeros (left out where a crop
 * takes it).
 */
export function batchSpace(context: KernelContext): KernelCall | undefined {
  const toBatch = context.operator.kind === 'SPACE_TO_BATCH_ND';
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  if (constantIntegers(inputOf(context, 1)) === undefined) return undefined;
  const [batches, space] = toBatch ? [output, input] : [input, output];
  const depth = dimension(batches, -1);
  const pixels = elementsOf(batches) / Math.max(1, depth);
  const copied = Math.min(pixels, elementsOf(space) / Math.max(1, depth));
  const bytes = (depth * bitsPerElement[output.type]) / 8;
  return {
    variant: spoken(context.operator.kind),
    reason: 'For every pixel one copy of its channels.',
    counts: {
      call: 1,
      batch: dimension(batches, 0),
      row: dimension(batches, 0) * dimension(batches, 1),
      ...(toBatch ? fills(bytes, pixels - copied) : { left: pixels - copied }),
      ...copies(bytes, copied),
    },
    shared: true,
  };
}
