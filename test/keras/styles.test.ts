import { described } from './described';
import { check } from '../support/check';

const header = 'from tensorflow import keras\nfrom tensorflow.keras import layers\n';

// Layers, shapes and parameters are those of Keras 3.15, which ran these sources; recurrent layers are counted by hand.
check('the ways in which people write models', (body: string) => described(header + body), [
  {
    name: 'a helper with *args and **kwargs',
    input: [
      'def conv(x, *args, **kwargs):',
      '    kwargs.setdefault("padding", "same")',
      '    return layers.Conv2D(*args, **kwargs)(x)',
      'i = keras.Input((6, 6, 1))',
      'm = keras.Model(i, conv(conv(i, 2, 3), 4, 1, use_bias=False))',
    ].join('\n'),
    expected: ['m', '  InputLayer@6 6x6x1 0', '  Conv2D@5 6x6x2 20', '  Conv2D@5 6x6x4 8'],
  },
  {
    name: 'layers by enumerate, named by an f-string',
    input: [
      'm = keras.Sequential([keras.Input((5,))])',
      'for k, n in enumerate([4, 3], start=1):',
      '    m.add(layers.Dense(n, name=f"dense_{k:02d}"))',
    ].join('\n'),
    expected: ['m', '  Dense@5 4 24', '  Dense@5 3 15'],
  },
  {
    name: 'a nested function that uses what is around it',
    input: [
      'def build(width):',
      '    def block(x):',
      '        return layers.Dense(width)(x)',
      '    i = keras.Input((2,))',
      '    return keras.Model(i, block(block(i)))',
      'm = build(3)',
    ].join('\n'),
    expected: ['m', '  InputLayer@6 2 0', '  Dense@5 3 9', '  Dense@5 3 12'],
  },
  {
    name: 'functional branches joined',
    input: [
      'i = keras.Input((8, 8, 2))',
      'a = layers.Conv2D(3, 1)(i)',
      'b = layers.Conv2D(3, 3, padding="same")(i)',
      'x = layers.Add()([a, b])',
      'x = layers.Concatenate()([x, i])',
      'm = keras.Model(i, layers.GlobalAveragePooling2D()(x))',
    ].join('\n'),
    expected: [
      'm',
      '  InputLayer@3 8x8x2 0',
      '  Conv2D@4 8x8x3 9',
      '  Conv2D@5 8x8x3 57',
      '  Add@6 8x8x3 0',
      '  Concatenate@7 8x8x5 0',
      '  GlobalAveragePooling2D@8 5 0',
    ],
  },
  {
    name: 'another head on the layers of a model',
    input: [
      'base = keras.Sequential([keras.Input((4,)), layers.Dense(6), layers.Dense(2)])',
      'x = layers.Dense(3)(base.layers[-2].output)',
      'm = keras.Model(base.inputs, x)',
    ].join('\n'),
    expected: [
      'base',
      '  Dense@3 6 30',
      '  Dense@3 2 14',
      'm',
      '  InputLayer@3 4 0',
      '  Dense@3 6 30',
      '  Dense@4 3 21',
    ],
  },
  {
    name: 'a layer class picked by a dictionary',
    input: [
      'kinds = {"max": layers.MaxPooling1D, "avg": layers.AveragePooling1D}',
      'm = keras.Sequential([keras.Input((10, 2)), kinds["avg"](3), layers.Conv1D(4, 2)])',
    ].join('\n'),
    expected: ['m', '  AveragePooling1D@4 3x2 0', '  Conv1D@4 2x4 20'],
  },
  {
    name: 'a ternary and a comparison of texts',
    input: [
      'mode = "Small".lower()',
      'm = keras.Sequential([keras.Input((4,)), layers.Dense(2 if mode == "small" else 20)])',
    ].join('\n'),
    expected: ['m', '  Dense@4 2 10'],
  },
  {
    name: 'widths halved while they are large',
    input: [
      'n = 16',
      'm = keras.Sequential([keras.Input((4,))])',
      'while n > 3:',
      '    m.add(layers.Dense(n))',
      '    n //= 2',
    ].join('\n'),
    expected: ['m', '  Dense@6 16 80', '  Dense@6 8 136', '  Dense@6 4 36'],
  },
  {
    name: 'a partial function and a lambda',
    input: [
      'from functools import partial',
      'dense = partial(layers.Dense, use_bias=False)',
      'head = lambda x, n: dense(n)(x)',
      'i = keras.Input((3,))',
      'm = keras.Model(i, head(dense(2)(i), 4))',
    ].join('\n'),
    expected: ['m', '  InputLayer@6 3 0', '  Dense@7 2 6', '  Dense@5 4 8'],
  },
  {
    name: 'a class of configuration with a property',
    input: [
      'class Config:',
      '    base = 4',
      '    def __init__(self, depth=2):',
      '        self.depth = depth',
      '    @property',
      '    def widths(self):',
      '        return [self.base * 2 ** k for k in range(self.depth)]',
      'm = keras.Sequential([keras.Input((2,))] + [layers.Dense(w) for w in Config(depth=3).widths])',
    ].join('\n'),
    expected: ['m', '  Dense@10 4 12', '  Dense@10 8 40', '  Dense@10 16 144'],
  },
  {
    name: 'recursion over the depth',
    input: [
      'def down(x, depth):',
      '    if depth == 0:',
      '        return x',
      '    return down(layers.Conv1D(depth, 3, strides=2, padding="same")(x), depth - 1)',
      'i = keras.Input((9, 1))',
      'm = keras.Model(i, down(i, 3))',
    ].join('\n'),
    expected: ['m', '  InputLayer@7 9x1 0', '  Conv1D@6 5x3 12', '  Conv1D@6 3x2 20', '  Conv1D@6 2x1 7'],
  },
  {
    name: 'recurrent layers, both ways',
    input: [
      'm = keras.Sequential([keras.Input((7, 3)), layers.Bidirectional(layers.LSTM(2, return_sequences=True)), layers.GRU(4)])',
    ].join('\n'),
    expected: ['m', '  Bidirectional@3 7x4 96', '  GRU@3 4 120'],
  },
  {
    name: 'separable and transposed convolutions',
    input: [
      'm = keras.Sequential([keras.Input((5, 5, 2)), layers.SeparableConv2D(3, 3), layers.Conv2DTranspose(1, 2, strides=2)])',
    ].join('\n'),
    expected: ['m', '  SeparableConv2D@3 3x3x3 27', '  Conv2DTranspose@3 6x6x1 13'],
  },
  {
    name: 'a builder that several conditions leave early',
    input: [
      'def make(kind, n=3):',
      '    i = keras.Input((2,))',
      '    if kind == "linear":',
      '        return keras.Model(i, layers.Dense(1)(i))',
      '    if kind in ("mlp", "deep"):',
      '        return keras.Model(i, layers.Dense(1)(layers.Dense(n)(i)))',
      '    raise ValueError(kind)',
      'm = make("mlp", n=5)',
    ].join('\n'),
    expected: ['m', '  InputLayer@4 2 0', '  Dense@8 5 15', '  Dense@8 1 6'],
  },
  {
    name: 'an encoder and a decoder, one behind the other',
    input: [
      'e = keras.Sequential([keras.Input((6,)), layers.Dense(2)])',
      'd = keras.Sequential([keras.Input((2,)), layers.Dense(6)])',
      'i = keras.Input((6,))',
      'm = keras.Model(i, d(e(i)))',
    ].join('\n'),
    expected: [
      'e',
      '  Dense@3 2 14',
      'd',
      '  Dense@4 6 18',
      'm',
      '  InputLayer@5 6 0',
      '  Sequential@3 2 14',
      '  Sequential@4 6 18',
    ],
  },
]);
