import type { DraftNode, DraftValue } from '../draft';
import { claimedFloats, constantNumber, floats, once } from '../draft';

/** Where an operator with weights has what, and which axis of its filter counts output channels. */
export interface WeightedRoles {
  readonly input: number;
  readonly filter: number;
  readonly bias: number;
  readonly axis: number;
}

const roles: ReadonlyMap<string, WeightedRoles> = new Map([
  ['CONV_2D', { input: 0, filter: 1, bias: 2, axis: 0 }],
  ['DEPTHWISE_CONV_2D', { input: 0, filter: 1, bias: 2, axis: 3 }],
  ['FULLY_CONNECTED', { input: 0, filter: 1, bias: 2, axis: 0 }],
  ['TRANSPOSE_CONV', { input: 2, filter: 1, bias: 3, axis: 0 }],
]);

/** The roles of an operator whose weights are constants. */
export function weightedRoles({ kind, inputs }: DraftNode): WeightedRoles | undefined {
  const own = roles.get(kind);
  return own !== undefined && inputs[own.filter]?.constant !== undefined ? own : undefined;
}

/** One number for each channel, where a constant goes along the last axis alone. */
export function alongChannels(value: DraftValue | undefined, channels: number): DraftValue | undefined {
  if (value?.constant === undefined || value.type !== 'float32') return undefined;
  const { shape } = value;
  const count = shape.reduce<number>((product, length) => product * (length ?? 1), 1);
  const isLast = count === 1 || (count === channels && shape[shape.length - 1] === channels);
  return isLast ? value : undefined;
}

/** Number `channel` of a constant with one for all or one for each. */
function atChannel(values: ArrayLike<number>, channel: number): number {
  return values.length === 1 ? values[0] : values[channel];
}

/** The filter with each output channel times its factor. */
export function scaledFilter(filter: DraftValue, factor: DraftValue, axis: number): DraftValue {
  return once(filter, `scaled ${axis} ${constantNumber(factor)}`, () => scaled(filter, factor, axis));
}

function scaled(filter: DraftValue, factor: DraftValue, axis: number): DraftValue {
  const shape = filter.shape.map((length) => length ?? 1);
  const [values, factors] = [filter.constant?.values, factor.constant?.values];
  if (values === undefined || factors === undefined) return floats(undefined, shape, filter.name);
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  // Run by run, since a filter may be most of a file.
  const result = new Float32Array(values.length);
  for (let start = 0, run = 0; start < result.length; start += inner, run++) {
    const factor = atChannel(factors, run % shape[axis]);
    const end = Math.min(start + inner, result.length);
    for (let at = start; at < end; at++) result[at] = values[at] * factor;
  }
  return floats(result, shape, filter.name);
}

/**
 * A bias plus (sign 1) or minus (sign -1) a constant, or times it (sign 0): one number for each channel, `undefined`
 * values where one is not known.
 */
export function combined(
  channels: number,
  [left, right]: readonly [DraftValue | undefined, DraftValue],
  sign: -1 | 0 | 1,
): DraftValue {
  const key = `${channels} ${sign} ${left === undefined ? '' : constantNumber(left)}`;
  return once(right, key, () => {
    const name = left?.name ?? right.name;
    const [first, second] = [left === undefined ? Float32Array.of(0) : left.constant?.values, right.constant?.values];
    if (first === undefined || second === undefined) return floats(undefined, [channels], name);
    const values = claimedFloats(channels).map((_, channel) => {
      const [one, other] = [atChannel(first, channel), atChannel(second, channel)];
      return sign === 0 ? one * other : one + sign * other;
    });
    return floats(values, [channels], name);
  });
}
