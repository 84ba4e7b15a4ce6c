import { described } from './described';
import { check } from '../support/check';

const header = 'import numpy as np\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n';

// Shapes of data are those of its documentation; parameters are counted by hand.
check('sizes that come from data, tuners and settings', (body: string) => described(header + body), [
  {
    name: 'a number that ends in its point',
    input: 'm = keras.Sequential([keras.Input((4,)), layers.Rescaling(1./255), layers.Dense(int(6./2.))])',
    expected: ['m', '  Rescaling@4 4 0', '  Dense@4 3 15'],
  },
  {
    name: 'labels of a data set give the classes',
    input: [
      '(x, y), _ = keras.datasets.cifar10.load_data()',
      'y = keras.utils.to_categorical(y)',
      'x = x.astype("float32") / 255.',
      'm = keras.Sequential([layers.Flatten(input_shape=x.shape[1:]), layers.Dense(y.shape[1])])',
    ].join('\n'),
    expected: ['m', '  Flatten@7 3072 0', '  Dense@7 10 30730'],
  },
  {
    name: 'the model is built by the data that it is fitted to, whose parts are joined again',
    input: [
      '(x, y), _ = keras.datasets.california_housing.load_data(version="small")',
      'x = (x - x.mean(axis=0)) / x.std(axis=0)',
      'part = np.concatenate([x[:100], x[200:]], axis=0)',
      'm = keras.Sequential([layers.Dense(2)])',
      'm.fit(part, y)',
    ].join('\n'),
    expected: ['m', '  Dense@7 2 18'],
  },
  {
    name: 'a table of scikit-learn, scaled and split',
    input: [
      'from sklearn.datasets import load_iris',
      'from sklearn.preprocessing import StandardScaler',
      'from sklearn.model_selection import train_test_split',
      'data = load_iris()',
      'x = StandardScaler().fit_transform(data.data)',
      'a, b, c, d = train_test_split(x, data.target, test_size=0.2)',
      'm = keras.Sequential([keras.Input((a.shape[1],)), layers.Dense(len(np.unique(c)))])',
    ].join('\n'),
    expected: ['m', '  Dense@10 3 15'],
  },
  {
    name: 'arrays joined along another axis, and what an axis is reduced to',
    input: [
      'a = np.zeros((10, 4))',
      'b = np.concatenate((a, a), 1)',
      'c = np.vstack([b, b])',
      'd = c.mean(axis=1, keepdims=True) * np.ones((20, 3))',
      'm = keras.Sequential([keras.Input((b.shape[1],)), layers.Dense(c.shape[0]), layers.Dense(d.shape[1])])',
    ].join('\n'),
    expected: ['m', '  Dense@8 20 180', '  Dense@8 3 63'],
  },
  {
    name: 'a length that is not known may be the one axis that is dropped',
    input: [
      'a = np.load("a.npy")',
      'b = np.squeeze(np.zeros((5, len(a), 1)))',
      'm = keras.Sequential([keras.Input((b.shape[1],)), layers.Dense(2)])',
    ].join('\n'),
    expected: ['m, open b.shape[1]', '  Dense@6 2 ?'],
  },
  {
    name: 'hyperparameters have their defaults, or the first of their range',
    input: [
      'def build(hp):',
      '    m = keras.Sequential([keras.Input((3,))])',
      '    for _ in range(hp.Int("depth", 1, 3)):',
      '        m.add(layers.Dense(hp.Int("units", 4, 64, step=4, default=8), activation=hp.Choice("a", ["relu", "elu"])))',
      '    return m',
    ].join('\n'),
    expected: [
      'build(), assumed The hyperparameter "depth" has the value that it starts with: a tuner tries others., ' +
        'assumed The hyperparameter "units" has the value that it starts with: a tuner tries others., ' +
        'assumed The hyperparameter "a" has the value that it starts with: a tuner tries others.',
      '  Dense@7 8 32',
    ],
  },
  {
    name: 'a default of None stands for what is usually passed',
    input: [
      'def build(shape=None, classes=None, alpha=None, name=None):',
      '    if name is None:',
      '        name = "net"',
      '    i = keras.Input(shape)',
      '    x = layers.Dense(int(8 * alpha))(i)',
      '    return keras.Model(i, layers.Dense(classes)(x), name=name)',
    ].join('\n'),
    expected: ['build(), open shape, open alpha, open classes', '  InputLayer@7 ? 0', '  Dense@8 ? ?', '  Dense@9 ? ?'],
  },
  {
    name: 'a parameter that says its class of settings has the defaults of that',
    input: [
      'from dataclasses import dataclass',
      '@dataclass',
      'class Settings:',
      '    classes: int',
      '    width: int = 6',
      'def build(settings: Settings):',
      '    return keras.Sequential([keras.Input((2,)), layers.Dense(settings.width), layers.Dense(settings.classes)])',
    ].join('\n'),
    expected: [
      'build(), open settings.classes, assumed settings has the defaults of Settings.',
      '  Dense@10 6 18',
      '  Dense@10 ? ?',
    ],
  },
  {
    name: 'settings that refuse their own defaults are open',
    input: [
      'from dataclasses import dataclass',
      '@dataclass',
      'class Settings:',
      '    width: int = 0',
      '    def __post_init__(self):',
      '        if self.width < 1:',
      '            raise ValueError("width")',
      'def build(settings: Settings):',
      '    return keras.Sequential([keras.Input((2,)), layers.Dense(settings.width)])',
    ].join('\n'),
    expected: ['build(), open settings.width', '  Dense@12 ? ?'],
  },
  {
    name: 'what `not` takes is the next condition alone',
    input: [
      'a, b = True, True',
      'x = [not a or b, not (a or b), a and not a or b, not a and b or not b, not not a and b, a == b and not a != b]',
      'm = keras.Sequential([keras.Input((2,))] + [layers.Dense(2 if each else 1) for each in x])',
    ].join('\n'),
    expected: [
      'm',
      '  Dense@6 2 6',
      '  Dense@6 1 3',
      '  Dense@6 2 4',
      '  Dense@6 1 3',
      '  Dense@6 2 4',
      '  Dense@6 2 6',
    ],
  },
  {
    name: 'a loop over data is left early, and what hangs on it is said',
    input: [
      'total = 0',
      'for k in range(100000):',
      '    total += k % 7',
      'm = keras.Sequential([keras.Input((2,)), layers.Dense(3)])',
    ].join('\n'),
    expected: ['m', '  Dense@7 3 9'],
  },
  {
    name: 'twenty conditions about data change no model',
    input: [
      'import os',
      ...Array.from({ length: 20 }, (_, place) => `if os.path.exists("${place}"):\n    print("${place}")`),
      'm = keras.Sequential([keras.Input((2,)), layers.Dense(3)])',
    ].join('\n'),
    expected: ['m', '  Dense@45 3 9'],
  },
]);
