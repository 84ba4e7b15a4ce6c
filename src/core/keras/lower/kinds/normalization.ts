import { isOn, numberOf, numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, derived, type LayerContext } from '../context';
import { claimedFloats, floats, real, type DraftValue } from '../draft';
import { reshapeAtRunTime, reshapeOpen, shapeOperator, transpose } from './shapes';
import { binary, withNumber } from './elementwise';
import { reduce } from './reduction';

/** `x * scale + offset` with what training has found. */
export function batchNormalization(context: LayerContext): DraftValue {
  const { config } = context;
  const [input] = context.inputs;
  const [mean, variance] = [context.weight('moving_mean'), context.weight('moving_variance')];
  const gamma = isOn(config, 'scale') ? context.weight('gamma') : undefined;
  const beta = isOn(config, 'center') ? context.weight('beta') : undefined;
  const channels = mean.shape[0] ?? 1;
  const epsilon = Math.fround(numberOf(config, 'epsilon') ?? 1e-3);
  const parts = [mean, variance, gamma, beta].map((part) => part?.constant?.values);
  const isKnown = [mean, variance, gamma, beta].every(
    (part) => part === undefined || part.constant?.values !== undefined,
  );
  const known = isKnown ? channels : 0;
  const [scale, offset] = [claimedFloats(known), claimedFloats(known)];
  for (let channel = 0; channel < known; channel++) {
    const at = (part: number): number | undefined => parts[part]?.[channel];
    scale[channel] = Math.fround(1 / Math.sqrt(Math.fround((at(1) ?? 1) + epsilon))) * (at(2) ?? 1);
    offset[channel] = (at(3) ?? 0) - (at(0) ?? 0) * scale[channel];
  }
  const shape = alongAxis(context, input, channels);
  // Keras 2 turns the axis last, and back.
  if (shape.length > 1 && context.options.flavour === 'keras2') context.draft.doubts.add(context.draft.origin);
  const constant = (values: Float32Array, name: string): DraftValue =>
    floats(isKnown ? values : undefined, shape, name);
  const scaled = binary(context, 'MUL', [input, constant(scale, 'scale')], 'batchnorm/mul_1');
  return binary(context, 'ADD', [scaled, constant(offset, 'offset')], 'batchnorm/add_1');
}

/** Shape of one number for each channel, so that it goes with a tensor whose channels are not last. */
function alongAxis({ config }: LayerContext, { shape }: DraftValue, channels: number): readonly number[] {
  const axis = axisFromFront(numbersOf(config, 'axis')?.at(0) ?? -1, shape.length) ?? shape.length - 1;
  return axis === shape.length - 1 ? [channels] : [channels, ...Array<number>(shape.length - 1 - axis).fill(1)];
}

export function rescaling(context: LayerContext): DraftValue {
  const { config } = context;
  const [scale, offset] = [numbersOf(config, 'scale') ?? [1], numbersOf(config, 'offset') ?? [0]];
  const [input] = context.inputs;
  const whole = input.type === 'float32' ? input : add(context, 'CAST', [input], { shape: input.shape, name: 'Cast' });
  const scaled = isAll(scale, 1) ? whole : binary(context, 'MUL', [whole, listed(scale)], 'mul');
  return isAll(offset, 0) ? scaled : binary(context, 'ADD', [scaled, listed(offset)], 'add');
}

function isAll(values: readonly number[], value: number): boolean {
  return values.every((each) => each === value);
}

function listed(values: readonly number[]): DraftValue {
  return values.length === 1 ? real(values[0]) : floats(Float32Array.from(values), [values.length], 'const');
}

