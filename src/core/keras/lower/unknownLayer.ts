import { HumanError } from '../../model/problem';
import { isList, isMap, numbersOf, textOf } from '../configValues';
import type { KerasValue } from '../kerasModel';
import type { LayerContext, LoweredArgument } from './context';

/** The option that a layer has and lowerings do not follow; `undefined` where there is none. */
type OptionBeyond = (context: LayerContext) => string | undefined;

/** Options of which nothing is made, where they have another value than these. */
const onlyWith =
  (allowed: Readonly<Record<string, readonly KerasValue[]>>): OptionBeyond =>
  ({ config }) => {
    const name = Object.keys(allowed).find((each) => {
      const value = config.get(each);
      return value !== undefined && value !== null && !allowed[each].some((one) => sameText(one, value));
    });
    return name === undefined ? undefined : optionText(name, config.get(name));
  };

function sameText(one: KerasValue, other: KerasValue): boolean {
  return plainText(one) === plainText(other);
}

/** An option as a message shows it: `crop_to_aspect_ratio=true`. */
function optionText(name: string, value: KerasValue | undefined): string {
  return `${name}=${plainText(value)}`;
}

function plainText(value: KerasValue | undefined): string {
  if (isList(value)) return `[${value.map(plainText).join(', ')}]`;
  if (isMap(value)) return textOf(value, 'class_name') ?? 'an object';
  return typeof value === 'string' ? `"${value}"` : String(value ?? null);
}

const isDilated: OptionBeyond = ({ config }) =>
  (numbersOf(config, 'dilation_rate') ?? []).some((rate) => rate !== 1)
    ? optionText('dilation_rate', config.get('dilation_rate'))
    : undefined;

const off: readonly KerasValue[] = [false];

/** What lowerings do not follow, by class: a model that left it out would answer otherwise. */
const beyondByClass: ReadonlyMap<string, OptionBeyond> = new Map<string, OptionBeyond>([
  ['layer Conv1DTranspose', isDilated],
  ['layer Conv2DTranspose', isDilated],
  ['layer UpSampling2D', onlyWith({ interpolation: ['nearest', 'bilinear'] })],
  ['layer Resizing', onlyWith({ interpolation: ['nearest', 'bilinear'], antialias: off })],
  ['layer BatchNormalization', onlyWith({ renorm: off })],
  ...['LSTM', 'GRU', 'SimpleRNN', 'RNN'].map((name) => [`layer ${name}`, onlyWith({ time_major: off })] as const),
]);

/** Tensors that layers take beside what they work on, where these are followed. */
const followedTensors: ReadonlySet<string> = new Set([
  ...['inputs', 'input', 'x', 'x1', 'x2', 'xs', 'sequences', 'sequence', 'initial_state'],
  ...['query', 'value', 'key'],
]);

/** Arguments of a call that lowerings do not follow. */
function argumentBeyond({ layer, options, arguments: { named } }: LayerContext): string | undefined {
  if (layer.kind === 'op') return undefined;
  for (const [name, argument] of named) {
    const isTensor = 'shape' in argument || 'list' in argument;
    if (isTensor && !followedTensors.has(name) && !isMaskFollowed(layer.className, name)) return `a tensor as ${name}`;
    // Keras 3 puts in its own value when a model runs.
    if (name === 'training' && options.flavour === 'keras2' && isOn(argument)) return 'training=true in its call';
  }
  return undefined;
}

function isOn(argument: LoweredArgument): boolean {
  return 'plain' in argument && argument.plain === true;
}

/** Layers that follow masks, and those that a mask does not concern when a model runs. */
const masked: ReadonlySet<string> = new Set([
  ...['BatchNormalization', 'TimeDistributed', 'GlobalAveragePooling1D', 'Softmax'],
  ...['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'Bidirectional', 'Attention', 'AdditiveAttention'],
]);

const attentions: ReadonlySet<string> = new Set(['MultiHeadAttention', 'GroupQueryAttention']);

function isMaskFollowed(className: string, name: string): boolean {
  if (attentions.has(className)) return name.endsWith('_mask');
  return name === 'mask' && masked.has(className);
}

/** The option or argument of a layer of which nothing is made here, as a message shows it. */
export function beyondLowering(context: LayerContext): string | undefined {
  const { layer } = context;
  return beyondByClass.get(`${layer.kind} ${layer.className}`)?.(context) ?? argumentBeyond(context);
}

/** Of a layer that is refused: because of `beyond`, which it has, or because nobody knows what it computes. */
export function unknownLayer(className: string, name: string, beyond?: string): HumanError {
  if (className === 'Lambda') {
    return new HumanError(
      'keras-layer',
      `The layer "${name}" (Lambda) is code of Python in the file, which is never run here, so the model is not ` +
        'converted. Build it of layers that Keras has.',
    );
  }
  if (beyond !== undefined) {
    return new HumanError(
      'keras-layer',
      `The layer "${name}" (${className}) has ${beyond}, which is not followed here, so the model is not converted. ` +
        'Leave that out, or build what it does of other layers.',
    );
  }
  return new HumanError(
    'keras-layer',
    `What the layer "${name}" (${className}) computes is not known here, so the model is not converted. ` +
      'Build it of layers that Keras has.',
  );
}
