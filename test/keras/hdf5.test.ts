import { isHdf5, openHdf5 } from '../../src/core/keras/files/hdf5';
import { check } from '../support/check';
import { hdf5File } from '../support/hdf5File';

const small = hdf5File({
  entries: [['layers', { entries: [['dense', { entries: [['0', { shape: [2], values: [3, 4] }]] }]] }]],
  texts: [['layer_names', ['dense', 're_lu', 'dense_1']]],
});

/** The file with its three names claimed to be so many: the length of the one axis stands behind its eight bytes. */
function claiming(count: number): Uint8Array {
  const file = small.slice();
  const head = [1, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0];
  const at = file.findIndex((_, place) => head.every((byte, index) => file[place + index] === byte));
  new DataView(file.buffer).setBigUint64(at + 8, BigInt(count), true);
  return file;
}

function read(bytes: Uint8Array): unknown {
  const root = openHdf5(bytes);
  return { is: isHdf5(bytes), texts: root.texts('layer_names'), values: root.array('layers/dense/0')?.values() };
}

check('HDF5 files', read, [
  {
    name: 'of newer versions of the format',
    input: small,
    expected: { is: true, texts: ['dense', 're_lu', 'dense_1'], values: Float32Array.of(3, 4) },
  },
  {
    name: 'that claim more names than they have bytes',
    input: claiming(2 ** 40),
    fails: 'The HDF5 file is damaged, or has a part that cannot be read. Save the model again.',
  },
]);