/** Statistics of the configuration, or of what it was adapted to. */
export function normalization(context: LayerContext): DraftValue {
  const { config } = context;
  const [input] = context.inputs;
  const [mean, variance] = [statistic(context, 'mean'), statistic(context, 'variance')];
  const deviation = derived(
    variance,
    variance.shape.map((length) => length ?? 1),
    (values) => values.map((value) => Math.max(Math.sqrt(value), 1e-7)),
  );
  if (isOn(config, 'invert')) {
    const wide = binary(context, 'MUL', [input, deviation], 'mul');
    return binary(context, 'ADD', [wide, mean], 'add');
  }
  const factor = derived(
    deviation,
    deviation.shape.map((length) => length ?? 1),
    (values) => values.map((value) => 1 / value),
  );
  const isNothing = (value: DraftValue, neutral: number): boolean =>
    value.constant?.values?.every((each) => each === neutral) === true;
  const centred = isNothing(mean, 0) ? input : binary(context, 'SUB', [input, mean], 'sub');
  return isNothing(factor, 1) ? centred : binary(context, 'MUL', [centred, factor], 'truediv');
}

function statistic(context: LayerContext, name: string): DraftValue {
  const {
    config,
    inputs: [input],
  } = context;
  const axes = config.get('axis') === null ? [] : (numbersOf(config, 'axis') ?? [-1]);
  const kept = axes.map((axis) => axisFromFront(axis, input.shape.length));
  const shape = input.shape.map((length, axis) => (kept.includes(axis) ? (length ?? 1) : 1));
  const given = numbersOf(config, name);
  if (given === undefined) {
    const own = context.weight(name);
    return derived(own, shape, (values) => values);
  }
  const count = shape.reduce((product, length) => product * length, 1);
  return floats(
    claimedFloats(count).map((_, index) => given[index % given.length]),
    shape,
    name,
  );
}

interface Moments {
  readonly input: DraftValue;
  readonly axes: readonly number[];
  readonly written: readonly number[];
  readonly epsilon: number;
  readonly gamma?: DraftValue;
  readonly beta?: DraftValue;
}

