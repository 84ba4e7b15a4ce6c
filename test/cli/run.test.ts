import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { zipSync } from 'fflate';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-run-'));
after(() => rmSync(folder, { recursive: true }));

const int8 = (name: string): ReturnType<typeof tensor> =>
  tensor(name, 'int8', [1, 4], { quantization: quantized(0.5, 1) });
const relu = graph([int8('x'), int8('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] });
writeFileSync(join(folder, 'relu.tflite'), writeTflite(model(relu)));
const finer = tensor('y', 'int8', [1, 4], { quantization: quantized(0.25) });
const relu6 = graph([int8('x'), finer], [operator('RELU6', [0], [1])], { inputs: [0], outputs: [1] });
writeFileSync(join(folder, 'relu6.tflite'), writeTflite(model(relu6)));
const share = tensor('y', 'int8', [1, 4], { quantization: quantized(1 / 256, -128) });
const softmax = operator('SOFTMAX', [0], [1], { options: options('SoftmaxOptions', { beta: 1 }) });
const classes = writeTflite(model(graph([int8('x'), share], [softmax], { inputs: [0], outputs: [1] })));
writeFileSync(join(folder, 'classes.tflite'), classes);
const archive = zipSync({ 'labels.txt': Buffer.from('one\ntwo\nthree\nfour\n') });
writeFileSync(join(folder, 'labelled.tflite'), Buffer.concat([classes, archive]));
writeFileSync(join(folder, 'labels.txt'), 'ant\r\nbird\r\ncat\r\ndog\r\n');
writeFileSync(join(folder, 'short.txt'), 'ant\nbird\n');
const below = graph([int8('x'), finer], [operator('RSQRT', [0], [1])], { inputs: [0], outputs: [1] });
writeFileSync(join(folder, 'below.tflite'), writeTflite(model(below)));
// Stored -128, 0, 1, 9 stand for -64.5, -0.5, 0, 4: of these RELU leaves 0, 0, 0, 4, stored 1, 1, 1, 9.
writeFileSync(join(folder, 'x.bin'), Int8Array.of(-128, 0, 1, 9));
writeFileSync(join(folder, 'short.bin'), Int8Array.of(1));
const numpyHeader = `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 4), }\n`;
writeFileSync(
  join(folder, 'x.npy'),
  Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, numpyHeader.length, 0]),
    Buffer.from(numpyHeader),
    Buffer.from(new Float32Array([-64.5, -0.5, 0, 4]).buffer),
  ]),
);

function run(args: readonly string[]): readonly [code: number | null, text: string] {
  const result = spawnSync(process.execPath, [...commandLine, 'run', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: commandLineEnvironment,
  });
  return [result.status, `${result.stdout}${result.stderr}`.trim()];
}

mkdirSync(join(folder, 'named'));
for (const name of ['inline', 'file']) writeFileSync(join(folder, 'named', `${name}.tflite`), classes);
writeFileSync(join(folder, 'named', 'animals.txt'), 'ant\nbird\ncat\ndog\n');
const labels = ['ant', 'bird', 'cat', 'dog'];
const models = [
  { path: 'inline.tflite', labels },
  { path: 'file.tflite', labels: 'animals.txt' },
];
writeFileSync(join(folder, 'named', 'milliwatt.json'), JSON.stringify({ models }));

function named(model: string): string {
  const heading = `${model}.tflite: inputs from x.bin, double rounding`;
  return [heading, 'y  int8[1,4]', '  0.9727  dog', '  0.0195  cat', '  0.0117  bird', '  0.0000  ant'].join('\n');
}

const hash = createHash('sha256')
  .update(Int8Array.of(1, 1, 1, 9))
  .digest('hex');
const output = { tensor: 1, type: 'int8', shape: [1, 4], sha256: hash };

