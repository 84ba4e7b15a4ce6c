import { isOn, numberOf, textOf } from './configValues';
import type { KerasFlavour, KerasLayer, KerasModel } from './kerasModel';
import { activationName } from './layers/fillConfig';
import { shapeOf } from './parameters';

/** How a model is going to be converted. */
interface PlannedConversion {
  readonly flavour: KerasFlavour;
  readonly isBatchOpen: boolean;
  readonly numbers: 'float32' | 'int8' | 'int16x8';
}

/** Something that the official converter does badly, or TFLM with what it writes. */
interface ConverterTrouble {
  /** Stable code in kebab case. */
  readonly code: string;
  readonly isSo: (layer: KerasLayer, planned: PlannedConversion, model: KerasModel) => boolean;
  /** What happens: the end of a sentence that begins with the layer. */
  readonly effect: string;
  /** Whole sentence. */
  readonly remedy: string;
}

/** One that is met: which layer, and what of it. */
interface LayerTrouble extends Pick<ConverterTrouble, 'code' | 'effect' | 'remedy'> {
  readonly layer: KerasLayer;
}

const recurrent: ReadonlySet<string> = new Set(['LSTM', 'GRU', 'SimpleRNN', 'RNN']);

/** The recurrent layer that a layer is or holds, where it is written as a loop. */
function loopOf(layer: KerasLayer): KerasLayer | undefined {
  const own = recurrent.has(layer.className) ? layer : layer.wraps?.find(({ className }) => recurrent.has(className));
  return own !== undefined && isOn(own.config, 'unroll') === false ? own : undefined;
}

function rankOf(model: KerasModel, layer: KerasLayer): number {
  const [tensor] = layer.calls.at(0)?.inputs ?? [];
  return tensor === undefined ? 0 : (shapeOf(model, tensor)?.length ?? 0);
}

function hasActivation({ config }: KerasLayer, name: string): boolean {
  return activationName(config.get('activation')) === name;
}

function isDilated({ config }: KerasLayer): boolean {
  const rate = config.get('dilation_rate');
  return Array.isArray(rate) && rate.some((each) => typeof each === 'number' && each > 1);
}

/**
 * What is known of TensorFlow 2.21 with Keras 3.15 or tf_keras 2.21, and of TFLM of August 2026: each was seen in a
 * file that the converter wrote, or in its refusal.
 */
const troubles: readonly ConverterTrouble[] = [
  {
    code: 'keras-recurrent-open-batch',
    isSo: (layer, { isBatchOpen }) => isBatchOpen && loopOf(layer) !== undefined,
    effect: 'is refused by the converter while the batch is open',
    remedy: 'Fix the batch with Input(batch_size=1), or set unroll=True.',
  },
  {
    code: 'keras-recurrent-int8',
    isSo(layer, { numbers, flavour, isBatchOpen }) {
      const loop = loopOf(layer);
      if (loop === undefined || isBatchOpen || numbers === 'float32') return false;
      return flavour === 'keras3' || loop.className !== 'LSTM' || isOn(loop.config, 'stateful') === true;
    },
    effect: 'ends the process of the converter while it is quantized',
    remedy: 'Set unroll=True, or convert an LSTM with tf_keras and the batch fixed.',
  },
  {
    code: 'keras-recurrent-grows',
    isSo(layer, { flavour, isBatchOpen }) {
      const loop = loopOf(layer);
      if (loop === undefined || isBatchOpen || isOn(loop.config, 'return_sequences') !== true) return false;
      return flavour === 'keras3' || loop.className !== 'LSTM';
    },
    effect: 'becomes a loop that TensorFlow Lite Micro answers wrongly, without a word',
    remedy: 'Set unroll=True, or convert the trained file here, which writes no such loop.',
  },
  {
    code: 'keras-dense-open-batch',
    isSo: (layer, { isBatchOpen }, model) => isBatchOpen && layer.className === 'Dense' && rankOf(model, layer) > 2,
    effect: 'becomes eleven operators with REDUCE_PROD, which TensorFlow Lite Micro refuses, while the batch is open',
    remedy: 'Fix the batch with Input(batch_size=1).',
  },
  {
    code: 'keras-dilated-open-batch',
    isSo: (layer, { isBatchOpen }) => isBatchOpen && isDilated(layer),
    effect: 'goes through blocks in the batch, of which TensorFlow Lite Micro computes a part only',
    remedy: 'Fix the batch with Input(batch_size=1): the dilation is then an option of the convolution.',
  },
  {
    code: 'keras-nearest-tile',
    isSo: ({ className, config }, { flavour }) =>
      flavour === 'keras3' &&
      (className === 'UpSampling1D' ||
        (className === 'UpSampling2D' && (textOf(config, 'interpolation') ?? 'nearest') === 'nearest')),
    effect: 'becomes TILE, which TensorFlow Lite Micro does not have',
    remedy: 'Convert with tf_keras or convert the trained file here: both write RESIZE_NEAREST_NEIGHBOR.',
  },
  {
    code: 'keras-repeat-tile',
    isSo: ({ className }) => className === 'RepeatVector',
    effect: 'becomes TILE, which TensorFlow Lite Micro does not have',
    remedy: 'Use Concatenate of the same tensor.',
  },
  {
    code: 'keras-gelu',
    isSo: (layer) => layer.className === 'Gelu' || hasActivation(layer, 'gelu'),
    effect: 'becomes GELU, which TensorFlow Lite Micro does not have',
    remedy: 'Use relu or hard_silu.',
  },
  {
    code: 'keras-select',
    isSo: (layer, { isBatchOpen }) =>
      !isBatchOpen &&
      (hasActivation(layer, 'selu') || (layer.className === 'ELU' && numberOf(layer.config, 'alpha') !== 1)),
    effect: 'becomes SELECT, which TensorFlow Lite Micro does not have',
    remedy: 'Use elu with alpha=1, or convert the trained file here, which writes SELECT_V2.',
  },
  {
    code: 'keras-island',
    isSo: ({ className }, { numbers }) => numbers === 'int8' && className === 'LayerNormalization',
    effect: 'computes a part in float between DEQUANTIZE and QUANTIZE though the rest is int8',
    remedy: 'Use BatchNormalization, which is folded into the layer before it.',
  },
  {
    code: 'keras-int16-refused',
    isSo: (layer, { numbers }) =>
      numbers === 'int16x8' &&
      (layer.className === 'LayerNormalization' ||
        ['hard_silu', 'hard_swish'].some((name) => hasActivation(layer, name))),
    effect: 'is refused by the converter with 16-bit activations',
    remedy: 'Use another activation or BatchNormalization, or convert to int8.',
  },
  {
    code: 'keras-random',
    isSo: ({ className }) => className === 'Sampling' || className === 'RandomNormal',
    effect: 'draws random numbers, which the converter refuses',
    remedy: 'Make a model for the device that goes around it.',
  },
];

/** What will go badly in a conversion of `model`, layer by layer, those of models inside among them. */
export function converterTroubles(model: KerasModel, planned: PlannedConversion): readonly LayerTrouble[] {
  return model.layers.flatMap((layer): readonly LayerTrouble[] => [
    ...troubles
      .filter(({ isSo }) => layer.calls.length > 0 && isSo(layer, planned, model))
      .map(({ code, effect, remedy }) => ({ layer, code, effect, remedy })),
    ...(layer.model === undefined ? [] : converterTroubles(layer.model, planned)),
  ]);
}
