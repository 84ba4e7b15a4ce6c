import { numberOf, numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, beyond, type LayerContext } from '../context';
import { floats, real, type DraftValue } from '../draft';
import { chosen } from '../masks';
import { operandsOf } from './operands';
import { binary, withNumber } from './elementwise';
import { reduce } from './reduction';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

const one = (context: LayerContext, kind: string, input: DraftValue, name: string): DraftValue =>
  add(context, kind, [input], { shape: input.shape, name, type: input.type });

interface Scaling {
  readonly inside?: number;
  readonly outside?: number;
  readonly before?: number;
  readonly after?: number;
}

/** A factor behind, or in front of, a function of one number. */
export const scaled =
  (kind: string | undefined, { inside = 1, outside = 1, before = 0, after = 0 }: Scaling): Lowering =>
  (context) => {
    let [value] = context.inputs;
    if (inside !== 1) value = withNumber(context, 'MUL', [value, inside], 'mul');
    if (before !== 0) value = withNumber(context, 'ADD', [value, before], 'add');
    if (kind !== undefined) value = one(context, kind, value, kind);
    if (after !== 0) value = withNumber(context, 'ADD', [value, after], 'add_1');
    return outside === 1 ? value : withNumber(context, 'MUL', [value, outside], 'mul_1');
  };

export function reciprocal(context: LayerContext): DraftValue {
  return binary(context, 'DIV', [real(1), context.inputs[0]], 'truediv');
}

export function tangent(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  return binary(context, 'DIV', [one(context, 'SIN', input, 'Sin'), one(context, 'COS', input, 'Cos')], 'Tan');
}

/** `(e^x + sign e^-x) / 2`. */
export const hyperbolic =
  (kind: 'ADD' | 'SUB'): Lowering =>
  (context) => {
    const [input] = context.inputs;
    const other = one(context, 'EXP', one(context, 'NEG', input, 'Neg'), 'Exp_1');
    return withNumber(
      context,
      'MUL',
      [binary(context, kind, [one(context, 'EXP', input, 'Exp'), other], 'add'), 0.5],
      'mul',
    );
  };

export function hypotenuse(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  if (left === undefined || right === undefined) return [];
  const squares = [left, right].map((value, index) => one(context, 'SQUARE', value, `Square_${index}`));
  return one(context, 'SQRT', binary(context, 'ADD', [squares[0], squares[1]], 'add'), 'Sqrt');
}

/** `log(e^a + e^b)`, from the larger of both on, so that nothing is too large. */
export function logAddExp(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  if (left === undefined || right === undefined) return [];
  const most = binary(context, 'MAXIMUM', [left, right], 'Maximum');
  const apart = one(context, 'ABS', binary(context, 'SUB', [left, right], 'sub'), 'Abs');
  const power = one(context, 'EXP', one(context, 'NEG', apart, 'Neg'), 'Exp');
  const rest = one(context, 'LOG', withNumber(context, 'ADD', [power, 1], 'add'), 'Log1p');
  return binary(context, 'ADD', [most, rest], 'add_1');
}

/** What is divided by 0 is 0. */
export function divideNoNan(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  if (left === undefined || right === undefined) return [];
  const isThere = binary(context, 'NOT_EQUAL', [right, real(0)], 'NotEqual');
  const divisor = chosen(context, isThere, [right, real(1)], 'SelectV2');
  return chosen(context, isThere, [binary(context, 'DIV', [left, divisor], 'truediv'), real(0)], 'SelectV2_1');
}

/** Exponents that are products, up to this one. */
const mostFactors = 16;

/**
 * A power as TFLM has operators for it: whole numbers are products, halves roots, and a base that is known is one of e.
 * The official converter writes an operator that TFLM does not have, but for a square.
 */
export function power(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [base, exponent] = operandsOf(context);
  if (base === undefined || exponent === undefined) return [];
  const times = exponent.constant?.values?.length === 1 ? exponent.constant.values[0] : undefined;
  if (times === 2) return binary(context, 'MUL', [base, base], 'pow');
  if (context.options.manner === 'official') return binary(context, 'POW', [base, exponent], 'Pow');
  if (times !== undefined) return knownPower(context, base, times);
  const values = base.constant?.values;
  if (!(values instanceof Float32Array) || values.some((value) => value <= 0)) {
    return beyond(context, 'an exponent that is not known');
  }
  const logarithm = floats(values.map(Math.log), base.shape as readonly number[], 'const');
  return one(context, 'EXP', binary(context, 'MUL', [exponent, logarithm], 'mul'), 'pow');
}

