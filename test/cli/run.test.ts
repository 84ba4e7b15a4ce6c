import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
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

const hash = createHash('sha256')
  .update(Int8Array.of(1, 1, 1, 9))
  .digest('hex');
const output = { tensor: 1, type: 'int8', shape: [1, 4], sha256: hash };

check('command line: run', run, [
  {
    name: 'raw bytes, layers too, as JSON',
    input: ['relu.tflite', '--input', 'x.bin', '--layers', '--json'],
    expected: [0, JSON.stringify({ outputs: [output], layers: [{ op: 0, name: 'RELU', ...output }] })],
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
