import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { modelsOfSource, readModel } from '../../src/core/formats/formats';
import { tfliteBytes } from '../../src/core/formats/tflite/size';
import { kerasArchive } from '../support/kerasArchive';
import { hostileNames, hostileNumbers, type Chance } from './chance';
import { chanceOf, files, texts, type Source } from './sources';

/** Archives whose configuration makes a model more or less, some with weights, some with changed bytes. */
export const kerasFiles: Source = (seed, kept) =>
  chanceOf(seed, -2).is(0.3) ? changedFiles(seed, kept) : { bytes: begun(chanceOf(seed, -1)), changes: ['begun'] };

const changedFiles = files(begun);

/** Reads a file, and works out the size of what it is converted to. */
export function convertKerasFile(bytes: Uint8Array): unknown {
  addForeignFormats();
  return tfliteBytes(readModel({ path: 'fuzz.keras', bytes }).model);
}

const classes = [
  ...['Dense', 'Conv2D', 'Conv1D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose', 'BatchNormalization'],
  ...['Activation', 'ReLU', 'LeakyReLU', 'Softmax', 'PReLU', 'MaxPooling2D', 'AveragePooling1D', 'Flatten', 'Reshape'],
  ...['GlobalAveragePooling2D', 'GlobalMaxPooling1D', 'Permute', 'RepeatVector', 'ZeroPadding2D', 'Cropping1D', 'Add'],
  ...['Concatenate', 'Dot', 'Embedding', 'LSTM', 'GRU', 'SimpleRNN', 'Bidirectional', 'TimeDistributed', 'RNN'],
  ...['UpSampling2D', 'Resizing', 'Rescaling', 'Normalization', 'LayerNormalization', 'GroupNormalization', 'Lambda'],
  ...['MultiHeadAttention', 'Attention', 'Dropout', 'Sequential', 'InputLayer', 'StackedRNNCells'],
];
const keys = [
  ...['units', 'filters', 'kernel_size', 'strides', 'padding', 'dilation_rate', 'groups', 'depth_multiplier', 'axis'],
  ...['activation', 'use_bias', 'pool_size', 'target_shape', 'dims', 'n', 'size', 'height', 'width', 'input_dim'],
  ...['output_dim', 'return_sequences', 'unroll', 'go_backwards', 'stateful', 'scale', 'offset', 'epsilon', 'mean'],
  ...['num_heads', 'key_dim', 'layer', 'cell', 'cells', 'layers', 'axes', 'data_format', 'cropping', 'alpha'],
];
const words = ['same', 'valid', 'causal', 'relu', 'softmax', 'channels_first', 'gelu', 'sigmoid', 'bilinear'];

function someLayer(chance: Chance, depth: number): unknown {
  const config: [string, unknown][] = [
    ['name', chance.is(0.05) ? chance.pick(hostileNames) : `layer_${chance.below(20)}`],
    ['units', 1 + chance.below(4)],
    ['filters', 1 + chance.below(4)],
    ['kernel_size', 1 + chance.below(3)],
  ];
  const count = chance.below(5);
  for (let at = 0; at < count; at++) config.push([chance.pick(keys), someValue(chance, depth)]);
  return {
    class_name: chance.is(0.03) ? chance.pick(hostileNames) : chance.pick(classes),
    config: Object.fromEntries(config),
    ...(chance.is(0.4) && { inbound_nodes: someNodes(chance) }),
  };
}

function someValue(chance: Chance, depth: number): unknown {
  if (depth < 3 && chance.is(0.15)) return someLayer(chance, depth + 1);
  if (depth < 3 && chance.is(0.15)) {
    return Array.from({ length: chance.below(4) }, () => someValue(chance, depth + 1));
  }
  return chance.pick<unknown>([
    1,
    2,
    3,
    4,
    -1,
    0.5,
    true,
    false,
    null,
    chance.pick(words),
    chance.pick(hostileNumbers),
  ]);
}

function someNodes(chance: Chance): unknown {
  const history = [`layer_${chance.below(20)}`, chance.below(2), chance.below(2)];
  const tensor = { class_name: '__keras_tensor__', config: { keras_history: history, shape: [null, 4] } };
  return chance.pick<unknown>([[[history]], [{ args: [tensor], kwargs: {} }], [{ args: [[tensor, tensor]] }], [[]]]);
}

