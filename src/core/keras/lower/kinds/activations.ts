import { HumanError } from '../../../model/problem';
import { isMap, numberOf, numbersOf, textOf } from '../../configValues';
import type { KerasValue } from '../../kerasModel';
import { activationName, fillConfig } from '../../layers/fillConfig';
import { layerKindNamed } from '../../layers/layers';
import { add, derived, type LayerContext } from '../context';
import { real, type DraftValue } from '../draft';
import { rareFunctions, softmaxOver } from './functions';
import { binary, elu, leakyRelu, softplus, select, withNumber } from './elementwise';

type Lowering = (context: LayerContext, input: DraftValue) => DraftValue;

const plain =
  (kind: string, name: string, options = {}): Lowering =>
  (context, input) =>
    add(context, kind, [input], { shape: input.shape, name, options });

const swish: Lowering = (context, input) => {
  const gate = add(context, 'LOGISTIC', [input], { shape: input.shape, name: 'Sigmoid' });
  return binary(context, 'MUL', [input, gate], 'mul_1');
};

/** Keras 3 computes it as relu6(x + 3) / 6, Keras 2 as 0.2 x + 0.5 between 0 and 1. */
const hardSigmoid: Lowering = (context, input) => {
  if (context.options.flavour === 'keras2') {
    const scaled = withNumber(context, 'MUL', [input, 0.2], 'Mul');
    const line = withNumber(context, 'ADD', [scaled, 0.5], 'Add');
    const below = withNumber(context, 'MINIMUM', [line, 1], 'clip_by_value/Minimum');
    return add(context, 'RELU', [below], { shape: input.shape, name: 'clip_by_value' });
  }
  const shifted = withNumber(context, 'ADD', [input, 3], 'add');
  const clamped = add(context, 'RELU6', [shifted], { shape: input.shape, name: 'Relu6' });
  return withNumber(context, 'MUL', [clamped, 1 / 6], 'truediv');
};

const [seluScale, seluAlphaScale] = [1.0507009873554805, 1.7580993408473766];

const selu: Lowering = (context, input) => {
  if (context.options.manner === 'ours') {
    const below = leakyRelu(context, elu(context, input, 1), seluAlphaScale / seluScale);
    return withNumber(context, 'MUL', [below, seluScale], 'Selu');
  }
  // Where nothing stands before it, Keras 2's is written in another order.
  const isFirst = context.draft.inputs.includes(input);
  if (isFirst && context.options.flavour === 'keras2') context.draft.doubts.add(context.draft.origin);
  const isPositive = withNumber(context, 'GREATER', [input, 0], 'Selu2');
  const above = withNumber(context, 'MUL', [input, seluScale], 'Selu3');
  const power = add(context, 'EXP', [input], { shape: input.shape, name: 'Selu4' });
  const less = withNumber(context, 'SUB', [power, 1], 'Selu5');
  const below = withNumber(context, 'MUL', [less, seluAlphaScale], 'Selu6');
  return select(context, isPositive, [above, below], 'Selu7');
};

function gelu(context: LayerContext, input: DraftValue, approximate = false): DraftValue {
  return add(context, 'GELU', [input], { shape: input.shape, name: 'Gelu/mul_2', options: { approximate } });
}

/** Activation functions by Keras's names. */
const byName: ReadonlyMap<string, Lowering> = new Map<string, Lowering>([
  ['linear', (_, input) => input],
  ['relu', plain('RELU', 'Relu')],
  ['relu6', plain('RELU6', 'Relu6')],
  ['sigmoid', plain('LOGISTIC', 'Sigmoid')],
  ['tanh', plain('TANH', 'Tanh')],
  ['softmax', plain('SOFTMAX', 'Softmax', { beta: 1 })],
  // Functions of TensorFlow by the names that Keras 2 saves them under.
  ['softmax_v2', plain('SOFTMAX', 'Softmax', { beta: 1 })],
  ['exponential', plain('EXP', 'Exp')],
  ['elu', (context, input) => elu(context, input, 1)],
  ['leaky_relu', (context, input) => leakyRelu(context, input, 0.2)],
  ['selu', selu],
  ['softplus', softplus],
  ['silu', swish],
  ['swish', swish],
  ['hard_silu', plain('HARD_SWISH', 'mul')],
  ['hard_swish', plain('HARD_SWISH', 'mul')],
  ['hard_sigmoid', hardSigmoid],
  ['gelu', (context, input) => gelu(context, input)],
  // What the operation of that name computes unless it is asked for the exact one.
  ['gelu_tanh', (context, input) => gelu(context, input, true)],
]);

