import { readSamples } from '../../src/core/samples/readSamples';
import { check } from '../support/check';

/** An array of bytes 1, 2, 3 … as NumPy writes it. */
function npy(shape: readonly number[]): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: count }, (_, at) => at + 1);
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    text.length,
    0,
    ...Buffer.from(text),
    ...values,
  );
}

/** Samples for an input of one row of three places and two channels, whose file has the channels first. */
function read(file: readonly number[] | Table): unknown {
  const input = { name: 'x', type: 'float32', shape: [1, 1, 3, 2], fileShape: [1, 2, 1, 3] } as const;
  const { path, bytes } =
    'path' in file ? { ...file, bytes: Buffer.from(file.text) } : { path: 'a.npy', bytes: npy(file) };
  const { inputs, remarks } = readSamples({ files: [{ path, bytes }], inputs: [input], options: { source: path } });
  return { values: [...inputs[0]], remarks };
}

interface Table {
  readonly path: string;
  readonly text: string;
}

const turned = turnedOf('a.npy');

function turnedOf(file: string): string {
  return `The samples of ${file} have their channels first, as the file does: they were turned for "x".`;
}

check('arrays for a model with its channels last', read, [
  {
    name: 'channels first, as the file of the model has them',
    input: [2, 2, 1, 3],
    expected: { values: [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12], remarks: [turned] },
  },
  {
    name: 'one sample without a dimension',
    input: [2, 1, 3],
    expected: { values: [1, 4, 2, 5, 3, 6], remarks: [turned] },
  },
  { name: 'channels last', input: [1, 1, 3, 2], expected: { values: [1, 2, 3, 4, 5, 6], remarks: [] } },
  {
    name: 'without a shape that could say it',
    input: [2, 6],
    expected: { values: [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12], remarks: [turned] },
  },
  {
    name: 'rows of a table',
    input: { path: 'a.csv', text: '1,2,3,4,5,6\n7,8,9,10,11,12\n' },
    expected: { values: [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12], remarks: [turnedOf('a.csv')] },
  },
  {
    name: 'lines of a recording',
    input: { path: 'a.jsonl', text: '{"values":[1,2,3,4,5,6],"label":1}' },
    expected: { values: [1, 4, 2, 5, 3, 6], remarks: [turnedOf('a.jsonl')] },
  },
]);
