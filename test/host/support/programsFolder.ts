import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A model of straight code, of a block of another file and of a loop: 25 x 5 inputs, 12 classes. */
export const trainPy = `import keras
from keras import layers
from blocks import separable

NUM_CLASSES = 12

model = keras.Sequential(name="kws")
model.add(layers.Input(shape=(49, 10, 1)))
model.add(layers.Conv2D(64, (10, 4), strides=2, padding="same", activation="relu"))
for _ in range(2):
    model.add(separable(64))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dropout(0.4))
model.add(layers.Dense(NUM_CLASSES, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
`;

const blocksPy = `from keras import layers


def separable(filters):
    return layers.SeparableConv2D(filters, 3, padding="same", activation="relu")
`;

/** Nobody calls it: its input shape and its number of classes are open. */
export const builderPy = `import tensorflow as tf


def build_har(input_shape, num_classes):
    inputs = tf.keras.Input(shape=input_shape)
    x = tf.keras.layers.Conv1D(16, 5, activation="relu")(inputs)
    x = tf.keras.layers.GlobalAveragePooling1D()(x)
    outputs = tf.keras.layers.Dense(num_classes, activation="softmax")(x)
    return tf.keras.Model(inputs, outputs)
`;

const notebook = {
  cells: [
    { cell_type: 'markdown', metadata: {}, source: ['# Gestures\n'] },
    {
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: ['!pip install tensorflow\n', 'from tensorflow import keras\n', 'STEPS = 100\n'],
    },
    {
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: [
        'model = keras.Sequential([\n',
        '    keras.Input((STEPS, 3)),\n',
        '    keras.layers.Flatten(),\n',
        '    keras.layers.Dense(16, activation="relu"),\n',
        '    keras.layers.Dense(4),\n',
        '])\n',
      ],
    },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

/** Programs that build models: a module with a helper beside it, a builder that nobody calls, a notebook. */
export function programsFolder(folder: string): string {
  const files: Readonly<Record<string, string>> = {
    'train.py': trainPy,
    'blocks.py': blocksPy,
    'builder.py': builderPy,
    'gestures.ipynb': JSON.stringify(notebook, undefined, 1),
    'plain.py': 'print("no model here")\n',
    'milliwatt.json': JSON.stringify({ board: 'arduino_nano33ble', models: [] }),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}
