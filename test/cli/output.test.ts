import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { terminalText } from '../../src/core/text/terminalText';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const sources = path.join(import.meta.dirname, '..', '..', 'src');
const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-output-'));
after(() => rmSync(folder, { recursive: true }));

check('text for a terminal', terminalText, [
  { name: 'orders are shown', input: '\u001b]0;title\u0007\u009b2J', expected: '\\u001b]0;title\\u0007\\u009b2J' },
  { name: 'lines, tabs and letters stay', input: 'größe\t1\n', expected: 'größe\t1\n' },
  { name: 'nor by the mark of another script', input: 'a\u061cb', expected: 'a\\u061cb' },
  { name: 'writing is not turned around', input: 'a\u202eb', expected: 'a\\u202eb' },
]);

/** What writes by itself, and why it may. */
const writers: readonly string[] = [
  // The one place, after cleaning.
  'output.ts',
  // Writes over its own line.
  'progressLine.ts',
];

describe('the command line', () => {
  it('writes in one place', () => {
    const files = readdirSync(path.join(sources, 'cli'), { recursive: true, encoding: 'utf8' });
    const others = files.filter((file) => {
      if (!file.endsWith('.ts') || writers.includes(file)) return false;
      return /(?:stdout|stderr)\.write\(|console\./.test(readFileSync(path.join(sources, 'cli', file), 'utf8'));
    });
    assert.deepStrictEqual(others, []);
  });

  const order = '\u001b]0;PWNED\u0007\u001b[2J\nFAKE: ok';
  const tensors = [tensor(`in${order}`, 'float32', [1, 4]), tensor(`out${order}`, 'float32', [1, 4])];
  const hostile = graph(tensors, [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] });
  writeFileSync(path.join(folder, 'hostile.tflite'), writeTflite(model(hostile)));
  const custom = operator('CUSTOM', [0], [1], { customCode: `own${order}` });
  const foreign = graph(tensors, [custom], { name: `main${order}`, inputs: [0], outputs: [1] });
  writeFileSync(path.join(folder, 'custom.tflite'), writeTflite(model([foreign, foreign])));
  const file = 'named\nFAKE: ok\u202e.tflite';
  writeFileSync(path.join(folder, file), readFileSync(path.join('examples', 'digits', 'digits_float.tflite')));
  const labels = Array.from({ length: 10 }, () => `label${order}`);
  const project = { models: [{ path: file, labels, sources: [`s${order}.cc`] }], [`key${order}`]: 1 };
  writeFileSync(path.join(folder, 'milliwatt.json'), JSON.stringify(project));
  mkdirSync(path.join(folder, 'whole'));
  writeFileSync(path.join(folder, 'whole', 'milliwatt.json'), JSON.stringify({ models: [{ path: `../${file}` }] }));
  writeFileSync(path.join(folder, 'platformio.ini'), `[env:a\u202e]\nboard = x\u001b[2J\u202e\n[env:b]\nboard = y\n`);

  for (const args of [
    ...['hostile.tflite', 'custom.tflite', file].flatMap((name) => [
      ['list', name],
      ['analyze', name],
      ['analyze', name, '--json'],
      ['run', name, '--layers'],
      ['compare', name, '--boards', 'esp32_devkitc,raspberry_pi_pico2'],
      ['fit', name, '--ram', '1', '--samples', '8', '-o', 'none.tflite'],
    ]),
    ['list', '.'],
    ['check'],
    ['check', '.'],
    ['check', '--config', path.join('whole', 'milliwatt.json')],
    ['quantize', file, '--samples', '8', '-o', 'quantized.tflite'],
    ['prune', file, '--sensitivity', '--samples', '8'],
    ['export', file, '--style', 'cmake', '--out', 'out'],
  ]) {
    it(`gives a terminal no orders of a model: ${JSON.stringify(args)}`, () => {
      const { stdout, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: commandLineEnvironment,
      });
      assert.notEqual(stdout + stderr, '');
      assert.doesNotMatch(stdout + stderr, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|^FAKE/m);
    });
  }

  for (const [args, sentence] of [
    [
      ['monitor', 'socket://localhost:1', '--seconds', '3000000'],
      '--seconds 3000000 is too large: it can be 2147483 at the most.\n',
    ],
    [
      ['bridge', 'socket://localhost:1', '--listen', '99999'],
      '--listen 99999 is too large: it can be 65535 at the most.\n',
    ],
  ] as const) {
    it(`refuses ${args.slice(2).join(' ')} in a sentence, as a wrong command`, () => {
      const { status, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
        encoding: 'utf8',
        env: commandLineEnvironment,
      });
      assert.deepStrictEqual([status, stderr], [2, sentence]);
    });
  }

  it('says in a sentence that its output cannot be written', { skip: process.platform !== 'linux' }, () => {
    const words = [process.execPath, ...commandLine, 'boards'].map((word) => `'${word}'`).join(' ');
    const { status, stderr } = spawnSync('sh', ['-c', `${words} > /dev/full`], {
      encoding: 'utf8',
      env: commandLineEnvironment,
    });
    assert.deepStrictEqual(
      [status, stderr],
      [1, 'The output cannot be written: the disk is full. Nothing more is printed.\n'],
    );
  });
});