/** To mean 0 and variance 1 over axes, then scaled and moved. */
function standardized(context: LayerContext, { input, axes, written, epsilon, gamma, beta }: Moments): DraftValue {
  const mean = reduce(context, input, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/mean' });
  const difference = squaredDifference(context, [input, mean]);
  const variance = reduce(context, difference, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/variance' });
  const safe = withNumber(context, 'ADD', [variance, epsilon], 'add');
  const inverse = add(context, 'RSQRT', [safe], { shape: safe.shape, name: 'Rsqrt' });
  const scale = gamma === undefined ? inverse : binary(context, 'MUL', [inverse, gamma], 'mul');
  const negative = add(context, 'NEG', [mean], { shape: mean.shape, name: 'Neg' });
  const moved = binary(context, 'MUL', [negative, scale], 'mul_1');
  const offset = beta === undefined ? moved : binary(context, 'ADD', [moved, beta], 'add_1');
  return binary(context, 'ADD', [binary(context, 'MUL', [input, scale], 'mul_2'), offset], 'add_2');
}

/** The operator takes up to four axes. */
function squaredDifference(context: LayerContext, pair: readonly [DraftValue, DraftValue]): DraftValue {
  const name = 'moments/SquaredDifference';
  if (pair[0].shape.length <= 4) return binary(context, 'SQUARED_DIFFERENCE', pair, name);
  const difference = binary(context, 'SUB', pair, name);
  return add(context, 'SQUARE', [difference], { shape: difference.shape, name });
}

export function layerNormalization(context: LayerContext): DraftValue {
  const { config } = context;
  const [input] = context.inputs;
  const written = numbersOf(config, 'axis') ?? [-1];
  const axes = written.map((axis) => axisFromFront(axis, input.shape.length) ?? 0);
  const shape = input.shape.map((length, axis) => (axes.includes(axis) ? (length ?? 1) : 1));
  const shaped = (name: string): DraftValue => derived(context.weight(name), shape, (values) => values);
  const moments: Moments = {
    input,
    axes,
    written,
    epsilon: numberOf(config, 'epsilon') ?? 1e-3,
    ...(isOn(config, 'scale') && { gamma: shaped('gamma') }),
    ...(isOn(config, 'center') && !isOn(config, 'rms_scaling') && { beta: shaped('beta') }),
  };
  if (isOn(config, 'rms_scaling')) return byDeviation(context, { ...moments, gamma: shaped('gamma') });
  if (context.options.flavour === 'keras3' || context.options.manner === 'ours') return standardized(context, moments);
  const isLast = axes.length === 1 && axes[0] === input.shape.length - 1;
  if (isFused(moments, isLast) || axes.length > 1 || !isOn(config, 'center'))
    context.draft.doubts.add(context.draft.origin);
  return normalizedByKeras2(context, {
    ...moments,
    written: axes,
    ...(isLast && isOn(config, 'scale') && { gamma: context.weight('gamma') }),
    ...(isLast && isOn(config, 'center') && { beta: context.weight('beta') }),
  });
}

/** Divided by the deviation from the mean, which is not taken away. */
function byDeviation(context: LayerContext, { input, axes, written, epsilon, gamma }: Moments): DraftValue {
  context.draft.doubts.add(context.draft.origin);
  const mean = reduce(context, input, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/mean' });
  const difference = squaredDifference(context, [input, mean]);
  const variance = reduce(context, difference, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/variance' });
  const safe = withNumber(context, 'ADD', [variance, epsilon], 'add');
  const inverse = add(context, 'RSQRT', [safe], { shape: safe.shape, name: 'Rsqrt' });
  const scaled = binary(context, 'MUL', [input, inverse], 'mul');
  return gamma === undefined ? scaled : binary(context, 'MUL', [scaled, gamma], 'mul_1');
}

/** Keras 2 takes its fused batch normalization where that is exact enough, of which another sequence is made. */
function isFused({ axes, epsilon, input }: Moments, isLast: boolean): boolean {
  return epsilon >= 1.001e-5 && (isLast || axes.length === input.shape.length - 1);
}

/** `x * scale + (beta - mean * scale)`, as `tf.nn.batch_normalization` computes it. */
function normalizedByKeras2(
  context: LayerContext,
  { input, axes, written, epsilon, gamma, beta }: Moments,
): DraftValue {
  const mean = reduce(context, input, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/mean' });
  const difference = squaredDifference(context, [input, mean]);
  const variance = reduce(context, difference, { kind: 'MEAN', axes, written, keeps: true, name: 'moments/variance' });
  const safe = withNumber(context, 'ADD', [variance, epsilon], 'batchnorm/add');
  const inverse = add(context, 'RSQRT', [safe], { shape: safe.shape, name: 'batchnorm/Rsqrt' });
  const scale = gamma === undefined ? inverse : binary(context, 'MUL', [inverse, gamma], 'batchnorm/mul');
  const scaled = binary(context, 'MUL', [input, scale], 'batchnorm/mul_1');
  const moved = binary(context, 'MUL', [mean, scale], 'batchnorm/mul_2');
  const offset =
    beta === undefined
      ? add(context, 'NEG', [moved], { shape: moved.shape, name: 'batchnorm/Neg' })
      : binary(context, 'SUB', [beta, moved], 'batchnorm/sub');
  return binary(context, 'ADD', [scaled, offset], 'batchnorm/add_1');
}

/** By the root of the mean square over axes. */
function byMeanSquare(
  context: LayerContext,
  input: DraftValue,
  { axes, written, epsilon, gamma }: Omit<Moments, 'input'>,
): DraftValue {
  const square = add(context, 'SQUARE', [input], { shape: input.shape, name: 'Square' });
  const mean = reduce(context, square, { kind: 'MEAN', axes, written, keeps: true, name: 'Mean' });
  const safe = withNumber(context, 'ADD', [mean, epsilon], 'add');
  const inverse = add(context, 'RSQRT', [safe], { shape: safe.shape, name: 'Rsqrt' });
  const scaled = binary(context, 'MUL', [input, inverse], 'mul');
  return gamma === undefined ? scaled : binary(context, 'MUL', [scaled, gamma], 'mul_1');
}

export function rmsNormalization(context: LayerContext): DraftValue {
  const { config, draft } = context;
  const [input] = context.inputs;
  const written = numbersOf(config, 'axis') ?? [-1];
  const axes = written.map((axis) => axisFromFront(axis, input.shape.length) ?? 0);
  const shape = input.shape.map((length, axis) => (axes.includes(axis) ? (length ?? 1) : 1));
  const isLayer = context.layer.kind === 'layer';
  draft.doubts.add(draft.origin);
  const gamma = isLayer ? derived(context.weight('scale'), shape, (values) => values) : undefined;
  return byMeanSquare(context, input, { axes, written, epsilon: numberOf(config, 'epsilon') ?? 1e-7, gamma });
}

export function groupNormalization(context: LayerContext): DraftValue {
  const { config } = context;
  const [input] = context.inputs;
  const last = input.shape.length - 1;
  const axis = axisFromFront(numberOf(config, 'axis') ?? -1, input.shape.length) ?? last;
  if (axis !== last) {
    // Groups of another axis: that one last, and back.
    const order = [...input.shape.keys()].map((each) => (each === axis ? last : each === last ? axis : each));
    context.draft.doubts.add(context.draft.origin);
    const turned = { ...context, inputs: [transpose(context, input, order, 'transpose')] };
    const value = groupNormalization({ ...turned, config: new Map(config).set('axis', -1) });
    return transpose(context, value, order, 'transpose_1');
  }
  const rank = input.shape.length;
  const channels = input.shape[rank - 1] ?? 1;
  const asked = numberOf(config, 'groups') ?? 32;
  const groups = asked === -1 ? channels : asked;
  const inside = channels / groups;
  if (context.options.flavour === 'keras2') context.draft.doubts.add(context.draft.origin);
  const grouped = reshapeOpen(context, input, [...input.shape.slice(0, -1), groups, inside], 'Reshape');
  const axes = [...Array.from({ length: rank - 2 }, (_, axis) => axis + 1), rank];
  const shape = [...Array<number>(rank - 1).fill(1), groups, inside];
  const shaped = (name: string): DraftValue => derived(context.weight(name), shape, (values) => values);
  const value = standardized(context, {
    input: grouped,
    axes,
    written: axes,
    epsilon: numberOf(config, 'epsilon') ?? 1e-3,
    ...(isOn(config, 'scale') && { gamma: shaped('gamma') }),
    ...(isOn(config, 'center') && { beta: shaped('beta') }),
  });
  if (input.shape[0] !== null) return reshapeAtRunTime(context, value, input.shape, 'Reshape_3');
  const target = shapeOperator(context, input, 'Shape');
  return add(context, 'RESHAPE', [value, target], { shape: input.shape, name: 'Reshape_3' });
}

export function unitNormalization(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const written = numbersOf(context.config, 'axis') ?? [-1];
  const axes = written.map((axis) => axisFromFront(axis, input.shape.length) ?? 0);
  const isLast = axes.length === 1 && axes[0] === input.shape.length - 1;
  if (isLast && (context.options.manner === 'ours' || context.options.flavour === 'keras2')) {
    const options = { fusedActivationFunction: 'NONE' };
    return add(context, 'L2_NORMALIZATION', [input], { shape: input.shape, name: 'l2_normalize', options });
  }
  if (context.options.flavour === 'keras2') context.draft.doubts.add(context.draft.origin);
  const square = add(context, 'SQUARE', [input], { shape: input.shape, name: 'Square' });
  const sum = reduce(context, square, {
    kind: 'SUM',
    axes,
    written,
    keeps: true,
    isPlain: written.length === 1,
    name: 'Sum',
  });
  const inverse = add(context, 'RSQRT', [sum], { shape: sum.shape, name: 'Rsqrt' });
  const bounded = withNumber(context, 'MINIMUM', [inverse, 1e12], 'Minimum');
  return binary(context, 'MUL', [input, bounded], 'mul');
}
