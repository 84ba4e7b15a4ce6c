import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { corpusModels } from '../firmware/corpus/models';
import { commandLine, commandLineEnvironment } from '../support/commandLine';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-export-'));
after(() => rmSync(folder, { recursive: true }));
const model = path.join(folder, 'digits.tflite');
writeFileSync(model, writeTflite(corpusModels.dense));

function run(...flags: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...commandLine, 'export', model, '--out', folder, '--board', 'arduino_nano33ble', ...flags],
    { env: commandLineEnvironment, encoding: 'utf8' },
  );
  return { status, said: (stdout + stderr).replaceAll(folder + path.sep, '').replaceAll(folder, 'here') };
}

it('exports in the style of the project, once, and over nobody’s edits', () => {
  assert.deepEqual(run(), {
    status: 2,
    said: 'Nothing in here says which framework its project is of. Name it with --style: platformio, esp-idf, zephyr, arduino, cmake.\n',
  });
  writeFileSync(path.join(folder, 'platformio.ini'), '[env:nano]\n');
  const source = path.join('src', 'digits_model.cc');
  assert.deepEqual(run(), {
    status: 0,
    said: [
      `wrote ${path.join('src', 'digits_model.h')}`,
      `wrote ${source}`,
      `wrote ${path.join('src', 'digits_model_data.cc')}`,
      'Include digits_model.h; PlatformIO builds all of src.',
      '',
    ].join('\n'),
  });
  assert.deepEqual(run(), { status: 0, said: 'Everything is as it was exported.\n' });
  appendFileSync(path.join(folder, source), '// mine\n');
  assert.deepEqual(run(), {
    status: 1,
    said: 'Changed since they were exported, or of another origin: src/digits_model.cc. --force writes over them.\n',
  });
  assert.match(readFileSync(path.join(folder, source), 'utf8'), /\/\/ mine\n$/);
  assert.equal(run('--force').said.split('\n')[0], `wrote ${source}`);
  assert.doesNotMatch(readFileSync(path.join(folder, source), 'utf8'), /mine/);
});

it('leaves no half of an export where a file cannot be written', { skip: process.platform !== 'linux' }, () => {
  const out = path.join(folder, 'small');
  const large = path.join('examples', 'digits', 'digits_float.tflite');
  const words = [process.execPath, ...commandLine, 'export', large, '--style', 'cmake', '--out', out];
  const quoted = words.map((word) => `'${word}'`).join(' ');
  // No file may be larger than 20 to 40 KB there: the array alone is.
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `trap '' XFSZ; ulimit -f 40; ${quoted}`], {
    env: commandLineEnvironment,
    encoding: 'utf8',
  });
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /_data\.cc cannot be written: it is larger than a file may be here/);
  assert.deepEqual(readdirSync(path.join(out, 'digits_float_model')), []);
});
