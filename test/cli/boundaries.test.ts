import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

/** Every command with what it must answer in a sentence and with a documented exit code, never with a stack trace. */
const folder = mkdtempSync(join(tmpdir(), 'milliwatt-boundaries-'));
after(() => rmSync(folder, { recursive: true }));
const activation = (name: string): ReturnType<typeof tensor> =>
  tensor(name, 'int8', [1, 100], { quantization: quantized(1) });
const bytes = writeTflite(
  model(graph([activation('x'), activation('y')], [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })),
);
mkdirSync(join(folder, 'named', 'milliwatt.json'), { recursive: true });
mkdirSync(join(folder, 'deep', '.milliwatt'), { recursive: true });
mkdirSync(join(folder, 'far', '.milliwatt'), { recursive: true });
for (const each of ['m', 'named/m', 'deep/m', 'far/m']) writeFileSync(join(folder, `${each}.tflite`), bytes);
writeFileSync(join(folder, 'deep', 'milliwatt.json'), '['.repeat(200_000));
writeFileSync(join(folder, 'far', '.milliwatt', 'measurements.json'), '['.repeat(200_000));
symlinkSync('/dev/zero', join(folder, 'zero.tflite'));
mkdirSync(join(folder, 'broken'));
writeFileSync(join(folder, 'broken', 'no.tflite'), 'no model');
symlinkSync('/dev/zero', join(folder, 'zero.json'));
symlinkSync('round.tflite', join(folder, 'about.tflite'));
symlinkSync('about.tflite', join(folder, 'round.tflite'));
writeFileSync(join(folder, 'log'), 'a line\n');
mkdirSync(join(folder, 'piped'));
mkdirSync(join(folder, 'led'));
symlinkSync(tmpdir(), join(folder, 'led', 'components'));
mkdirSync(join(folder, 'taken', 'm_model.h'), { recursive: true });
mkdirSync(join(folder, 'heard', '.milliwatt'), { recursive: true });
mkdirSync(join(folder, 'sources', 'src'), { recursive: true });
for (const each of ['piped/m', 'heard/m', 'sources/m']) writeFileSync(join(folder, `${each}.tflite`), bytes);
const pipes = ['piped/milliwatt.json', 'piped/p.tflite', 'heard/.milliwatt/measurements.json', 'sources/p.cc'];
execFileSync(
  'mkfifo',
  pipes.map((each) => join(folder, each)),
);
const named = [
  { path: 'p.tflite\n: ok' },
  { path: '../piped/p.tflite' },
  { path: 'm.tflite', sources: ['p.cc', 'src'] },
];
writeFileSync(join(folder, 'sources', 'milliwatt.json'), JSON.stringify({ models: named }));

const port = `replay://${join(folder, 'log')}`;
const m = 'm.tflite';
/** A name that a terminal would obey. */
const wild = 'a\x1b[2Jb\u202e.tflite';

