import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { check } from '../support/check';
import { kerasArchive } from '../support/kerasArchive';

addForeignFormats();

/** The configuration of a model of two dense layers on four numbers. */
const config = {
  class_name: 'Sequential',
  config: {
    name: 'net',
    layers: [
      { class_name: 'InputLayer', config: { name: 'input', batch_shape: [null, 4], dtype: 'float32' } },
      { class_name: 'Dense', config: { name: 'hidden', units: 3, activation: 'relu' } },
      { class_name: 'Dense', config: { name: 'answer', units: 2, use_bias: false } },
    ],
  },
};

const alone = (layer: unknown): unknown => ({ ...config, config: { ...config.config, layers: [layer] } });

/** Operators with the shapes of their outputs and constants, or the code of the refusal. */
function read(bytes: Uint8Array): readonly string[] | string {
  try {
    const [{ operators, tensors }] = readModel({ path: 'net.keras', bytes }).model.graphs;
    return operators.map(({ kind, inputs, outputs }) =>
      [kind, ...[...outputs, ...inputs.slice(1)].map((index) => tensors[index]?.shape.join('x') ?? '-')].join(' '),
    );
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

const whole = kerasArchive(config);

check('a .keras file is read', read, [
  {
    name: 'without weights: the same model, its constants declared',
    input: whole,
    expected: ['FULLY_CONNECTED 1x3 3x4 3', 'FULLY_CONNECTED 1x2 2x3 -'],
  },
  { name: 'cut in two: refused', input: whole.slice(0, whole.length >> 1), expected: 'keras-archive' },
  {
    name: 'with weights that are no HDF5 file',
    input: kerasArchive(config, new Uint8Array(64)),
    expected: 'keras-hdf5',
  },
  { name: 'a pickle, which is never loaded', input: Uint8Array.of(0x80, 4, 0x95, 1, 2, 3), expected: 'keras-format' },
  {
    name: 'of a class of its own',
    input: kerasArchive({ class_name: 'Net', config: {} }),
    expected: 'keras-subclassed',
  },
  { name: 'with a list in place of a model', input: kerasArchive([]), expected: 'keras-config' },
  { name: 'with a layer that is no object', input: kerasArchive(alone(3)), expected: 'keras-config' },
]);
