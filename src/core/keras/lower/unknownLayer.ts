import { HumanError } from '../../model/problem';
import { numbersOf, textOf } from '../configValues';
import type { LayerContext } from './context';

type IsBeyond = (context: LayerContext) => boolean;

const isDilated: IsBeyond = ({ config }) => (numbersOf(config, 'dilation_rate') ?? []).some((rate) => rate !== 1);

const isInnerAxis: IsBeyond = ({ config, inputs: [input] }) => {
  const axes = numbersOf(config, 'axis') ?? [];
  return axes.some((axis) => axis !== -1 && axis !== input.shape.length - 1);
};

const isOtherResizing: IsBeyond = ({ config }) =>
  !['bilinear', 'nearest'].includes(textOf(config, 'interpolation') ?? 'bilinear') ||
  ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias'].some((name) => config.get(name) === true);

/** Calls with a value to begin with, or to fill in. */
const hasMore =
  (name: string): IsBeyond =>
  ({ config, arguments: { positional, named } }) =>
    positional.length > 1 || [config.get(name), named.get(name)].some((value) => isGiven(value));

function isGiven(value: unknown): boolean {
  const plain = typeof value === 'object' && value !== null && 'plain' in value ? value.plain : value;
  return plain !== undefined && plain !== null && plain !== 0;
}

/** What lowerings do not follow, by class: a model that left it out would answer otherwise. */
const beyond: ReadonlyMap<string, IsBeyond> = new Map<string, IsBeyond>([
  ['layer Conv1DTranspose', isDilated],
  ['layer Conv2DTranspose', isDilated],
  ['layer UpSampling2D', isOtherResizing],
  ['layer Resizing', isOtherResizing],
  ['op Max', hasMore('initial')],
  ['op Min', hasMore('initial')],
  ['op Pad', hasMore('constant_values')],
]);

/** True where a layer has an option of which nothing is made here; channels in front are none of TFLM's. */
export function isBeyondLowering(context: LayerContext): boolean {
  const { layer, config, inputs } = context;
  if (config.get('data_format') === 'channels_first' && (inputs.at(0)?.shape.length ?? 0) > 2) return true;
  return beyond.get(`${layer.kind} ${layer.className}`)?.(context) ?? false;
}

export function unknownLayer(className: string, name: string): HumanError {
  if (className === 'Lambda') {
    return new HumanError(
      'keras-layer',
      `The layer "${name}" (Lambda) is code of Python in the file, which is never run here, so the model is not ` +
        'converted. Build it of layers that Keras has.',
    );
  }
  return new HumanError(
    'keras-layer',
    `What the layer "${name}" (${className}) computes is not known here, so the model is not converted. ` +
      'Build it of layers that Keras has.',
  );
}
