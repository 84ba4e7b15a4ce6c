import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { arduino } from '../firmware/corpus/bases';
import { commandLine, commandLineEnvironment } from '../support/commandLine';
import { xxdNumbers } from '../support/sources';
import { untrainedFile } from '../support/untrained';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-links-'));
after(() => rmSync(folder, { recursive: true }));

const built = (units: number): string =>
  'import keras\n# milliwatt: numbers=int8\n' +
  `model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(${units}), keras.layers.Dense(12), keras.layers.Dense(4)])\n`;
const numbers = xxdNumbers(untrainedFile(built(32)));
const files = {
  ...arduino.files,
  'sketch/model.cpp': `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${numbers}\n};\n`,
  'train.py': built(32),
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function milliwatt(...args: readonly string[]): string {
  return spawnSync(process.execPath, [...commandLine, ...args], {
    env: commandLineEnvironment,
    encoding: 'utf8',
    cwd: folder,
  }).stdout;
}

it('lists which program built what an array holds', () => {
  assert.match(milliwatt('list', '.'), /^sketch\/model\.cpp#g_model: holds train\.py#model$/m);
});

it('says in a check where a program and the firmware are of different versions', () => {
  writeFileSync(path.join(folder, 'train.py'), built(24));
  const text = milliwatt('check', '.', '--runtime', 'tflm-reference');
  assert.match(text, /^train\.py:3: another version in firmware: g_model · arena .*\(sketch\/model\.cpp\)$/m);
  assert.match(
    text,
    /^sketch\/model\.cpp:2: information: g_model holds another version .* has 24 units in the source, 32 units in the firmware/m,
  );
  const { links } = JSON.parse(milliwatt('check', '.', '--runtime', 'tflm-reference', '--json')) as {
    readonly links: readonly { readonly neededBytes: number }[];
  };
  const [{ neededBytes, ...link }, ...others] = links;
  assert.deepEqual(others, []);
  assert.ok(neededBytes > 784 && neededBytes % 16 === 0, `${neededBytes}`);
  assert.deepEqual(link, {
    program: { path: 'train.py', model: 'model', file: 'train.py', line: 3 },
    firmware: { path: 'sketch/model.cpp', array: 'g_model', line: 2 },
    isSame: false,
    isSure: true,
    differences: ['Dense "dense" has 24 units in the source, 32 units in the firmware'],
    arenaBytes: 784,
  });
});
