import { describedFiles } from './described';
import { check } from '../support/check';

/** Layers of a program that splits ten channels, and takes the part `part`. */
function parts({ split, part }: { readonly split: string; readonly part: number }): string {
  const text = [
    'import tensorflow as tf',
    'from tensorflow import keras',
    'x = keras.Input((10,))',
    `parts = ${split}`,
    `m = keras.Model(x, keras.layers.Dense(1)(parts[${part}]))`,
  ].join('\n');
  return describedFiles(new Map([['m.py', text]]), {}, 'm.py').join();
}

check('lengths of parts, and places of cuts', parts, [
  {
    name: 'of TensorFlow, a list says lengths: the second has five channels, and the layer six weights',
    input: { split: 'tf.split(x, [2, 5, 3], axis=1)', part: 1 },
    expected: 'm,  InputLayer@3 10 0,  Split@4 2 0,  Dense@5 1 6',
  },
  {
    name: 'one of them left open is what the others leave: 10 - 2 - 3',
    input: { split: 'tf.split(x, num_or_size_splits=[2, -1, 3], axis=1)', part: 1 },
    expected: 'm,  InputLayer@3 10 0,  Split@4 2 0,  Dense@5 1 6',
  },
  {
    name: 'the last one',
    input: { split: 'tf.split(x, [2, 5, 3], axis=1)', part: 2 },
    expected: 'm,  InputLayer@3 10 0,  Split@4 2 0,  Dense@5 1 4',
  },
  {
    name: 'of Keras, a list says where it is cut: from 2 to 5',
    input: { split: 'keras.ops.split(x, [2, 5], axis=1)', part: 1 },
    expected: 'm,  InputLayer@3 10 0,  Split@4 2 0,  Dense@5 1 4',
  },
  {
    name: 'a number says how many',
    input: { split: 'tf.split(x, 5, axis=1)', part: 4 },
    expected: 'm,  InputLayer@3 10 0,  Split@4 2 0,  Dense@5 1 3',
  },
]);
