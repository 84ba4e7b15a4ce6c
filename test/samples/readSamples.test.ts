import assert from 'node:assert/strict';
import { it } from 'node:test';
import { encode as encodePng } from 'fast-png';
import fc from 'fast-check';
import { WaveFile } from 'wavefile';
import { HumanError } from '../../src/core/model/problem';
import { readNumpyArray } from '../../src/core/samples/formats/numpyArray';
import { readLabels } from '../../src/core/samples/labels';
import { readSamples } from '../../src/core/samples/readSamples';
import type { ReadingOptions, SampleFile } from '../../src/core/samples/reading';
import { splitSamples } from '../../src/core/samples/samples';
import { check } from '../support/check';

interface Case {
  readonly files: readonly SampleFile[];
  readonly shape: readonly number[];
  readonly options?: Partial<ReadingOptions>;
}

function read({ files, shape, options }: Case): {
  values: number[];
  labels?: readonly number[];
  remarks: readonly string[];
} {
  const inputs = [{ name: 'x', type: 'float32' as const, shape }];
  const samples = readSamples({ files, inputs, options: { source: 'data', ...options } });
  const values = [...samples.inputs[0]].map((value) => Number(value.toFixed(4)));
  return { values, ...(samples.labels && { labels: samples.labels }), remarks: samples.remarks };
}

function text(path: string, content: string): SampleFile {
  return { path, bytes: new TextEncoder().encode(content) };
}

/** A version 1 `.npy` file. */
function npy(path: string, kind: string, shape: readonly number[], data: ArrayBufferView): SampleFile {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${list}), }\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return { path, bytes };
}

/** A picture of one colour, 2 x 2. */
function png(path: string, rgb: readonly number[]): SampleFile {
  const data = Uint8Array.from({ length: 12 }, (_, index) => rgb[index % 3]);
  return { path, bytes: encodePng({ width: 2, height: 2, data, channels: 3 }) };
}

/** One red pixel, 24 bits, without compression. */
function bmp(path: string): SampleFile {
  const bytes = new Uint8Array(58);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, 58, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 1, true);
  view.setInt32(22, 1, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bytes.set([0, 0, 255], 54);
  return { path, bytes };
}