check('command line: run', run, [
  {
    name: 'raw bytes, layers too, as JSON',
    input: ['relu.tflite', '--input', 'x.bin', '--layers', '--json'],
    expected: [
      0,
      JSON.stringify({ outputs: [{ ...output, values: [1, 1, 1, 9] }], layers: [{ op: 0, name: 'RELU', ...output }] }),
    ],
  },
  {
    name: 'real numbers from NumPy, for people',
    input: ['relu.tflite', '--input', 'x.npy', '--rounding', 'single'],
    expected: [
      0,
      ['relu.tflite: inputs from x.npy, single rounding', 'y  int8[1,4]', '  1 1 1 9', '  real: 0 0 0 4'].join('\n'),
    ],
  },
  {
    name: 'a board that answers otherwise than the file means',
    input: ['relu6.tflite', '--input', 'x.bin'],
    expected: [
      0,
      [
        'relu6.tflite: inputs from x.bin, double rounding',
        'not as the file means, operator 0: RELU6: The kernel cuts the range and copies the integers, though input and output have other scales or zero points: the board answers wrongly, without a word. Fuse it into the layer before, or give its output the scale of its input and put a QUANTIZE behind it.',
        'y  int8[1,4]',
        // RELU6 would leave 0, 0, 0, 4: the integers are copied to a scale of half the size and another zero point.
        '  1 1 1 9',
        '  real: 0.2500 0.2500 0.2500 2.250',
        '  off by up to 1.750 from what the file means, whose largest value is 4.000',
      ].join('\n'),
    ],
  },
  {
    name: 'a classifier, its classes named by a file',
    input: ['classes.tflite', '--input', 'x.bin', '--labels', 'labels.txt'],
    expected: [
      0,
      [
        'classes.tflite: inputs from x.bin, double rounding',
        'y  int8[1,4]',
        // exp of -64.5, -0.5, 0 and 4 over their sum 56.2, in 256ths: 0, 2.8, 4.6, 248.7.
        '  0.9727  dog',
        '  0.0195  cat',
        '  0.0117  bird',
        '  0.0000  ant',
      ].join('\n'),
    ],
  },
  {
    name: 'a classifier that carries its labels',
    input: ['labelled.tflite', '--input', 'x.bin'],
    expected: [
      0,
      [
        'labelled.tflite: inputs from x.bin, double rounding',
        'y  int8[1,4]',
        '  0.9727  four',
        '  0.0195  three',
        '  0.0117  two',
        '  0.0000  one',
      ].join('\n'),
    ],
  },
  {
    name: 'a classifier without labels',
    input: ['classes.tflite', '--input', 'x.bin'],
    expected: [
      0,
      [
        'classes.tflite: inputs from x.bin, double rounding',
        'y  int8[1,4]',
        '  0.9727  class 3',
        '  0.0195  class 2',
        '  0.0117  class 1',
        '  0.0000  class 0',
      ].join('\n'),
    ],
  },
  {
    name: 'a classifier, its classes named in milliwatt.json',
    input: ['named/inline.tflite', '--input', 'x.bin'],
    expected: [0, named('inline')],
  },
  {
    name: 'a classifier, its classes named by a file beside milliwatt.json',
    input: ['named/file.tflite', '--input', 'x.bin'],
    expected: [0, named('file')],
  },
  {
    name: 'labels of another model',
    input: ['classes.tflite', '--input', 'x.bin', '--labels', 'short.txt'],
    expected: [
      1,
      'classes.tflite: short.txt has 2 lines, but the model tells 4 classes apart. Give one label a line, in the order of the classes.',
    ],
  },
  {
    name: 'a finding before what keeps it from being run',
    input: ['below.tflite', '--input', 'x.bin'],
    expected: [
      1,
      [
        'not as the file means, operator 0: RSQRT: The int8 kernel ends the inference with an error as soon as one input is below zero, which the range of its input allows: the board gives no answer then. Keep its input at zero or above (a RELU or a constant added before it), or leave this part in float32.',
        "below.tflite: Operator 0 (RSQRT) was given -64.5: TensorFlow Lite Micro's int8 kernel ends the inference with an error below zero. Keep its input at zero or above, or leave this part in float32.",
      ].join('\n'),
    ],
  },
  {
    name: 'a file of the wrong size',
    input: ['relu.tflite', '--input', 'short.bin'],
    expected: [
      1,
      'relu.tflite: The input "x" is int8[1,4], which takes 4 bytes, but 1 were given. Give exactly that many.',
    ],
  },
  {
    name: 'a rounding that does not exist',
    input: ['relu.tflite', '--rounding', 'half'],
    expected: [2, '--rounding half is neither double nor single. Write one of these.'],
  },
  {
    name: 'both a file and a seed',
    input: ['relu.tflite', '--input', 'x.bin', '--seed', '1'],
    expected: [2, 'Give --input or --seed, not both.'],
  },
]);