function begun(chance: Chance): Uint8Array {
  const shape = chance.pick([
    [null, 8, 8, 2],
    [null, 10, 3],
    [null, 6],
    [null],
    [null, chance.pick(hostileNumbers), 2],
  ]);
  const input = {
    class_name: 'InputLayer',
    config: { name: 'layer_0', batch_shape: shape, dtype: chance.pick(['float32', 'int32', 'string']) },
    inbound_nodes: [],
  };
  const layers = Array.from({ length: 1 + chance.below(6) }, () => someLayer(chance, 0));
  const isGraph = chance.is(0.4);
  const config = {
    name: 'model',
    layers: [input, ...layers],
    ...(isGraph && {
      input_layers: [['layer_0', 0, 0]],
      output_layers: [[`layer_${chance.below(20)}`, 0, 0]],
    }),
  };
  const root = { class_name: isGraph ? 'Functional' : 'Sequential', config };
  return kerasArchive(root, chance.is(0.3) ? someWeights(chance) : undefined);
}

/** The head of an HDF5 file of the first version, and numbers in place of what it leads to. */
function someWeights(chance: Chance): Uint8Array {
  const bytes = new Uint8Array(104 + 4 * chance.below(200));
  for (let at = 96; at + 4 <= bytes.length; at += 4) {
    new DataView(bytes.buffer).setUint32(at, chance.pick(hostileNumbers) >>> 0, true);
  }
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16]);
  bytes.fill(0xff, 32, 40);
  bytes[40] = bytes.length & 255;
  bytes[64] = 96;
  bytes[72] = 1;
  bytes.set(chance.is(0.5) ? [0x54, 0x52, 0x45, 0x45] : [1, 0, 1, 0], 96);
  return bytes;
}

/** Programs that build models, of lines in any order. */
export const kerasPrograms: Source = texts([
  'import keras\nfrom keras import layers',
  'import tensorflow as tf\nfrom tensorflow.keras.models import Sequential\nfrom tensorflow.keras.layers import *',
  'model = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3, activation="relu"), layers.Flatten()])',
  'model.add(layers.Dense(10, activation="softmax"))',
  'x = inputs = keras.Input(shape=(16, 3), batch_size=1)',
  'x = layers.Conv1D(4, 3, padding="same", dilation_rate=2)(x)\nx = layers.BatchNormalization()(x)',
  'x = layers.LSTM(4, return_sequences=True)(x)\nx = layers.Bidirectional(layers.GRU(3))(x)',
  'x = layers.Concatenate(axis=-1)([x, x])\nx = x * 2 + 1',
  'model = keras.Model(inputs, x)',
  'def block(x, n=3, *args, **kw):\n    for i in range(n):\n        x = layers.Dense(4 + i, **kw)(x)\n    return x',
  'x = block(x, 2, activation="relu")',
  'class Net(keras.Model):\n    def __init__(self, n):\n        super().__init__()\n        self.d = layers.Dense(n)\n    def call(self, x):\n        return self.d(x)',
  'net = Net(4)\nnet.build((None, 8))',
  'while x.shape[1] > 2:\n    x = layers.MaxPooling1D(2)(x)',
  'converter = tf.lite.TFLiteConverter.from_keras_model(model)\nconverter.optimizations = [tf.lite.Optimize.DEFAULT]',
  '# milliwatt: input_shape=(49, 10, 1)',
  'sizes = [int(s) for s in "8,16,32".split(",")]\nfor s in sizes:\n    model.add(layers.Dense(s))',
  'model = keras.applications.MobileNet(input_shape=(96, 96, 1), alpha=0.25, weights=None, classes=2)',
]);

/** Reads each model of a program, and works out the size of what the official converter makes of it. */
export function readPrograms(bytes: Uint8Array): unknown {
  addForeignFormats();
  return modelsOfSource({ path: 'fuzz.py', content: bytes }).map(({ id }) =>
    tfliteBytes(readModel({ path: `fuzz.py#${id}`, bytes }).model),
  );
}
