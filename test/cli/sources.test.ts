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

function run(args: readonly string[]): readonly [code: number | null, firstLines: readonly string[]] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...commandLine, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: commandLineEnvironment,
  });
  const lines = `${stderr}${stdout}`.split('\n').filter((line) => /^[\w.#]+:|^in /.test(line));
  return [status, lines.map((line) => line.replace(/(bytes,|\]).*$/, '$1'))];
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
  { name: 'check', input: ['check'], expected: [0, ['one.h: ok', 'two.cc#g_b: ok']] },
]);
