import { described, describedFiles } from './described';
import { check } from '../support/check';

const header = 'from tensorflow import keras\nfrom tensorflow.keras import layers\n';

check('a Keras source, read without running it', (body: string) => described(header + body), [
  {
    name: 'layers in a list, the shape with the first of them',
    input: 'm = keras.Sequential([layers.Dense(4, input_shape=(3,)), layers.Dense(2, use_bias=False)])',
    expected: ['m', '  Dense@3 4 16', '  Dense@3 2 8'],
  },
  {
    name: 'layers added one by one, and one taken away again',
    input:
      'm = keras.Sequential()\nm.add(keras.Input((8, 8, 1)))\nm.add(layers.Conv2D(2, 3))\nm.add(layers.Flatten())\nm.pop()',
    expected: ['m', '  Conv2D@5 6x6x2 20'],
  },
  {
    name: 'a functional model with a shape taken from a tensor',
    input: [
      'i = keras.Input((10, 4))',
      'x = layers.Conv1D(6, 3, padding="same")(i)',
      'x = layers.AveragePooling1D(int(x.shape[1]))(x)',
      'x = layers.Flatten()(x)',
      'm = keras.Model(i, layers.Dense(x.shape[-1] // 2)(x))',
    ].join('\n'),
    expected: [
      'm',
      '  InputLayer@3 10x4 0',
      '  Conv1D@4 10x6 78',
      '  AveragePooling1D@5 1x6 0',
      '  Flatten@6 6 0',
      '  Dense@7 3 21',
    ],
  },
  {
    name: 'a helper with defaults, called in a loop over pairs',
    input: [
      'def block(x, n, k=3):',
      '    return layers.Conv2D(n, k, padding="same", activation="relu")(x)',
      'i = x = keras.Input((4, 4, 1))',
      'for n, k in zip([2, 3], (1, 5)):',
      '    x = block(x, n, k=k)',
      'm = keras.Model(i, x)',
    ].join('\n'),
    expected: ['m', '  InputLayer@5 4x4x1 0', '  Conv2D@4 4x4x2 4', '  Conv2D@4 4x4x3 153'],
  },
  {
    name: 'a dead branch is not counted, and the last value of a name is',
    input:
      'BIG = False\nn = 9\nif BIG:\n    n = 900\nn -= 1\nm = keras.Sequential([keras.Input((2,)), layers.Dense(n)])',
    expected: ['m', '  Dense@8 8 24'],
  },
  {
    name: 'a shape that comes from a file is open, and so is all that hangs on it',
    input: [
      'import numpy as np',
      'x = np.load("x.npy")',
      'm = keras.Sequential([keras.Input(x.shape[1:]), layers.Dense(2)])',
    ].join('\n'),
    expected: ['m, open x.shape[1:]', '  Dense@5 ? ?'],
  },
  {
    name: 'a directive gives it',
    input: [
      'import numpy as np',
      'x = np.load("x.npy")  # milliwatt: x.shape[1:] = (5,)',
      'm = keras.Sequential([keras.Input(x.shape[1:]), layers.Dense(2)])',
    ].join('\n'),
    expected: ['m', '  Dense@5 2 12'],
  },
  {
    name: 'a builder that nobody calls is a template',
    input: [
      'def build(input_shape, classes, width=8):',
      '    i = keras.Input(shape=input_shape)',
      '    x = layers.Dense(width)(i)',
      '    return keras.Model(i, layers.Dense(classes)(x))',
    ].join('\n'),
    expected: ['build(), open input_shape, open classes', '  InputLayer@4 ? 0', '  Dense@5 ? ?', '  Dense@6 ? ?'],
  },
  {
    name: 'a condition that is not known: both ways are shown, and said',
    input: [
      'import os',
      'deep = os.path.exists("deep")',
      'm = keras.Sequential([keras.Input((2,))])',
      'if deep:',
      '    m.add(layers.Dense(3))',
      'm.add(layers.Dense(1))',
    ].join('\n'),
    expected: [
      'm, assumed `deep` is taken for true.',
      '  Dense@7 3 9',
      '  Dense@8 1 4',
      'm, assumed `deep` is taken for false.',
      '  Dense@8 1 3',
    ],
  },
  {
    name: 'a condition on which no model hangs is not spoken of',
    input:
      'import os\nif os.path.exists("logs"):\n    print("logs")\nm = keras.Sequential([keras.Input((2,)), layers.Dense(1)])',
    expected: ['m', '  Dense@6 1 3'],
  },
  {
    name: 'a loop of which nobody knows how often it runs',
    input: [
      'import sys',
      'm = keras.Sequential([keras.Input((2,))])',
      'for _ in range(int(sys.stdin.readline())):',
      '    m.add(layers.Dense(2))',
    ].join('\n'),
    expected: [
      'm, assumed How often the loop over `range(int(sys.stdin.readline()))` runs is not known: one round is shown.',
      '  Dense@6 2 6',
      'm, assumed How often the loop over `range(int(sys.stdin.readline()))` runs is not known: two rounds are shown.',
      '  Dense@6 2 6',
      '  Dense@6 2 6',
    ],
  },
  {
    name: 'a subclassed model: layers by attribute, one of them never called',
    input: [
      'class Net(keras.Model):',
      '    def __init__(self, n):',
      '        super().__init__()',
      '        self.out = layers.Dense(n)',
      '        self.hidden = layers.Dense(5)',
      '        self.spare = layers.Dense(7)',
      '    def call(self, x):',
      '        return self.out(self.hidden(x))',
      'm = Net(2)',
      'm.build((None, 3))',
    ].join('\n'),
    expected: ['m', '  Dense@6 2 12', '  Dense@7 5 20', '  Dense@8 unused 0'],
  },
  {
    name: 'dictionaries, star arguments, a comprehension and a configuration class',
    input: [
      'from dataclasses import dataclass',
      '@dataclass',
      'class Config:',
      '    widths: tuple = (3, 4)',
      '    act: str = "relu"',
      'c = Config(act="tanh")',
      'common = {"activation": c.act, "use_bias": False}',
      'm = keras.Sequential([keras.Input((2,)), *[layers.Dense(w, **common) for w in c.widths]])',
    ].join('\n'),
    expected: ['m', '  Dense@10 3 6', '  Dense@10 4 12'],
  },
  {
    name: 'defaults of a command line',
    input: [
      'import argparse',
      'p = argparse.ArgumentParser()',
      'p.add_argument("--units", type=int, default="6")',
      'p.add_argument("--no-bias", action="store_true")',
      'a = p.parse_args()',
      'm = keras.Sequential([keras.Input((2,)), layers.Dense(a.units, use_bias=not a.no_bias)])',
    ].join('\n'),
    expected: ['m', '  Dense@8 6 18'],
  },
  {
    name: 'a shared layer once, merged by a function, with operators between tensors',
    input: [
      'a, b = keras.Input((3,)), keras.Input((3,))',
      's = layers.Dense(2)',
      'y = layers.concatenate([s(a), s(b)])',
      'm = keras.Model([a, b], y * 0.5 + 1)',
    ].join('\n'),
    expected: [
      'm',
      '  InputLayer@3 3 0',
      '  InputLayer@3 3 0',
      '  Dense@4 2 8',
      '  Concatenate@5 4 0',
      '  Multiply@6 4 0',
      '  Add@6 4 0',
    ],
  },
  {
    name: 'a layer of its own: what its call does, and its variables',
    input: [
      'class Gain(layers.Layer):',
      '    def build(self, shape):',
      '        self.g = self.add_weight(name="g", shape=(shape[-1],))',
      '    def call(self, x):',
      '        return x * self.g',
      'm = keras.Sequential([keras.Input((4, 3)), Gain(), layers.Flatten()])',
    ].join('\n'),
    expected: ['m', '  Gain@8 4x3 3', '  Flatten@8 12 0'],
  },
  {
    name: 'what is half typed leaves the rest',
    input: 'm = keras.Sequential([keras.Input((2,)), layers.Dense(3)])\nm.add(layers.Dense(',
    expected: ['m, open ?', '  Dense@3 3 9', '  Dense@4 ? ?'],
  },
  {
    name: 'what follows a line that is half typed begins where its indentation says so',
    input: [
      'm = keras.Sequential([keras.Input((4,))])',
      'm.add(layers.Dense(3, activation=',
      'm.add(layers.Dense(5))',
      'm.add(layers.Dense(units=',
      'k = 7',
      'm.add(layers.Dense(k))',
      'n = keras.Sequential([',
      '    keras.Input((2,)),',
      '    layers.Dense(1),',
      '    layers.Dense(',
      '',
      'm.compile(optimizer="adam")',
      'o = keras.Sequential([keras.Input((2,)), layers.Dense(1)])',
    ].join('\n'),
    expected: [
      'm, open ?',
      '  Dense@4 3 15',
      '  Dense@5 5 20',
      '  Dense@6 ? ?',
      '  Dense@8 7 ?',
      'n, open ?',
      '  Dense@11 1 3',
      '  Dense@12 ? ?',
      'o',
      '  Dense@15 1 3',
    ],
  },
  {
    name: 'a string that is half typed, within a function',
    input: [
      'def net(n=2):',
      '    i = keras.Input((4,))',
      '    x = layers.Dense(n, name="first',
      '    x = layers.Dense(n)(i)',
      '    return keras.Model(i, x)',
      'a = net()',
      'b = net(3',
      'c = net(1)',
    ].join('\n'),
    expected: [
      'a',
      '  InputLayer@4 4 0',
      '  Dense@6 2 10',
      'b',
      '  InputLayer@4 4 0',
      '  Dense@6 3 15',
      'c',
      '  InputLayer@4 4 0',
      '  Dense@6 1 5',
    ],
  },
  {
    name: 'wrappers for training stand for the model inside, and say so',
    input: [
      'import tensorflow_model_optimization as tfmot',
      'm = keras.Sequential([keras.Input((2,)), layers.Dense(3)], name="net")',
      'p = tfmot.sparsity.keras.prune_low_magnitude(m)',
    ].join('\n'),
    expected: [
      'm,p, assumed prune_low_magnitude wraps net for training: ' +
        'figures are those of the model inside, which strip_pruning gives before it is converted.',
      '  Dense@4 3 9',
    ],
  },
]);

check(
  'a Keras source over several files',
  (files: Readonly<Record<string, string>>) => describedFiles(new Map(Object.entries(files))),
  [
    {
      name: 'names of a module beside it, its package and what it imports with a star',
      input: {
        'main.py':
          'from config import *\nfrom nets import blocks as b\nfrom keras import Sequential, Input\nm = Sequential([Input(SHAPE), b.head(N)])',
        'config.py': 'SHAPE = (4,)\nN = 3\n_hidden = 2',
        'nets/__init__.py': '',
        'nets/blocks.py':
          'from keras.layers import Dense\nfrom . import sizes\ndef head(n):\n    return Dense(n + sizes.MORE)',
        'nets/sizes.py': 'MORE = 1',
      },
      expected: ['m', '  Dense@4 4 20'],
    },
  ],
);
