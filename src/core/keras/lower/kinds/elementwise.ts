import { add, type LayerContext } from '../context';
import { isStatic, real, type DraftValue } from '../draft';

/** Operators of each element, and activation functions that others are made of. */

/** An operator with a constant. */
export function withNumber(
  context: LayerContext,
  kind: string,
  [input, value]: readonly [DraftValue, number],
  name: string,
): DraftValue {
  return binary(context, kind, [input, real(value)], name);
}

export function binary(
  context: LayerContext,
  kind: string,
  [left, right]: readonly [DraftValue, DraftValue],
  name: string,
): DraftValue {
  const shape = broadcast(left.shape, right.shape);
  const type = comparisons.has(kind) ? 'bool' : left.type;
  const hasActivation = ['ADD', 'SUB', 'MUL', 'DIV'].includes(kind);
  const options = hasActivation
    ? { fusedActivationFunction: 'NONE', ...(kind === 'ADD' || kind === 'SUB' ? { potScaleInt16: true } : {}) }
    : {};
  return add(context, kind, [left, right], { shape, type, name, options });
}

const comparisons: ReadonlySet<string> = new Set([
  'EQUAL',
  'GREATER',
  'GREATER_EQUAL',
  'LESS',
  'LESS_EQUAL',
  'NOT_EQUAL',
]);

export function broadcast(left: DraftValue['shape'], right: DraftValue['shape']): DraftValue['shape'] {
  const rank = Math.max(left.length, right.length);
  const at = (shape: DraftValue['shape'], axis: number): number | null => {
    const place = axis - (rank - shape.length);
    return place < 0 ? 1 : shape[place];
  };
  return Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [at(left, axis), at(right, axis)];
    return one === 1 || (one === null && other !== 1) ? other : one;
  });
}

export function softplus(context: LayerContext, input: DraftValue): DraftValue {
  const power = add(context, 'EXP', [input], { shape: input.shape, name: 'Softplus' });
  const more = withNumber(context, 'ADD', [power, 1], 'Softplus1');
  return add(context, 'LOG', [more], { shape: input.shape, name: 'Softplus2' });
}

/** The official converter writes SELECT where all shapes are known and the same. */
export function select(
  context: LayerContext,
  condition: DraftValue,
  [yes, no]: readonly [DraftValue, DraftValue],
  name: string,
): DraftValue {
  const isSame = [yes, no].every(({ shape }) => isStatic(shape) && shape.join() === condition.shape.join());
  const kind = isSame && context.options.manner === 'official' ? 'SELECT' : 'SELECT_V2';
  const shape = broadcast(condition.shape, broadcast(yes.shape, no.shape));
  return add(context, kind, [condition, yes, no], { shape, name, type: yes.type });
}

export function elu(context: LayerContext, input: DraftValue, alpha: number): DraftValue {
  const power = add(context, 'ELU', [input], { shape: input.shape, name: 'Elu' });
  if (alpha === 1) return power;
  if (context.options.manner === 'ours') return leakyRelu(context, power, alpha);
  const scaled = withNumber(context, 'MUL', [power, alpha], 'mul');
  const isPositive = withNumber(context, 'GREATER', [input, 0], 'Greater');
  return select(context, isPositive, [input, scaled], 'SelectV2');
}

export function leakyRelu(context: LayerContext, input: DraftValue, alpha: number): DraftValue {
  return add(context, 'LEAKY_RELU', [input], {
    shape: input.shape,
    name: 'LeakyRelu',
    options: { alpha: Math.fround(alpha) },
  });
}
