import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { readModel } from '../../src/core/formats/formats';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { encode } from '../../src/core/model/values/stored';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-fit-'));
after(() => rmSync(folder, { recursive: true }));

/** Nothing reads tensor 1: three tensors of 4096 bytes are alive at once, two without its operator. */
const unread = writeTflite(
  model(
    graph(
      ['x', 'unread', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 1024])),
      [operator('RELU', [0], [1]), operator('RELU', [0], [2]), operator('ABS', [2], [3])],
      { inputs: [0], outputs: [3] },
    ),
  ),
);
/** TFLM has no TILE. */
const tiled = graph(
  [
    ...[tensor('x', 'float32', [1, 2]), tensor('times', 'int32', [2], { data: encode('int32', [1, 2]) })],
    tensor('y', 'float32', [1, 4]),
  ],
  [operator('TILE', [0, 1], [2])],
  { inputs: [0], outputs: [2] },
);
const right = graph([tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])], [operator('ABS', [0], [1])], {
  inputs: [0],
  outputs: [1],
});
const files: Readonly<Record<string, Uint8Array | string>> = {
  'unread.tflite': unread,
  'unread.h': `const unsigned char g_unread[] = {${[...unread].join(', ')}};\n`,
  'tiled.tflite': writeTflite(model(tiled)),
  'right.tflite': writeTflite(model(right)),
  'taken.tflite': writeTflite(model(tiled)),
  'taken.tflm.tflite': 'mine',
  'held.tflite': unread,
  'held.fit.tflite': 'mine',
};
for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);

/** Exit code, what stands in the new file and in which operators, and the first and last lines that are said. */
async function made(args: readonly string[]): Promise<unknown> {
  const before = readdirSync(folder);
  const child = spawn(process.execPath, [...commandLine, ...args], { cwd: folder, env: commandLineEnvironment });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const code = await new Promise((done) => child.once('close', done));
  const names = readdirSync(folder).filter((name) => !before.includes(name));
  const written = names.map((name) => {
    const bytes = readFileSync(join(folder, name));
    rmSync(join(folder, name));
    return `${name}: ${readModel({ path: name, bytes })
      .model.graphs[0].operators.map(({ kind }) => kind)
      .join(' ')}`;
  });
  for (const name of ['taken.tflm.tflite', 'held.fit.tflite']) {
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'mine');
  }
  return { code, written, said: (code === 0 ? output : errors + output).trim().split('\n').at(-1) };
}

const equalText = 'Outputs were compared with 3 random inputs: all bytes are equal.';
const meantText =
  'Outputs were compared with what TF Lite makes of the source, with 2 random inputs: all values are equal.';

check('milliwatt fit', made, [
  {
    name: 'what loses nothing',
    input: ['fit', 'unread.tflite'],
    expected: { code: 0, written: ['unread.fit.tflite: RELU ABS'], said: equalText },
  },
  {
    name: 'a limit that is met by it',
    input: ['fit', 'unread.tflite', '-o', 'o.tflite', '--ram', '10000'],
    expected: { code: 0, written: ['o.tflite: RELU ABS'], said: equalText },
  },
  {
    name: 'a limit, of a model in a source: the result is one too',
    input: ['fit', 'unread.h', '--ram', '10000'],
    expected: { code: 0, written: ['unread.fit.h: RELU ABS'], said: equalText },
  },
  {
    name: 'a limit that the model meets',
    input: ['fit', 'unread.tflite', '--ram', '100000'],
    expected: { code: 0, written: [], said: 'The model meets every limit as it is. Nothing was written.' },
  },
  {
    name: 'a step that is not in the list',
    input: ['fit', 'unread.tflite', '--only', 'plan, shrink'],
    expected: { code: 2, written: [], said: 'There is no step "shrink". There are clean, fuse, order, plan.' },
  },
  {
    name: 'a result that has the name of a file',
    input: ['fit', 'held.tflite'],
    expected: {
      code: 1,
      written: [],
      said: 'held.fit.tflite exists already. Name another file, or remove it first.',
    },
  },
  {
    name: 'the same with a limit',
    input: ['fit', 'held.tflite', '--ram', '10000'],
    expected: {
      code: 1,
      written: [],
      said: 'held.fit.tflite exists already. Name another file, or remove it first.',
    },
  },
]);

check('milliwatt convert', made, [
  {
    name: 'an operator that TFLM has not',
    input: ['convert', 'tiled.tflite'],
    expected: { code: 0, written: ['tiled.tflm.tflite: CONCATENATION'], said: meantText },
  },
  {
    name: 'nothing to rewrite',
    input: ['convert', 'right.tflite'],
    expected: {
      code: 2,
      written: [],
      said: 'TFLite Micro takes the model as it is and answers as the file means: there is nothing to rewrite.',
    },
  },
  {
    name: 'a result that has the name of a file',
    input: ['convert', 'taken.tflite'],
    expected: {
      code: 1,
      written: [],
      said: 'taken.tflm.tflite exists already. Name another file, or remove it first.',
    },
  },
]);