/** Arguments, the exit code, and a part of what is said. */
const rows: readonly (readonly [readonly string[], number, RegExp])[] = [
  [['analyze', 'named/m.tflite'], 1, /milliwatt\.json cannot be read: it is a folder/],
  [['check', '--config', 'named/milliwatt.json'], 1, /it is a folder/],
  [['analyze', 'deep/m.tflite'], 0, /more than 64 deep in one another/],
  [['check', '--config', 'deep/milliwatt.json'], 2, /more than 64 deep in one another/],
  [['analyze', 'far/m.tflite'], 1, /measurements\.json/],
  [['check', '--config', 'zero.json'], 1, /it is a device or a pipe/],
  [['analyze', 'piped/m.tflite'], 1, /milliwatt\.json cannot be read: it is a device or a pipe/],
  [['analyze', 'heard/m.tflite'], 1, /measurements\.json cannot be read: it is a device or a pipe/],
  [['check', 'piped'], 1, /milliwatt\.json cannot be read: it is a device or a pipe/],
  [['check', '--config', 'sources/milliwatt.json'], 1, /p\.tflite cannot be read: it is a device or a pipe/],
  [['check', '--config', 'sources/milliwatt.json'], 1, /p\.cc cannot be read: it is a device or a pipe/],
  [['check', '--config', 'sources/milliwatt.json'], 1, /src cannot be read: it is a folder/],
  [['check', '--config', 'sources/milliwatt.json'], 1, /^p\.tflite\\n: ok: 1 error$/m],
  [['check', '--config', 'sources/milliwatt.json'], 1, /^m\.tflite: 2 errors$/m],
  [['check', '--config', ''], 1, /"" cannot be read/],
  [['check', 'm.tflite'], 1, /cannot be read as a folder/],
  [['check', '--config', 'none.json', '--sarif', ''], 1, /none\.json cannot be read/],
  [['analyze'], 2, /missing required argument/],
  [['list', 'broken'], 1, /no\.tflite: This is not a TensorFlow Lite model/],
  [['analyze', 'zero.tflite'], 1, /it is a device or a pipe/],
  [['analyze', 'round.tflite'], 1, /links lead in a circle/],
  [['analyze', 'named'], 1, /it is a folder/],
  [['analyze', ''], 1, /"" cannot be read/],
  [['analyze', wild], 1, /no such file/],
  [['analyze', m, '--board', ''], 2, /names no board/],
  [['analyze', m, '--runtime', ''], 2, /names no runtime/],
  [['analyze', m, '--board', 'constructor'], 2, /There is no board/],
  [['analyze', m, '--nope'], 2, /unknown option/],
  ...['NaN', 'Infinity', '1e400', '-1', '-Infinity'].map(
    (value) => [['analyze', m, '--set', `clockHz=${value}`], 2, /must be a clock in hertz/] as const,
  ),
  [['analyze', m, '--set', '__proto__=1'], 2, /There is no target setting/],
  [['analyze', m, '--set', ''], 2, /not of the form key=value/],
  [['compare', m, '--boards', ','], 2, /names no board/],
  [['compare', m, '--boards', ''], 2, /names no board/],
  [['compare', m, '--boards', 'nope'], 2, /There is no board/],
  [['list', ''], 1, /"" cannot be read/],
  [['list', m, m], 2, /too many arguments/],
  ...['NaN', '1e400', '1.5', ''].map((value) => [['run', m, '--seed', value], 2, /no whole number/] as const),
  [['run', m, '--input', 'zero.tflite'], 1, /it is a device or a pipe/],
  [['quantize', m, '-o', ''], 1, /its name is empty/],
  [['quantize', m, '-o', 'named'], 1, /exists already/],
  [['quantize', m, '-o', 'none/x.tflite'], 1, /none\/x\.tflite cannot be written/],
  [['quantize', m, '--samples', 'NaN'], 2, /whole number above 0/],
  [['quantize', m, '--samples', '-1'], 2, /whole number above 0/],
  ...['--ratio', '--ram', '--ms', '--macs', '--epochs', '--accuracy-drop'].flatMap((option) =>
    ['NaN', '1e400', '-1'].map((value) => [['prune', m, option, value], 2, /a number, 0 or more/] as const),
  ),
  [['prune', m, '--layer', '=0'], 2, /name=share/],
  [['prune', m, '--ratio', '0.5', '-o', 'none/x.tflite'], 1, /none\/x\.tflite cannot be written/],
  [['calibrate', ''], 1, /"" cannot be read/],
  [['export', m], 2, /Nothing in .* says which framework/],
  [['export', m, '--style', 'cmake', '--out', 'log'], 1, /a part of its path is no folder/],
  [['export', m, '--style', 'cmake', '--out', 'log/none'], 1, /a part of its path is no folder/],
  [['export', m, '--style', 'esp-idf', '--out', 'led'], 1, /leads to .*, outside of the open folder/],
  [['export', m, '--style', 'arduino', '--out', 'taken'], 1, /m_model\.h cannot be read: it is a folder/],
  [['export', 'zero.tflite', '--style', 'cmake'], 1, /it is a device or a pipe/],
  [['convert', m, '-o', 'none/x.tflite'], 1, /none\/x\.tflite cannot be written/],
  [['fit', m, '-o', 'none/x.tflite'], 1, /none\/x\.tflite cannot be written/],
  ...['--ram', '--flash', '--ms'].flatMap((option) =>
    ['NaN', '1e400', '-1'].map((value) => [['fit', m, option, value], 2, /a number, 0 or more/] as const),
  ),
  [['boards', 'x'], 2, /too many arguments/],
  [['runtimes', '--nope'], 2, /unknown option/],
  [['bridge', port, '--listen', '99999'], 2, /65535 at the most/],
  [['bridge', port, '--listen', '-1'], 2, /not a whole number above 0/],
  [['bridge', 'none'], 1, /There is no port none/],
  [['monitor', port, '--seconds', '3000000'], 2, /2147483 at the most/],
  ...['NaN', 'Infinity', '1e400', '-1', ''].flatMap((value) =>
    ['--seconds', '--baud'].map((option) => [['monitor', port, option, value], 2, /whole number above 0/] as const),
  ),
  [['monitor', ''], 2, /names no port/],
  [['monitor', `replay://${join(folder, 'zero.json')}`], 1, /cannot be played/],
  [['monitor', port, '--log', ''], 1, /cannot be made/],
  [['monitor', port, '--log', 'named'], 1, /cannot be made/],
  [['monitor', port, '--model', 'zero.tflite'], 1, /it is a device or a pipe/],
  [['monitor', port, '--filter', '('], 2, /\(/],
  [['nope'], 2, /unknown command/],
  [[''], 2, /unknown command/],
];

/** Where the output goes: read, or a disk that is full. */
function run(args: readonly string[], out: 'pipe' | number): Promise<{ readonly code: number | null; said: string }> {
  const child = spawn(process.execPath, [...commandLine, ...args], {
    cwd: folder,
    env: commandLineEnvironment,
    stdio: ['ignore', out, 'pipe'],
    timeout: 60_000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

function checkSaid(said: string): void {
  assert.doesNotMatch(said, /^\s+at .*[:(]|\bundefined\b|node:internal|(?:Range|Type|Reference)Error/m);
  assert.doesNotMatch(said, /[\x00-\x08\x0b-\x1f\x7f\u202e]/, 'a control character is shown');
}

for (const [args, code, sentence] of rows) {
  it(`answers in a sentence: milliwatt ${args.map((each) => JSON.stringify(each)).join(' ')}`, async () => {
    const outcome = await run(args, 'pipe');
    checkSaid(outcome.said);
    assert.match(outcome.said, sentence);
    assert.equal(outcome.code, code);
  });
}

for (const args of [['list', m], ['analyze', m], ['compare', m], ['boards'], ['runtimes', '--json'], ['--help']]) {
  it(`says that the disk is full: milliwatt ${args.join(' ')}`, { skip: !existsSync('/dev/full') }, async () => {
    const full = openSync('/dev/full', 'w');
    const { code, said } = await run(args, full);
    closeSync(full);
    checkSaid(said);
    assert.match(said, /The output cannot be written: the disk is full/);
    assert.equal(code, 1);
  });
}
