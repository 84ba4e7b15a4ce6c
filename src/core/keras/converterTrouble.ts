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
  /** `costs`: the device runs it and answers right, but takes more than it would have to. */
  readonly outcome?: 'costs';
  /** The operators that are written show it, so that rules find it in them. */
  readonly isWritten?: true;
}

/** One that is met: which layer, and what of it. */
export interface LayerTrouble extends Pick<ConverterTrouble, 'code' | 'effect' | 'remedy' | 'outcome' | 'isWritten'> {
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

/** Whether the converter dies of a loop of numbers that are quantized, with the batch fixed. */
function diesQuantized(loop: KerasLayer, { numbers, flavour }: PlannedConversion): boolean {
  if (numbers === 'float32') return false;
  return flavour === 'keras3' || loop.className !== 'LSTM' || isOn(loop.config, 'stateful') === true;
}

/** Training wants the batch open: it is another model, for the device, whose batch is fixed. */
const fixBatch = 'Convert a copy with the same weights whose input is keras.Input(..., batch_size=1)';

/**
 * What is known of TensorFlow 2.21 with Keras 3.15 or tf_keras 2.21, and of TFLM of August 2026: each was seen in a
 * file that the converter wrote, or in its refusal.
 */
const troubles: readonly ConverterTrouble[] = [
  {
    code: 'keras-recurrent-open-batch',
    isSo(layer, planned) {
      const loop = loopOf(layer);
      return planned.isBatchOpen && loop !== undefined && !diesQuantized(loop, planned);
    },
    effect: 'is refused by the official converter while the batch is open',
    remedy: `${fixBatch}, set unroll=True, or convert the trained file with "milliwatt convert".`,
  },
  {
    code: 'keras-recurrent-open-batch',
    isSo(layer, planned) {
      const loop = loopOf(layer);
      return planned.isBatchOpen && loop !== undefined && diesQuantized(loop, planned);
    },
    effect:
      'is refused by the official converter while the batch is open, and ends its process with a fixed batch while it is quantized',
    remedy:
      'Set unroll=True, quantize the trained file with "milliwatt quantize", or convert an LSTM with tf_keras and the batch fixed.',
  },
  {
    code: 'keras-recurrent-int8',
    isSo(layer, planned) {
      const loop = loopOf(layer);
      return loop !== undefined && !planned.isBatchOpen && diesQuantized(loop, planned);
    },
    effect: 'ends the process of the official converter while it is quantized',
    remedy:
      'Set unroll=True, quantize the trained file with "milliwatt quantize", or convert an LSTM with tf_keras and the batch fixed.',
  },
  {
    code: 'keras-recurrent-grows',
    isSo(layer, planned) {
      const loop = loopOf(layer);
      if (loop === undefined || isOn(loop.config, 'return_sequences') !== true) return false;
      if (planned.isBatchOpen || diesQuantized(loop, planned)) return false;
      return planned.flavour === 'keras3' || loop.className !== 'LSTM';
    },
    effect: 'becomes a loop that TensorFlow Lite Micro answers wrongly, without a word',
    remedy: 'Set unroll=True, or convert the trained file with "milliwatt convert", which writes no such loop.',
  },
  {
    code: 'keras-dense-open-batch',
    isSo: (layer, { isBatchOpen }, model) => isBatchOpen && layer.className === 'Dense' && rankOf(model, layer) > 2,
    effect: 'becomes eleven operators with REDUCE_PROD, which TensorFlow Lite Micro refuses, while the batch is open',
    remedy: `${fixBatch}, or use Conv1D or Conv2D with kernel_size=1, which computes the same.`,
    isWritten: true,
  },
  {
    code: 'keras-dilated-open-batch',
    isSo: (layer, { isBatchOpen }) => isBatchOpen && isDilated(layer),
    effect:
      'goes through blocks in the batch, of which TensorFlow Lite Micro computes a part only and answers wrongly, without a word',
    remedy: `${fixBatch}: the dilation is then an option of the convolution.`,
    isWritten: true,
  },
  {
    code: 'keras-nearest-tile',
    isSo: ({ className, config }, { flavour }) =>
      flavour === 'keras3' &&
      (className === 'UpSampling1D' ||
        (className === 'UpSampling2D' && (textOf(config, 'interpolation') ?? 'nearest') === 'nearest')),
    effect: 'becomes TILE, which TensorFlow Lite Micro does not have',
    remedy: 'Convert with tf_keras, or the trained file with "milliwatt convert": both write RESIZE_NEAREST_NEIGHBOR.',
    isWritten: true,
  },
  {
    code: 'keras-repeat-tile',
    isSo: ({ className }) => className === 'RepeatVector',
    effect: 'becomes TILE, which TensorFlow Lite Micro does not have',
    remedy: 'Use Concatenate of the same tensor.',
    isWritten: true,
  },
  {
    code: 'keras-gelu',
    isSo: (layer) => layer.className === 'Gelu' || hasActivation(layer, 'gelu'),
    effect: 'becomes GELU, which TensorFlow Lite Micro does not have',
    remedy: 'Use relu or hard_silu.',
    isWritten: true,
  },
  {
    code: 'keras-select',
    isSo: (layer, { isBatchOpen }) =>
      !isBatchOpen &&
      (hasActivation(layer, 'selu') || (layer.className === 'ELU' && numberOf(layer.config, 'alpha') !== 1)),
    effect: 'becomes SELECT, which TensorFlow Lite Micro does not have',
    remedy: 'Use elu with alpha=1, or convert the trained file with "milliwatt convert", which writes SELECT_V2.',
    isWritten: true,
  },
  {
    code: 'keras-island',
    isSo: ({ className }, { numbers }) => numbers === 'int8' && className === 'LayerNormalization',
    effect: 'computes a part in float between DEQUANTIZE and QUANTIZE though the rest is int8',
    remedy: 'Use BatchNormalization, which is folded into the layer before it.',
    outcome: 'costs',
  },
  {
    code: 'keras-int16-refused',
    isSo: (layer, { numbers }) =>
      numbers === 'int16x8' &&
      (layer.className === 'LayerNormalization' ||
        ['hard_silu', 'hard_swish'].some((name) => hasActivation(layer, name))),
    effect: 'is refused by the official converter with 16-bit activations',
    remedy: 'Use another activation or BatchNormalization, or convert to int8.',
  },
  {
    code: 'keras-random',
    isSo: ({ className }) => className === 'Sampling' || className === 'RandomNormal',
    effect: 'draws random numbers, which the official converter refuses',
    remedy: 'Make a model for the device that goes around it.',
  },
];

/** What will go badly in a conversion of `model`, layer by layer, those of models inside among them. */
export function converterTroubles(model: KerasModel, planned: PlannedConversion): readonly LayerTrouble[] {
  return model.layers.flatMap((layer): readonly LayerTrouble[] => [
    ...troubles
      .filter(({ isSo }) => layer.calls.length > 0 && isSo(layer, planned, model))
      .map(({ code, effect, remedy, outcome, isWritten }) => ({ layer, code, effect, remedy, outcome, isWritten })),
    ...(layer.model === undefined ? [] : converterTroubles(layer.model, planned)),
  ]);
}
