import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { check } from '../support/check';
import { kerasArchive } from '../support/kerasArchive';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

addForeignFormats();

const shared = fileURLToPath(new URL('../../../shared/keras/', import.meta.url));
const isHere = existsSync(shared);
const source = isHere ? readFileSync(`${shared}sources/sine_dense.py`, 'utf8') : '';
const files = (id: string): Uint8Array => new Uint8Array(readFileSync(`${shared}files/${id}/model.weights.h5`));

interface Given {
  /** Lines behind the program. */
  readonly more?: string;
  /** Files beside it, by the models that they were made of. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly chosen?: string;
  readonly id?: string;
}

/** Where the model's weights come from, of how many constants, and whether it is a program still. */
function read({ more = '', beside = {}, chosen, id = 'model' }: Given): string {
  const has = (name: string): boolean => Object.hasOwn(beside, name);
  const { model, program, problems } = readModel({
    path: `sine_dense.py#${id}`,
    bytes: new TextEncoder().encode(source + more),
    siblings: { read: (name) => (has(name) ? files(beside[name]) : undefined) },
    ...(chosen !== undefined && { trained: { name: 'chosen', bytes: files(chosen) } }),
  });
  const why = problems.find(({ code }) => code === 'keras-weights')?.message;
  const [{ tensors, operators }] = model.graphs;
  const kinds = operators.map(({ kind }) => kind).join(' ');
  const held = tensors.filter(({ data, shape }) => data !== undefined && shape.length === 2).length;
  return `${program === undefined ? 'file' : `program ${program.trained === undefined || program.trained.misfit !== undefined ? 'untrained' : program.trained.file}`}: ${held} kernels of ${kinds}${why === undefined ? '' : `. ${why}`}`;
}

const dense = 'FULLY_CONNECTED FULLY_CONNECTED FULLY_CONNECTED';
/** Integers wait for a calibration, whatever the weights are. */
const float = '\n# milliwatt: numbers=float32';
const saves = '\nmodel.save_weights("sine.weights.h5")\n';

check(
  'A program and the file that it was trained to',
  read,
  !isHere
    ? []
    : [
        { name: 'none', input: {}, expected: `program untrained: 0 kernels of ${dense}` },
        { name: 'one that was chosen', input: { chosen: 'sine_dense' }, expected: `file: 3 kernels of ${dense}` },
        {
          name: 'one that the program saves',
          input: { more: float + saves, beside: { 'sine.weights.h5': 'sine_dense' } },
          expected: `program sine.weights.h5: 3 kernels of ${dense}`,
        },
        {
          name: 'one that a comment names',
          input: { more: `${float}; weights=a/b.h5\n`, beside: { 'a/b.h5': 'sine_dense' } },
          expected: `program a/b.h5: 3 kernels of ${dense}`,
        },
        {
          name: 'one that is not there yet',
          input: { more: saves },
          expected: `program untrained: 0 kernels of ${dense}`,
        },
        {
          name: 'one of another model: left alone',
          input: { more: saves, beside: { 'sine.weights.h5': 'kws_dscnn' } },
          expected:
            `program untrained: 0 kernels of ${dense}. The weights of sine.weights.h5 are not taken. ` +
            'The weights do not fit the layer "dense" (Dense): it takes a kernel of [1,16], and the file has one of ' +
            '[24,12]. Save model and weights again together.',
        },
        {
          name: 'one of a larger model, of which this one would be the first layers: left alone',
          input: {
            more: '\npart = tf.keras.Sequential([tf.keras.layers.Dense(16, input_shape=(1,)), tf.keras.layers.Dense(16)])\n',
            id: 'part',
            chosen: 'sine_dense',
          },
          fails:
            'The file has weights of 1 layer that the model does not have ("dense_2"). ' +
            'Save the weights of this model alone.',
        },
        {
          name: 'one of another model that was chosen: refused',
          input: { chosen: 'kws_dscnn' },
          fails:
            'The weights do not fit the layer "dense" (Dense): it takes a kernel of [1,16], and the file has one of [24,12]. ' +
            'Save model and weights again together.',
        },
      ],
);

/** A program of one layer of 16 units beside a whole file, whose layer is as given. */
function besideFile({ units, activation }: { readonly units: number; readonly activation: string }): string {
  const dense = { class_name: 'Dense', config: { name: 'dense', units, activation, use_bias: true } };
  const input = { class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 3], dtype: 'float32' } };
  const file = kerasArchive({ class_name: 'Sequential', config: { name: 'net', layers: [input, dense] } });
  const { program } = readModel({
    path: 'train.py',
    bytes: new TextEncoder().encode(
      'import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(16, activation="relu")])\n' +
        'keras.callbacks.ModelCheckpoint(filepath="net.keras")\n',
    ),
    siblings: { read: (name) => (name === 'net.keras' ? file : undefined) },
  });
  return `${program?.trained?.isWhole === true ? 'whole' : 'weights'}: ${program?.trained?.misfit ?? 'own'}`;
}

const version = 'The weights of net.keras are not taken. It was trained as another version of this model:';
const next = 'Train again, or convert the file itself.';

check('A file that was trained as another version says in what', besideFile, [
  {
    name: 'another size',
    input: { units: 20, activation: 'relu' },
    expected: `whole: ${version} Dense "dense" has 16 units in the source, 20 units in the file. ${next}`,
  },
  {
    name: 'another function, though the weights would fit',
    input: { units: 16, activation: 'tanh' },
    expected: `whole: ${version} relu in the source, tanh in the file. ${next}`,
  },
  {
    name: 'the same layers, but no weights in the file',
    input: { units: 16, activation: 'relu' },
    expected:
      'whole: The weights of net.keras are not taken. The file has no weights of Keras. ' +
      'Choose one that model.save() or model.save_weights("model.weights.h5") wrote; load a checkpoint of TensorFlow in ' +
      'Python with model.load_weights(), and save it so.',
  },
]);
