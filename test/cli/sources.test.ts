import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { commandLine, commandLineEnvironment } from '../support/commandLine';
import { xxdSource } from '../support/sources';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-sources-'));
after(() => rmSync(folder, { recursive: true }));

/** A model with one RELU over so many values: its size tells it apart. */
function reluOf(values: number, output: string): Uint8Array {
  const activation = (name: string): ReturnType<typeof tensor> =>
    tensor(name, 'int8', [1, values], { quantization: quantized(1) });
  return writeTflite(
    model(graph([activation('x'), activation(output)], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })),
  );
}

const [small, large] = [reluOf(100, 'y'), reluOf(300, 'the output of the other')];
writeFileSync(join(folder, 'one.h'), xxdSource('g_one', small));
writeFileSync(join(folder, 'two.cc'), xxdSource('g_a', small) + xxdSource('g_b', large));
writeFileSync(
  join(folder, 'milliwatt.json'),
  JSON.stringify({ board: 'raspberry_pi_pico', models: [{ path: 'one.h' }, { path: 'two.cc', array: 'g_b' }] }),
);

writeFileSync(join(folder, 'small.tflite'), small);
writeFileSync(join(folder, 'cut.cc'), xxdSource('g_cut', small).slice(0, -200));
writeFileSync(
  join(folder, 'sources.json'),
  JSON.stringify({
    models: [
      { path: 'small.tflite', sources: ['one.h', 'gone.cc'], array: 'g_one' },
      { path: 'small.tflite', sources: ['one.h', 'two.cc'], array: 'g_c' },
      { path: 'small.tflite', sources: ['cut.cc'], array: 'g_cut' },
    ],
  }),
);

writeFileSync(
  join(folder, 'rules.json'),
  JSON.stringify({
    models: [{ path: 'small.tflite', sources: ['one.h'] }],
    rules: { 'firmware-array-not-const': 'error' },
  }),
);

function run(args: readonly string[]): readonly [code: number | null, firstLines: readonly string[]] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: commandLineEnvironment,
  });
  const lines = `${stderr}${stdout}`
    .split('\n')
    .filter((line) => /^[\w.#]+:|^in /.test(line) && !line.endsWith('[firmware-array-alignment]'));
  return [status, lines.map((line) => line.replace(/(bytes,|int8\[[\d,]+\]).*$/, '$1'))];
}

const bytes = (file: Uint8Array): string => `${file.length.toLocaleString('en-US')} bytes,`;

check('models in sources, on the command line', run, [
  { name: 'analyze', input: ['analyze', 'one.h'], expected: [0, [`one.h: ${bytes(small)}`]] },
  {
    name: 'analyze one of several, by the address',
    input: ['analyze', 'two.cc#g_a'],
    expected: [0, [`two.cc#g_a: ${bytes(small)}`]],
  },
  {
    name: 'analyze one of several, by the option',
    input: ['analyze', '--array', 'g_a', 'two.cc'],
    expected: [0, [`two.cc#g_a: ${bytes(small)}`]],
  },
  {
    name: 'analyze the one that milliwatt.json names',
    input: ['analyze', 'two.cc'],
    expected: [0, [`two.cc#g_b: ${bytes(large)}`]],
  },
  { name: 'list', input: ['list', 'two.cc#g_b'], expected: [0, ['in   x                        int8[1,300]']] },
  {
    name: 'list the models of a folder',
    input: ['list', '.'],
    expected: [
      0,
      [
        'cut.cc#g_cut: g_cut is cut off: its closing brace is missing. Write the array again.',
        `one.h#g_one: ${small.length} bytes`,
        `small.tflite: ${small.length} bytes`,
        `two.cc#g_a: ${small.length} bytes`,
        `two.cc#g_b: ${large.length} bytes`,
      ],
    ],
  },
  {
    name: 'check the sources of a model',
    input: ['check', '--config', 'sources.json'],
    expected: [
      1,
      [
        'small.tflite: error: The source gone.cc of small.tflite is not there. Correct "sources" in milliwatt.json. [source-missing]',
        'small.tflite: one.h:1: warning: g_one is not const: its 392 bytes are copied into RAM at start-up and stay there. Write const. [firmware-array-not-const]',
        'small.tflite: 1 error',
        'small.tflite: warning: None of one.h, two.cc holds a model in an array "g_c". Correct "array" or "sources" in milliwatt.json. [array-missing]',
        'small.tflite: one.h:1: warning: g_one is not const: its 392 bytes are copied into RAM at start-up and stay there. Write const. [firmware-array-not-const]',
        'small.tflite: two.cc:1: warning: g_a is not const: its 392 bytes are copied into RAM at start-up and stay there. Write const. [firmware-array-not-const]',
        'small.tflite: two.cc:37: warning: g_b is not const: its 416 bytes are copied into RAM at start-up and stay there. Write const. [firmware-array-not-const]',
        'small.tflite: ok',
        'small.tflite: warning: cut.cc: g_cut is cut off: its closing brace is missing. Write the array again. [array-cut]',
        'small.tflite: ok',
      ],
    ],
  },
  {
    name: 'check them by the rules that are chosen',
    input: ['check', '--config', 'rules.json'],
    expected: [
      1,
      [
        'small.tflite: one.h:1: error: g_one is not const: its 392 bytes are copied into RAM at start-up and stay there. Write const. [firmware-array-not-const]',
        'small.tflite: 1 error',
      ],
    ],
  },
  { name: 'check', input: ['check'], expected: [0, ['one.h: ok', 'two.cc#g_b: ok']] },
]);
