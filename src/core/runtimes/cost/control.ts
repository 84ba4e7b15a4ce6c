import { elementsOf, inputOf, outputOf } from '../operands';
import { circularCalls } from '../../model/calls';
import { numberOption } from '../../model/options';
import { type KernelCall, type KernelContext } from './kernelCall';
import { spoken } from './elementwise';

/** What CALL_ONCE does itself, in calls of an operator by the interpreter (see `runtimes/tflm/invoke.ts`). */
const ownCalls = 1.5;

/**
 * CALL_ONCE: its own work in the first run, without that of the operators of the graph that it calls. It runs that
 * graph as the interpreter does, so that the calls of operators are all there is to count; of an endless one, none.
 */
export function callOnce(context: KernelContext): KernelCall | undefined {
  const called = context.model.graphs[numberOption(context.operator, 'initSubgraphIndex', -1)];
  if (called === undefined || circularCalls(context.model, [called]).size > 0) return undefined;
  return {
    variant: 'call once',
    reason: 'The first run executes the graph that it calls; its operators are listed there.',
    counts: { operatorCall: ownCalls + called.operators.length },
    shared: true,
  };
}

/** Operators whose work does not depend on any size: VAR_HANDLE. */
export function constant(context: KernelContext): KernelCall | undefined {
  return { variant: spoken(context.operator.kind), reason: 'Fixed work.', counts: { call: 1 }, shared: true };
}

/** SHAPE: one value for each dimension. */
export function shapeOf(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const counts = { call: 1, value: elementsOf(output) };
  return { variant: 'shape', reason: 'One value for each dimension.', counts, shared: true };
}