check('samples', read, [
  {
    name: 'a table with a header and labels',
    input: { files: [text('a.csv', 'p,q,label\n1,2.5,0\n-3,4,1\n')], shape: [1, 2] },
    expected: { values: [1, 2.5, -3, 4], labels: [0, 1], remarks: [] },
  },
  {
    name: 'a table with a word in it',
    input: { files: [text('a.csv', '1,2\n3,x\n')], shape: [1, 2] },
    fails: 'a.csv, line 2, column 2: "x" is no number. Repair or remove the line.',
  },
  {
    name: 'a table with too few columns',
    input: { files: [text('a.csv', '1,2\n')], shape: [1, 3] },
    fails: 'a.csv, line 1: there are 2 values, but the input "x" of shape [1,3] takes 3. Write one sample a line.',
  },
  {
    name: 'a recording',
    input: { files: [text('r.jsonl', '{"values":[1,2],"label":3}\n\n{"values":[3,4],"label":0}\n')], shape: [1, 2] },
    expected: { values: [1, 2, 3, 4], labels: [3, 0], remarks: [] },
  },
  {
    name: 'a recording with a broken line',
    input: { files: [text('r.jsonl', '{"values":[1,2]}\n{"val')], shape: [1, 2] },
    fails:
      'r.jsonl, line 2: this is no JSON object with a list of numbers in "values". Remove the line, or record again.',
  },
  {
    name: 'an array of bytes, scaled',
    input: {
      files: [npy('a.npy', '|u1', [2, 2], Uint8Array.of(0, 255, 51, 102))],
      shape: [1, 2],
      options: { scaling: '0..1' },
    },
    expected: { values: [0, 1, 0.2, 0.4], remarks: [] },
  },
  {
    name: 'two samples of four, evenly spread',
    input: {
      files: [npy('a.npy', '<f4', [4, 1], Float32Array.of(1, 2, 3, 4))],
      shape: [1, 1],
      options: { mostSamples: 2 },
    },
    expected: { values: [1, 3], remarks: ['Of 4 samples 2 were taken, evenly spread.'] },
  },
  {
    name: 'an array of another shape',
    input: { files: [npy('a.npy', '<f4', [4, 1], Float32Array.of(1, 2, 3, 4))], shape: [1, 3] },
    fails: 'a.npy has the shape [4,1], but the input "x" takes [1,3] a sample. Save an array of the shape [samples,3].',
  },
  {
    name: 'an array that is cut short',
    input: { files: [npy('a.npy', '<f4', [9, 1], Float32Array.of(1, 2))], shape: [1, 1] },
    fails:
      'a.npy cannot be read as an array: it is shorter than its shape (9, 1). Save it with numpy.save() as numbers.',
  },
  {
    name: 'an array of complex numbers',
    input: { files: [npy('a.npy', '<c8', [1, 1], Float32Array.of(1, 2))], shape: [1, 1] },
    fails: 'a.npy cannot be read as an array: it holds the type <c8. Save it with numpy.save() as numbers.',
  },
  {
    name: 'pictures in two folders, which name their classes',
    input: { files: [png('p/cat/1.png', [255, 0, 51]), png('p/dog/1.png', [0, 0, 0])], shape: [1, 1, 1, 3] },
    expected: {
      values: [1, 0, 0.2, 0, 0, 0],
      labels: [0, 1],
      remarks: ['Labels are the names of folders in alphabetical order: 0 cat, 1 dog.'],
    },
  },
  {
    name: 'a BMP as grey from -1 to 1',
    input: { files: [bmp('1.bmp')], shape: [1, 1, 1, 1], options: { scaling: '-1..1' } },
    expected: { values: [-0.402], remarks: [] },
  },
  {
    name: 'one damaged picture is left out and named',
    input: {
      files: [png('1.png', [255, 0, 0]), text('2.png', 'no picture')],
      shape: [1, 1, 1, 3],
    },
    expected: {
      values: [1, 0, 0],
      remarks: ['2.png was left out: it is damaged (it begins like none of PNG, JPEG and BMP).'],
    },
  },
  {
    name: 'a folder of damaged pictures is refused',
    input: { files: [text('1.png', 'no'), text('2.png', 'no')], shape: [1, 1, 1, 3] },
    fails:
      'data: 2 of 2 pictures cannot be read, the first being 1.png (it begins like none of PNG, JPEG and BMP). Remove what is no picture.',
  },
  {
    name: 'pictures for what is none',
    input: { files: [png('1.png', [0, 0, 0])], shape: [1, 12] },
    fails:
      'data: the input "x" has the shape [1,12], which is no picture of 1 or 3 channels. Give .npy arrays instead.',
  },
  {
    name: 'no WAV file',
    input: { files: [text('1.wav', 'no sound')], shape: [1, 16000] },
    fails: '1.wav cannot be read as a WAV file (it does not begin as one). Convert it to 16-bit PCM.',
  },
  {
    name: 'files of two kinds',
    input: { files: [text('a.csv', '1'), png('1.png', [0, 0, 0])], shape: [1, 1] },
    fails:
      'data holds pictures and a CSV table. Give one kind of file: .png, .jpg, .jpeg, .bmp, .wav, .npy, .npz, .csv, .tsv, .jsonl, .ndjson.',
  },
]);

function labelled({ file, names }: { file: SampleFile; names?: string[] }): readonly number[] | undefined {
  const samples = { source: 'data', isSynthetic: false, count: 2, inputs: [Float32Array.of(1, 2)], names, remarks: [] };
  return readLabels(file, samples).labels;
}

check('labels', labelled, [
  { name: 'a list', input: { file: text('l.json', '{"labels":[4,0]}') }, expected: [4, 0] },
  {
    name: 'by name',
    input: { file: text('l.csv', 'name,label\nb.png,1\na.png,7\n'), names: ['a.png', 'b.png'] },
    expected: [7, 1],
  },
  {
    name: 'too few',
    input: { file: text('l.json', '[1]') },
    fails: 'l.json has 1 labels for 2 samples. Give as many, or labels by file name.',
  },
  {
    name: 'no whole number',
    input: { file: text('l.json', '[1, 0.5]') },
    fails: 'l.json has 0.5 as label 2. Give the number of the class, counted from 0.',
  },
]);

check(
  'the split',
  (count: number) => {
    const inputs = [Float32Array.from({ length: count }, (_, index) => index)];
    const { calibration, test } = splitSamples({ source: '', isSynthetic: false, count, inputs, remarks: [] });
    return [[...calibration.inputs[0]], [...test.inputs[0]]];
  },
  [
    { name: 'every fifth is for testing', input: 6, expected: [[0, 1, 2, 3, 5], [4]] },
    { name: 'one of two', input: 2, expected: [[0], [1]] },
    { name: 'a single one is both', input: 1, expected: [[0], [0]] },
  ],
);

