import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Graph, Tensor } from '../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-quantize-'));
after(() => rmSync(folder, { recursive: true }));

function dense(input: Partial<Tensor> = {}, weights = [1, -1, 0.5, 2]): Graph {
  const none = options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' });
  const tensors = [
    tensor('x', 'float32', [1, 2], input),
    floats('w', [2, 2], weights),
    floats('b', [2], [0, 0]),
    tensor('y', 'float32', [1, 2]),
  ];
  return graph(tensors, [operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: none })], {
    inputs: [0],
    outputs: [3],
  });
}

const int8 = (name: string): Tensor => tensor(name, 'int8', [1, 4], { quantization: quantized(0.5, 1) });
const integer = graph([int8('x'), int8('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] });
const custom = graph(
  [tensor('x', 'float32', [1, 2]), tensor('y', 'float32', [1, 2])],
  [operator('CUSTOM', [0], [1], { customCode: 'Mystery' })],
  { inputs: [0], outputs: [1] },
);

const files: Readonly<Record<string, Uint8Array | string>> = {
  'dense.tflite': writeTflite(model(dense())),
  'written.tflite': writeTflite(model(dense())),
  'written.int8.tflite': 'mine',
  'huge.tflite': writeTflite(model(dense({}, [3e38, 3e38, 1, 1]))),
  'zeros.tflite': writeTflite(model(dense({}, [0, 0, 0, 0]))),
  'dynamic.tflite': writeTflite(model(dense({ shapeSignature: [1, -1] }))),
  'integer.tflite': writeTflite(model(integer)),
  'custom.tflite': writeTflite(model(custom)),
  'good.csv': Array.from({ length: 20 }, (_, row) => `${row / 20},${-row / 20}`).join('\n'),
  'hot.csv': '1,1\n2,2',
  'wide.csv': '1,2,3\n4,5,6',
  'words.csv': '1,2\n3,four',
  'nan.npy': npy([1, 2, NaN, 4]),
  'empty.npy': npy([]),
  'broken.npy': npy([1, 2]).subarray(0, 20),
};
for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);

/** Rows of two float32 values. */
function npy(values: readonly number[]): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${values.length / 2}, 2), }\n`;
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]),
    Buffer.from(header),
    Buffer.from(new Float32Array(values).buffer),
  ]);
}

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command; `signal`, Ctrl+C for instance, is sent as soon as it says what it does. */
function run(args: readonly string[], signal?: NodeJS.Signals): Promise<Outcome> {
  const child = spawn(process.execPath, [...commandLine, 'quantize', ...args], {
    cwd: folder,
    env: commandLineEnvironment,
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
    // A second Ctrl+C would end it at once.
    if (signal !== undefined && data.includes('Calibrating')) child.kill(signal);
  });
  return new Promise((done) => child.once('close', (code) => done({ code, output, errors: errors.trim() })));
}

/** Exit code and all that is said of a failure; no new file may be there. */
async function refused(args: readonly string[]): Promise<readonly [number | null, string]> {
  const before = readdirSync(folder);
  const { code, errors } = await run(args);
  assert.deepEqual(readdirSync(folder), before);
  return [code, errors.replace(`${folder}/`, '')];
}

it('writes a new file and gives the proof as JSON', async () => {
  const { code, output } = await run(['dense.tflite', '--data', 'good.csv', '--json', '--force']);
  assert.equal(code, 0);
  const proof = JSON.parse(output) as Record<string, unknown> & { readonly data: object; readonly result: object };
  assert.equal(proof.kind, 'quantize');
  const bytes = readFileSync(join(folder, 'dense.int8.tflite'));
  assert.deepEqual(proof.result, { path: 'dense.int8.tflite', bytes: bytes.byteLength, macs: 4 });
  assert.deepEqual(proof.data, {
    source: '20 samples of good.csv',
    isSynthetic: false,
    calibrationSamples: 16,
    testSamples: 4,
  });
  const [{ tensors, inputs, outputs }] = readTflite(bytes).model.graphs;
  assert.deepEqual(
    [...inputs, ...outputs].map((index) => tensors[index].type),
    ['int8', 'int8'],
  );
});

it('says that ranges from no data are worth little', async () => {
  const { code, output } = await run(['dense.tflite', '-o', 'synthetic.tflite', '--force']);
  assert.equal(code, 0);
  assert.match(output, /No data were given: ranges come from random numbers/);
  assert.ok(readTflite(readFileSync(join(folder, 'synthetic.tflite'))));
});

it('quantizes a model whose weights are all zero, and whose output is constant', async () => {
  const { code, output } = await run(['zeros.tflite', '--data', 'good.csv', '--json', '--force']);
  assert.equal(code, 0);
  const { fidelity } = JSON.parse(output) as { readonly fidelity: { readonly meanSquareError: number } };
  assert.equal(fidelity.meanSquareError, 0);
});

it('leaves no file behind when it is stopped', async () => {
  const rows = Array.from({ length: 2000 }, (_, row) => `${row},${row}`).join('\n');
  writeFileSync(join(folder, 'many.csv'), rows);
  const before = readdirSync(folder);
  const { code, errors } = await run(
    ['dense.tflite', '--data', 'many.csv', '--samples', '2000', '-o', 'stopped.tflite'],
    'SIGINT',
  );
  assert.equal(errors.split('\n').at(-1), 'Stopped. Nothing was written.');
  assert.equal(code, 130);
  assert.deepEqual(readdirSync(folder), before);
});

it('leaves no half file behind when it dies', async () => {
  const rows = Array.from({ length: 2000 }, (_, row) => `${row},${row}`).join('\n');
  writeFileSync(join(folder, 'many.csv'), rows);
  const before = readdirSync(folder);
  const { code } = await run(
    ['dense.tflite', '--data', 'many.csv', '--samples', '2000', '-o', 'dead.tflite'],
    'SIGKILL',
  );
  assert.equal(code, null);
  assert.deepEqual(readdirSync(folder), before);
});

check('command line: quantize refuses', refused, [
  {
    name: 'a file that is there',
    input: ['written.tflite'],
    expected: [1, 'written.int8.tflite exists already. Name another file, or remove it first.'],
  },
  {
    name: 'an option that there is none of',
    input: ['dense.tflite', '--method', 'magic'],
    expected: [
      2,
      "error: option '--method <name>' argument 'magic' is invalid. Allowed choices are auto, min-max, percentile, mse, entropy.\n" +
        'Run "milliwatt help" to see the commands.',
    ],
  },
  {
    name: 'a model that is quantized',
    input: ['integer.tflite'],
    expected: [2, 'The model is quantized already: "x" is int8. Quantize the float model that it was made from.'],
  },
  {
    name: 'a custom operator',
    input: ['custom.tflite'],
    expected: [
      2,
      'The model has the custom operator Mystery (operator 0), whose results nobody but its own kernel knows, so that it cannot be calibrated. Replace it by builtin operators.',
    ],
  },
  {
    name: 'a shape known at run time only',
    input: ['dynamic.tflite'],
    expected: [
      2,
      'The input "x" has the shape [1,-1], which is only known at run time. Convert the model again with fixed shapes.',
    ],
  },
  {
    name: 'values beyond float32',
    input: ['huge.tflite', '--data', 'hot.csv'],
    expected: [
      2,
      `"y" becomes Infinity with sample 1, so that it has no range. Check the scaling of the data, and the model's weights.`,
    ],
  },
  {
    name: 'rows of another length',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'wide.csv'],
    expected: [
      2,
      'wide.csv, line 1: there are 3 values, but the input "x" of shape [1,2] takes 2. Write one sample a line.',
    ],
  },
  {
    name: 'words among numbers',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'words.csv'],
    expected: [2, 'words.csv, line 2, column 2: "four" is no number. Repair or remove the line.'],
  },
  {
    name: 'what is no number',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'nan.npy'],
    expected: [2, '2 samples of nan.npy: Sample 1 has the value NaN for the input "x". Leave it out or repair it.'],
  },
  {
    name: 'no samples',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'empty.npy'],
    expected: [2, '0 samples of empty.npy: there are no samples. Give at least one, better a hundred.'],
  },
  {
    name: 'a damaged array',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'broken.npy'],
    expected: [
      2,
      'broken.npy cannot be read as an array: it ends within its header. Save it with numpy.save() as numbers.',
    ],
  },
  {
    name: 'data that are not there',
    input: ['dense.tflite', '-o', 'new.tflite', '--data', 'nowhere.csv'],
    expected: [1, 'nowhere.csv cannot be read: there is no such file or folder. Check the path and its permissions.'],
  },
  {
    name: 'a layer that there is none of',
    input: ['dense.tflite', '-o', 'new.tflite', '--keep-float', 'ghost'],
    expected: [2, 'The model has no layer "ghost" that could stay float. Did you mean "y"?'],
  },
]);
