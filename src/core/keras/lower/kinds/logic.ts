import { numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, beyond, type LayerContext } from '../context';
import { integer, real, type DraftValue } from '../draft';
import { anyOf } from '../masks';
import { operandsOf } from './operands';
import { binary, broadcast, select, withNumber } from './elementwise';
import { reduce } from './reduction';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** Comparisons, truths, and what is chosen by them. */

export const compared =
  (kind: string, name: string): Lowering =>
  (context) => {
    const [left, right] = operandsOf(context);
    return left === undefined || right === undefined ? [] : binary(context, kind, [left, right], name);
  };

/** A truth for each number that is not 0. */
export function asTruth(context: LayerContext, value: DraftValue): DraftValue {
  if (value.type === 'bool') return value;
  return binary(context, 'NOT_EQUAL', [value, value.type === 'int32' ? integer(0) : real(0)], 'NotEqual');
}

export function asNumber(context: LayerContext, value: DraftValue, name = 'Cast'): DraftValue {
  return value.type === 'float32' ? value : add(context, 'CAST', [value], { shape: value.shape, name });
}

export const truths =
  (kind: string): Lowering =>
  (context) => {
    const both = operandsOf(context);
    const [left, right] = both.map((value) => value && asTruth(context, value));
    if (left === undefined || right === undefined) return [];
    const shape = broadcast(left.shape, right.shape);
    return add(context, kind, [left, right], { shape, type: 'bool', name: kind });
  };

export function not(context: LayerContext): DraftValue {
  const truth = asTruth(context, context.inputs[0]);
  return add(context, 'LOGICAL_NOT', [truth], { shape: truth.shape, type: 'bool', name: 'LogicalNot' });
}

export function where(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [condition] = operandsOf(context, ['condition', 'x1', 'x2']);
  const [, yes, no] = operandsOf(context, ['', 'x1', 'x2']);
  if (condition === undefined || yes === undefined || no === undefined) return beyond(context, 'no values to choose');
  return select(context, asTruth(context, condition), [asReal(context, yes, no), asReal(context, no, yes)], 'SelectV2');
}

/** Numbers of one type. */
function asReal(context: LayerContext, value: DraftValue, other: DraftValue): DraftValue {
  return value.type === other.type ? value : asNumber(context, value);
}

function axesOf({ config, inputs: [input] }: LayerContext): readonly number[] {
  const rank = input.shape.length;
  return (numbersOf(config, 'axis') ?? [...input.shape.keys()]).map((axis) => axisFromFront(axis, rank) ?? 0);
}

export function any(context: LayerContext): DraftValue {
  const keeps = context.config.get('keepdims') === true;
  return anyOf(context, asTruth(context, context.inputs[0]), { axes: axesOf(context), keeps });
}

/** No other one is there. */
export function all(context: LayerContext): DraftValue {
  const truth = asTruth(context, context.inputs[0]);
  const keeps = context.config.get('keepdims') === true;
  const numbers = asNumber(context, truth);
  const least = reduce(context, numbers, { kind: 'REDUCE_MIN', axes: axesOf(context), keeps, name: 'All' });
  return withNumber(context, 'GREATER', [least, 0.5], 'All/Greater');
}

export function countNonzero(context: LayerContext): DraftValue {
  const numbers = asNumber(context, asTruth(context, context.inputs[0]));
  const keeps = context.config.get('keepdims') === true;
  const sum = reduce(context, numbers, { kind: 'SUM', axes: axesOf(context), keeps, name: 'Sum' });
  return add(context, 'CAST', [sum], { shape: sum.shape, type: 'int32', name: 'Cast_1' });
}

/** -1, 0 or 1. */
export function sign(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const above = asNumber(context, withNumber(context, 'GREATER', [input, 0], 'Greater'));
  const below = asNumber(context, withNumber(context, 'LESS', [input, 0], 'Less'), 'Cast_1');
  return binary(context, 'SUB', [above, below], 'Sign');
}