it('whatever bytes come, a reader answers or says so', () => {
  const good = npy('a.npy', '<f4', [2, 2], Float32Array.of(1, 2, 3, 4)).bytes;
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const bytes = Uint8Array.from(good);
      bytes[at] = value;
      try {
        assert.ok(readNumpyArray({ path: 'a.npy', bytes }).values.length <= 16);
      } catch (error) {
        assert.ok(error instanceof HumanError);
      }
    }),
  );
});

it('sets the end of a stream aside', () => {
  const stream = { source: '', isSynthetic: false, count: 5, inputs: [Float32Array.of(1, 2, 3, 4, 5)], remarks: [] };
  const { calibration, test } = splitSamples({ ...stream, count: 5 }, 'stream');
  assert.deepEqual([[...calibration.inputs[0]], [...test.inputs[0]]], [[1, 2, 3, 4], [5]]);
  const ten = { ...stream, count: 10, inputs: [Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)] };
  assert.deepEqual([...splitSamples(ten, 'stream').test.inputs[0]], [8, 9]);
});

interface Cut {
  /** By sample, whose value is its index. */
  readonly recordings: readonly number[];
}

check(
  'the split of pieces of recordings',
  ({ recordings }: Cut) => {
    const count = recordings.length;
    const inputs = [Float32Array.from({ length: count }, (_, index) => index)];
    const { calibration, test } = splitSamples({
      ...{ source: '', isSynthetic: false, count, inputs, recordings, remarks: [] },
    });
    return [[...calibration.inputs[0]], [...test.inputs[0]], test.recordings];
  },
  [
    {
      name: 'every fifth recording is for testing, whole',
      input: { recordings: [0, 0, 1, 2, 3, 4, 4, 5] },
      expected: [
        [0, 1, 2, 3, 4, 7],
        [5, 6],
        [4, 4],
      ],
    },
    { name: 'the second of two', input: { recordings: [7, 7, 9] }, expected: [[0, 1], [2], [9]] },
    {
      name: 'of a single one its end',
      input: { recordings: [3, 3, 3, 3, 3, 3, 3, 3, 3, 3] },
      expected: [
        [0, 1, 2, 3, 4, 5, 6, 7],
        [8, 9],
        [3, 3],
      ],
    },
  ],
);

/** Silence of so many values at 16 kHz. */
function silence(path: string, count: number): SampleFile {
  const wave = new WaveFile();
  wave.fromScratch(1, 16000, '16', new Int16Array(count));
  return { path, bytes: wave.toBuffer() };
}

check(
  'pieces of long sounds, log-mel rows of 512 values',
  ({ lengths, mostSamples }: { readonly lengths: readonly number[]; readonly mostSamples: number }) => {
    const files = lengths.map((length, index) => silence(`${index}.wav`, length));
    const options: ReadingOptions = { source: 'data', feature: 'log-mel', mostSamples };
    const { count, recordings, names, remarks } = readSamples({
      files,
      inputs: [{ name: 'x', type: 'float32', shape: [1, 128] }],
      options,
    });
    return { count, recordings, names, remarks };
  },
  [
    {
      // 1 + 1536 / 512 rows each.
      name: 'as many of each file as all may have',
      input: { lengths: [1536, 1536], mostSamples: 5 },
      expected: {
        count: 4,
        recordings: [0, 0, 1, 1],
        names: ['0.wav', '0.wav', '1.wav', '1.wav'],
        remarks: ['Of 8 pieces of sounds 4 were taken, evenly spread.'],
      },
    },
    {
      name: 'one of each file, and not all files',
      input: { lengths: [512, 512, 512, 512], mostSamples: 2 },
      expected: {
        count: 2,
        recordings: [0, 1],
        names: ['0.wav', '2.wav'],
        remarks: ['Of 4 samples 2 were taken, evenly spread.', 'Of 4 pieces of sounds 2 were taken, evenly spread.'],
      },
    },
    {
      name: 'all where there are few',
      input: { lengths: [512], mostSamples: 500 },
      expected: { count: 2, recordings: [0, 0], names: ['0.wav', '0.wav'], remarks: [] },
    },
  ],
);
