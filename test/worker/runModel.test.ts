import { encode as encodePng } from 'fast-png';
import { runModel } from '../../src/worker/jobs/runModel';
import type { JobContext } from '../../src/worker/jobs/context';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { LabelsChoice } from '../../src/protocol/jobs';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { noBesideHost } from '../support/noFilesBeside';

const value = (name: string): ReturnType<typeof tensor> =>
  tensor(name, 'int8', [1, 4], { quantization: quantized(0.5, 0) });
const relu = writeTflite(
  model(graph([value('x'), value('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })),
);

const context: JobContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  files: { list: () => Promise.resolve([]), read: () => Promise.resolve(new Uint8Array()) },
  beside: noBesideHost,
};

check(
  'what is said of a run for a board',
  async (board: string) => {
    const { inputs } = await runModel(
      {
        type: 'run',
        model: relu,
        request: { path: 'relu.tflite', target: { board } },
        inputs: { kind: 'seed', seed: 1 },
      },
      context,
    );
    return inputs.remarks;
  },
  [
    { name: 'whose kernels are computed bit for bit', input: 'arduino_nano33ble_sense_rev2', expected: [] },
    {
      name: 'with ESP-NN',
      input: 'esp32_s3_devkitc',
      expected: [
        'On this board, ESP-NN may round ties otherwise than the kernels computed here, so that integers may differ by one.',
      ],
    },
  ],
);

const picture = writeTflite(
  model(
    graph([tensor('x', 'float32', [1, 1, 1, 3]), tensor('y', 'float32', [1, 1, 1, 3])], [operator('RELU', [0], [1])], {
      inputs: [0],
      outputs: [1],
    }),
  ),
);
const png = (red: number): Uint8Array =>
  encodePng({ width: 1, height: 1, data: Uint8Array.of(red, 0, 0), channels: 3 });
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const manyRows = Array.from({ length: 100_001 }, (_, row) => `${row % 100},0,0,0`).join('\n');

interface SampleCase {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly sample?: number;
}

check(
  'a run with one sample of many',
  async ({ files, sample }: SampleCase) => {
    const read: string[] = [];
    const { inputs, outputs } = await runModel(
      {
        type: 'run',
        model: Object.keys(files)[0].endsWith('.png') ? picture : relu,
        request: { path: 'relu.tflite', target: {} },
        inputs: { kind: 'files', address: 'data', name: 'data', sample },
      },
      {
        ...context,
        files: {
          list: () => Promise.resolve(Object.keys(files).map((name) => ({ name, address: name }))),
          read: ({ name }) => {
            read.push(name);
            return Promise.resolve(files[name]);
          },
        },
      },
    );
    const { source, label, remarks } = inputs;
    return { source, label, remarks, read, largest: outputs[0].max };
  },
  [
    {
      name: 'a row of a table',
      input: { files: { 'a.csv': text('p,q,r,s,label\n1,0,0,0,7\n2,0,0,0,8\n3,0,0,0,9\n') }, sample: 1 },
      expected: { source: 'sample 2 of 3, 3 samples of data', label: 8, remarks: [], read: ['a.csv'], largest: 2 },
    },
    {
      name: 'the fifth of very many is the fifth',
      input: { files: { 'a.csv': text(manyRows) }, sample: 50_005 },
      expected: {
        source: 'sample 50006 of 100001, 100001 samples of data',
        label: undefined,
        remarks: [],
        read: ['a.csv'],
        largest: 5,
      },
    },
    {
      name: 'a picture: no other is read, and its folder is its label',
      input: {
        files: { 'cat/a.png': png(51), 'cat/b.png': png(102), 'dog/a.png': png(255), 'notes.txt': text('') },
        sample: 2,
      },
      expected: {
        source: 'sample 3 of 3, a.png (1 picture of data, resized to 1 x 1, scaled to 0..1)',
        label: 1,
        remarks: ['Labels are the names of folders in alphabetical order: 0 cat, 1 dog.'],
        read: ['dog/a.png'],
        largest: 1,
      },
    },
    {
      name: 'a row that is not there',
      input: { files: { 'a.csv': text('1,0,0,0\n2,0,0,0\n') }, sample: 4 },
      fails: 'data has 2 samples, so there is no sample 5. Choose one of 1 to 2.',
    },
    {
      name: 'a picture that is not there',
      input: { files: { 'a.png': png(1) }, sample: 1 },
      fails: 'data has one sample, so there is no sample 2. Choose sample 1.',
    },
    {
      name: 'of several kinds',
      input: { files: { 'a.png': png(1), 'a.csv': text('1,0,0,0') } },
      fails:
        'data holds pictures and a CSV table. Give one kind of file: .png, .jpg, .jpeg, .bmp, .wav, .npy, .npz, .csv, .tsv, .jsonl, .ndjson.',
    },
  ],
);

const classifier = writeTflite(
  model(
    graph(
      [tensor('x', 'float32', [1, 3]), tensor('y', 'float32', [1, 3])],
      [operator('SOFTMAX', [0], [1], { options: options('SoftmaxOptions', { beta: 1 }) })],
      { inputs: [0], outputs: [1] },
    ),
  ),
);

check(
  'the classes of a run by their names, the likeliest first',
  async (labels: LabelsChoice | undefined) => {
    const texts: Readonly<Record<string, string>> = { 'x.csv': '1,3,2', 'animals.txt': 'ant\nbird\ncat\n' };
    const files: JobContext['files'] = {
      list: (place) => Promise.resolve([place]),
      read: ({ address }) => Promise.resolve(text(texts[address])),
    };
    const { outputs } = await runModel(
      {
        ...{ type: 'run', model: classifier, request: { path: 'c.tflite', target: {} }, labels },
        inputs: { kind: 'files', address: 'x.csv', name: 'x.csv' },
      },
      { ...context, files },
    );
    return outputs[0].labels;
  },
  [
    { name: 'of no file', input: undefined, expected: undefined },
    {
      name: 'of milliwatt.json',
      input: { kind: 'names', source: '"labels" in milliwatt.json', names: ['eins', 'zwei', 'drei'] },
      expected: ['zwei', 'drei', 'eins'],
    },
    {
      name: 'of the file that it names',
      input: { kind: 'files', address: 'animals.txt', name: 'animals.txt' },
      expected: ['bird', 'cat', 'ant'],
    },
    {
      name: 'of another model',
      input: { kind: 'names', source: '"labels" in milliwatt.json', names: ['eins'] },
      fails:
        '"labels" in milliwatt.json has 1 lines, but the model tells 3 classes apart. Give one label a line, in the order of the classes.',
    },
  ],
);