function knownPower(context: LayerContext, base: DraftValue, exponent: number): DraftValue {
  if (exponent < 0) return binary(context, 'DIV', [real(1), knownPower(context, base, -exponent)], 'truediv');
  if (exponent === 0) return withNumber(context, 'ADD', [withNumber(context, 'MUL', [base, 0], 'mul'), 1], 'add');
  if (exponent === 1) return base;
  if (Number.isInteger(exponent) && exponent <= mostFactors) {
    const half = knownPower(context, base, Math.floor(exponent / 2));
    const square = binary(context, 'MUL', [half, half], 'mul');
    return exponent % 2 === 0 ? square : binary(context, 'MUL', [square, base], 'mul');
  }
  const root = one(context, 'SQRT', base, 'Sqrt');
  if (exponent === 0.5) return root;
  if (Number.isInteger(exponent * 2) && exponent < mostFactors) {
    return binary(context, 'MUL', [knownPower(context, base, Math.floor(exponent)), root], 'mul');
  }
  return one(context, 'EXP', withNumber(context, 'MUL', [one(context, 'LOG', base, 'Log'), exponent], 'mul'), 'pow');
}

interface Along {
  readonly axes: readonly number[];
  readonly written: readonly number[];
  readonly isPlain: boolean;
  readonly keeps: boolean;
}

function along({ config, inputs: [input] }: LayerContext, name = 'axis'): Along {
  const rank = input.shape.length;
  const written = numbersOf(config, name) ?? [...input.shape.keys()];
  const axes = written.map((axis) => axisFromFront(axis, rank) ?? 0);
  return { axes, written, isPlain: typeof config.get(name) === 'number', keeps: config.get('keepdims') === true };
}

/** Mean and mean square distance from it. */
export function moments(context: LayerContext, name = 'axes'): readonly [DraftValue, DraftValue] {
  const [input] = context.inputs;
  const over = along(context, name);
  const mean = reduce(context, input, { ...over, kind: 'MEAN', keeps: true, name: 'Mean' });
  const distance = binary(context, 'SQUARED_DIFFERENCE', [input, mean], 'SquaredDifference');
  const variance = reduce(context, distance, { ...over, kind: 'MEAN', name: 'Mean_1' });
  return [over.keeps ? mean : reduce(context, input, { ...over, kind: 'MEAN', name: 'Mean_2' }), variance];
}

export function variance(context: LayerContext): DraftValue {
  return moments(context, 'axis')[1];
}

export function deviation(context: LayerContext): DraftValue {
  return one(context, 'SQRT', variance(context), 'Sqrt');
}

export function logSumExp(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const over = along(context);
  const most = reduce(context, input, { ...over, kind: 'REDUCE_MAX', keeps: true, name: 'Max' });
  const apart = one(context, 'EXP', binary(context, 'SUB', [input, most], 'sub'), 'Exp');
  const sum = reduce(context, apart, { ...over, kind: 'SUM', keeps: true, name: 'Sum' });
  const whole = binary(context, 'ADD', [one(context, 'LOG', sum, 'Log'), most], 'add');
  return over.keeps ? whole : reduce(context, whole, { ...over, kind: 'SUM', name: 'Squeeze' });
}

/** Length of a vector. */
export function norm(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const order = context.config.get('ord') ?? null;
  const over = along(context);
  const isEuclidean = order === null || (order === 2 && over.isPlain);
  if (isEuclidean) {
    const squares = one(context, 'SQUARE', input, 'Square');
    return one(context, 'SQRT', reduce(context, squares, { ...over, kind: 'SUM', name: 'Sum' }), 'Sqrt');
  }
  if (order !== 1 || !over.isPlain) return beyond(context, 'another ord');
  return reduce(context, one(context, 'ABS', input, 'Abs'), { ...over, kind: 'SUM', name: 'Sum' });
}

/** To length 1 along an axis. */
export function normalized(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const order = numberOf(context.config, 'order') ?? 2;
  const epsilon = numberOf(context.config, 'epsilon') ?? 1e-7;
  const over = { ...along(context), keeps: true };
  if (order === 2) {
    const squares = reduce(context, one(context, 'SQUARE', input, 'Square'), { ...over, kind: 'SUM', name: 'Sum' });
    const inverse = withNumber(context, 'MINIMUM', [one(context, 'RSQRT', squares, 'Rsqrt'), 1 / epsilon], 'Minimum');
    return binary(context, 'MUL', [input, inverse], 'mul');
  }
  if (order !== 1) return beyond(context, `order=${order}`);
  const length = reduce(context, one(context, 'ABS', input, 'Abs'), { ...over, kind: 'SUM', name: 'Sum' });
  return binary(context, 'DIV', [input, withNumber(context, 'MAXIMUM', [length, epsilon], 'Maximum')], 'truediv');
}
