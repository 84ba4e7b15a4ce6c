import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { readKerasSource } from '../../src/core/keras/source/readKerasSource';
import { underBudget } from '../../src/core/model/budget';

const source = `import tensorflow as tf
from tensorflow.keras import layers
class Net(tf.keras.Model):
    def __init__(self, n=3):
        super().__init__()
        self.parts = [layers.Dense(k) for k in range(1, n)]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x * 2
def deep(n):
    return deep(n + 1) if n else deep(1)
def build(shape, **kw):
    i = x = layers.Input(shape)
    while x.shape[1] > 4:
        x = layers.Conv1D(4, 3, **kw)(x)
    return tf.keras.Model(i, layers.Dense(2, name=f"out_{x.shape[1]:02d}")(layers.Flatten()(x)))
model = build((9, 2), activation="relu")
net = Net(); net.build((None, 4))
`;

const endless = [
  'x = []\nx.extend()\nmap()\n"".join()\n{}.get()\nsorted()\n',
  'while True:\n    pass\n',
  'def f():\n    return f()\nf()\n',
  'x = [1]\nfor a in x:\n    x.append(a)\n',
  'def g():\n    while True:\n        yield 1\nlist(g())\n',
  'class A:\n    def __getattr__(self, n):\n        return self.z\nA().q\n',
  'x = "a" * 10 ** 9\ny = [0] * 10 ** 9\nz = range(10 ** 12)\n',
  'x = [] * 10 ** 9\ny = "" * 10 ** 9\n',
  's = "ab"\nfor i in range(60):\n    s = s.join([s, s, s]).replace("a", s)\n',
  's = (1,)\nfor i in range(60):\n    s = (s, s)\nprint(str(s), {s: 1})\n',
  's = t = [1]\nfor i in range(60):\n    s, t = [s, s], [t, t]\nprint(s == t, s < t)\n',
  'import keras\ns = [1]\nfor i in range(60):\n    s = [s, s]\nkeras.layers.Dense(s)\n',
  'import keras\ns = (1,)\nfor i in range(60):\n    s = [s, s, s, s]\nkeras.Model(s, s)\n',
  'import keras\ns = (1,)\nfor i in range(60):\n    s = [s, s, s, s]\nkeras.layers.Concatenate()(s)\n',
  'import keras\ns = (1,)\nfor i in range(60):\n    s = [s, s]\nkeras.layers.RNN(s)\nclass A:\n    def __init__(self):\n        self.x = s\n',
  'import tensorflow as tf\nfrom keras import Input\nx = tf.split(Input((10 ** 9,)), 10 ** 9, axis=1)\n',
  'from keras import *\nm = Sequential([Input((2,))])\nm.add(m)\nm.summary()\nprint(m.output)\n',
  `x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`,
  `x = ${'1+'.repeat(5000)}1\n`,
  `${Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}if 1:`).join('\n')}\n`,
];

function read(text: string): number {
  return readKerasSource((path) => (path === 'main.py' ? text : undefined), 'main.py', { steps: 100_000 }).models
    .length;
}

describe('reading a Keras source', () => {
  it('reads every beginning of one', () => {
    for (let length = 0; length <= source.length; length += 3) assert.ok(read(source.slice(0, length)) >= 0);
    assert.equal(read(source), 2);
  });

  it('reads one of which a stretch is missing or doubled', () => {
    for (let from = 0; from < source.length; from += 7) {
      assert.ok(read(source.slice(0, from) + source.slice(from + 5)) >= 0);
      assert.ok(read(source.slice(0, from + 9) + source.slice(from)) >= 0);
    }
  });

  for (const text of endless) {
    it(`ends on ${JSON.stringify(text.slice(0, 40))}`, () => {
      const start = performance.now();
      read(text);
      assert.ok(performance.now() - start < 5000);
    });
  }
});

describe('a size that a source claims', () => {
  it('is refused before memory is taken for it', () => {
    addForeignFormats();
    const text = 'import keras\nkeras.applications.MobileNet(input_shape=(8, 7, 0), alpha=173784184)\n';
    const bytes = new TextEncoder().encode(text);
    const { problems } = underBudget({ steps: 1e8, bytes: 2 ** 28 }, () => readModel({ path: 'huge.py', bytes }));
    assert.match(problems.map(({ message }) => message).join(' '), /would take more memory than is given/);
  });
});