/** Applies the activation of a layer, by name or a layer as one. @throws HumanError for one that is not known. */
export function activate(context: LayerContext, input: DraftValue, value: KerasValue | undefined): DraftValue {
  const name = activationName(value);
  const lowering = name === undefined ? undefined : (byName.get(name) ?? rareFunctions.get(name));
  if (lowering !== undefined) return lowering(context, input);
  if (isMap(value) && name !== undefined) {
    const kind = layerKindNamed(name);
    const given = value.get('config');
    if (kind !== undefined && isMap(given)) {
      const config = fillConfig(kind, given, context.options.flavour);
      const scope = `${context.scope}/${textOf(given, 'name') ?? name}`;
      const own = activationLayers.get(name);
      if (own !== undefined) return own({ ...context, config, scope }, input);
    }
  }
  throw new HumanError(
    'keras-activation',
    `The activation ${name === undefined ? 'function' : `"${name}"`} of the layer "${context.layer.name}" is not known. ` +
      'Use one that Keras has.',
  );
}

/** A ReLU that is cut off, leaks, or begins elsewhere. */
function reluLayer(context: LayerContext, input: DraftValue): DraftValue {
  const { config } = context;
  const [slope, threshold] = [numberOf(config, 'negative_slope') ?? 0, numberOf(config, 'threshold') ?? 0];
  const most = numberOf(config, 'max_value');
  const relu = (value: DraftValue, name: string): DraftValue =>
    add(context, 'RELU', [value], { shape: input.shape, name });
  if (slope !== 0 && threshold === 0 && (most === undefined || context.options.manner === 'ours')) {
    const bent = leakyRelu(context, input, slope);
    return most === undefined ? bent : withNumber(context, 'MINIMUM', [bent, most], 'clip_by_value/Minimum');
  }
  const isSix = most === 6 && (threshold !== 0 || slope === 0);
  const above = threshold !== 0 ? aboveThreshold(context, input, threshold) : isSix ? input : relu(input, 'Relu');
  const capped =
    most === undefined
      ? above
      : isSix
        ? add(context, 'RELU6', [above], { shape: input.shape, name: 'Relu6' })
        : relu(withNumber(context, 'MINIMUM', [above, most], 'clip_by_value/Minimum'), 'clip_by_value');
  if (slope === 0) return capped;
  const under = threshold !== 0 ? binary(context, 'SUB', [real(threshold), input], 'sub') : negated(context, input);
  const below = withNumber(context, 'MUL', [relu(under, 'Relu_1'), slope], 'mul_1');
  return binary(context, 'SUB', [capped, below], 'sub_1');
}

function negated(context: LayerContext, input: DraftValue): DraftValue {
  return add(context, 'NEG', [input], { shape: input.shape, name: 'Neg' });
}

/** What is above a threshold as it is, the rest 0: Keras 3 chooses where Keras 2 multiplies with 0 and 1. */
function aboveThreshold(context: LayerContext, input: DraftValue, threshold: number): DraftValue {
  const isAbove = withNumber(context, 'GREATER', [input, threshold], 'Greater');
  if (context.options.flavour === 'keras3' || context.options.manner === 'ours') {
    return select(context, isAbove, [input, real(0)], 'SelectV2');
  }
  const counts = add(context, 'CAST', [isAbove], { shape: input.shape, name: 'Cast' });
  return binary(context, 'MUL', [input, counts], 'mul');
}

function thresholdedRelu(context: LayerContext, input: DraftValue): DraftValue {
  return aboveThreshold(context, input, numberOf(context.config, 'theta') ?? 1);
}

/** relu(x) - alpha relu(-x); one operator where the slopes are shared. */
function prelu(context: LayerContext, input: DraftValue): DraftValue {
  const alpha = context.weight('alpha');
  const isShared = alpha.shape.slice(0, -1).every((length) => length === 1);
  if (!isShared && context.options.manner === 'official' && input.shape.length !== 2) {
    context.draft.doubts.add(context.draft.origin);
    return preluInParts(context, input, alpha);
  }
  return add(context, 'PRELU', [input, alpha], { shape: input.shape, name: 'add' });
}

function preluInParts(context: LayerContext, input: DraftValue, alpha: DraftValue): DraftValue {
  const { shape } = input;
  const negative = add(context, 'NEG', [input], { shape, name: 'Neg_1' });
  const below = add(context, 'RELU', [negative], { shape, name: 'Relu_1' });
  const slopes = derived(
    alpha,
    alpha.shape.map((length) => length ?? 1),
    (values) => values.map((value) => -value),
  );
  const leaked = binary(context, 'MUL', [below, slopes], 'mul');
  const above = add(context, 'RELU', [input], { shape, name: 'Relu' });
  return binary(context, 'ADD', [above, leaked], 'add');
}

/** Layers that are activations. */
export const activationLayers: ReadonlyMap<string, Lowering> = new Map<string, Lowering>([
  ['Activation', (context, input) => activate(context, input, context.config.get('activation'))],
  ['ReLU', reluLayer],
  ['LeakyReLU', (context, input) => leakyRelu(context, input, numberOf(context.config, 'negative_slope') ?? 0.3)],
  ['ELU', (context, input) => elu(context, input, numberOf(context.config, 'alpha') ?? 1)],
  ['Softmax', (context, input) => softmaxOver(context, input, numbersOf(context.config, 'axis') ?? [-1])],
  ['ThresholdedReLU', thresholdedRelu],
  ['PReLU', prelu],
]);
