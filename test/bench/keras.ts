import { analyse } from '../../src/core/analysis/analyse';
import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { modelsOfSource, readModel } from '../../src/core/formats/formats';
import type { Siblings } from '../../src/core/formats/source';

type PrintTimes = (what: string, run: () => unknown, runs?: number) => void;

const target = { board: 'arduino_nano33ble_sense_rev2' };

/** Keys between two pictures of the heap, and how many of them. */
const keysOfRound = 250;
const rounds = 5;

/** From a key in a source to the figures of its models: what the analysis thread does for a document. */
export function timeKerasSources(printTimes: PrintTimes): void {
  addForeignFormats();
  for (const { name, source, siblings, path } of cases()) {
    const keys = strikes(source, path ?? 'main.py');
    printTimes(`a key in ${name}`, () => figures(keys.typed(), path ?? 'main.py', siblings));
    printTimes(`half a line in ${name}`, () => figures(keys.halfTyped(), path ?? 'main.py', siblings));
  }
  holdMemory();
}

interface Case {
  readonly name: string;
  readonly source: string;
  readonly path?: string;
  readonly siblings?: Siblings;
}

function cases(): readonly Case[] {
  const modules = Array.from({ length: 9 }, (_, each) => [`blocks${each}.py`, moduleOf(each)] as const);
  const bytes = new Map<string, Uint8Array>(modules.map(([file, text]) => [file, new TextEncoder().encode(text)]));
  const imports = modules.map((_, each) => `from blocks${each} import block${each}_0, block${each}_1`).join('\n');
  const calls = modules.map((_, each) => `x = block${each}_0(x, 8)\nx = block${each}_1(x, 16)`).join('\n');
  const main = `${head}${imports}\ninputs = x = keras.Input((49, 10, 1))\n${calls}\n${foot}`;
  return [
    { name: 'a source of 300 lines', source: sourceOf(300) },
    { name: 'a source of 2,000 lines', source: sourceOf(2000) },
    { name: '10 modules', source: main, siblings: { read: (name) => bytes.get(name) } },
    { name: 'a notebook of 200 cells', source: notebookOf(200), path: 'main.ipynb' },
  ];
}

const head = 'import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n';
const foot = [
  'x = layers.GlobalAveragePooling2D()(x)',
  'model = keras.Model(inputs, layers.Dense(12, activation="softmax")(x))',
  'model.compile(optimizer="adam", loss="categorical_crossentropy")',
  'converter = tf.lite.TFLiteConverter.from_keras_model(model)',
  'converter.optimizations = [tf.lite.Optimize.DEFAULT]',
  '',
].join('\n');

/** What people write beside their models: data and training, which make no layer. */
function besideModels(each: number): readonly string[] {
  return [
    `def load_${each}(folder, split=0.2, size=(49, 10)):`,
    '    """Reads the samples of a folder."""',
    '    paths = sorted(glob.glob(os.path.join(folder, "*.npy")))',
    '    data = np.stack([np.load(path) for path in paths])',
    '    labels = np.array([int(path.split("_")[-1]) for path in paths])',
    '    cut = int(len(data) * (1 - split))',
    '    return (data[:cut], labels[:cut]), (data[cut:], labels[cut:])',
    '',
    `def train_${each}(model, data, epochs=20, batch=32):`,
    '    callbacks = [keras.callbacks.EarlyStopping(patience=5), keras.callbacks.ReduceLROnPlateau()]',
    '    history = model.fit(data[0], data[1], epochs=epochs, batch_size=batch, callbacks=callbacks)',
    '    for name, values in history.history.items():',
    '        print(f"{name}: {values[-1]:.3f}")',
    '    return history',
    '',
  ];
}

function blockOf(name: string): readonly string[] {
  return [
    `def ${name}(x, filters, stride=1, name="${name}"):`,
    '    """A depthwise convolution and a pointwise one."""',
    '    x = layers.DepthwiseConv2D(3, strides=stride, padding="same", use_bias=False, name=f"{name}_dw")(x)',
    '    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)',
    '    x = layers.ReLU(6.0)(x)',
    '    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{name}_pw")(x)',
    '    x = layers.BatchNormalization(name=f"{name}_pw_bn")(x)',
    '    return layers.ReLU(6.0)(x)',
    '',
  ];
}

function sourceOf(count: number): string {
  const lines = head.split('\n');
  const blocks: string[] = [];
  const end = foot.split('\n').length;
  for (let each = 0; lines.length + blocks.length * 2 + end + 26 < count; each++) {
    lines.push(...besideModels(each));
    if (each % 2 > 0) continue;
    lines.push(...blockOf(`block_${each}`));
    blocks.push(`x = block_${each}(x, ${8 * (1 + (each % 8))}, name="stage_${each}")`);
  }
  return [...lines, 'inputs = x = keras.Input((49, 10, 1))', ...blocks, foot].join('\n');
}

function moduleOf(each: number): string {
  return [head, ...besideModels(each), ...blockOf(`block${each}_0`), ...blockOf(`block${each}_1`)].join('\n');
}

function notebookOf(count: number): string {
  const own = sourceOf(40 * (count / 10)).split(/\n(?=\S)/);
  const size = Math.ceil(own.length / (count / 2));
  const cells = Array.from({ length: count }, (_, each) =>
    each % 2 === 0
      ? { cell_type: 'markdown', metadata: {}, source: [`## Step ${each}\n`, 'What is done here.'] }
      : cellOf(own.slice(((each - 1) / 2) * size, ((each + 1) / 2) * size).join('\n')),
  );
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

function cellOf(code: string): object {
  const source = code.split(/(?<=\n)/);
  return { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
}

/** A comment that grows, and a call that is begun, a few lines above the model. */
function strikes(source: string, path: string): { typed: () => string; halfTyped: () => string } {
  const at = source.indexOf('x = layers.GlobalAveragePooling2D()');
  const quote = path.endsWith('.ipynb') ? '\\"' : '"';
  const inserted = (text: string): string => source.slice(0, at) + text + source.slice(at);
  let keys = 0;
  const line = path.endsWith('.ipynb') ? '\\n",\n    "' : '\n';
  return {
    typed: () => inserted(`x = layers.Conv2D(${8 + (++keys % 23)}, 1)(x)${line}`),
    halfTyped: () => inserted(`x = layers.Conv2D(${8 + (++keys % 23)}, 1, activation=${quote}re${line}`),
  };
}

/** As the analysis thread answers for a document: which models there are, and an analysis of each. */
function figures(text: string, path: string, siblings?: Siblings): number {
  const bytes = new TextEncoder().encode(text);
  let layers = 0;
  for (const { id, within } of modelsOfSource({ path, content: text, siblings })) {
    if (within !== undefined) continue;
    const named = { path: `${path}#${id}`, bytes, target };
    layers += analyse({ ...named, read: readModel({ ...named, siblings }) }).report.layers.length;
  }
  if (layers === 0) throw new Error(`The bench's ${path} builds no model.`);
  return layers;
}

/** A watch of a source: what is held after many keys. */
function holdMemory(): void {
  const source = sourceOf(300);
  const keys = strikes(source, 'main.py');
  const held: string[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (let key = 0; key < keysOfRound; key++) figures(key % 2 === 0 ? keys.typed() : keys.halfTyped(), 'main.py');
    global.gc?.();
    held.push(`${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MB`);
  }
  console.log(`held after each ${keysOfRound} keys: ${held.join(', ')}`);
}
