import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { FolderBuild } from '../../src/cli/folderBuild';

const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-build-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

it('says for programs and for people what projects are built for, and where that stands', () => {
  write(
    'node/platformio.ini',
    '[platformio]\ndefault_envs = a\n[env:a]\nboard = pico\n[env:b]\nboard = esp32dev\nlib_deps = x\n',
  );
  // A source of a copy that is TFLM's of no day says no version, wherever it lies.
  write('node/third_party/tensorflow/lite/micro/micro_allocator.h', '#pragma once\n');
  const { proposed, lines } = new FolderBuild(folder);
  assert.deepEqual(proposed, [
    {
      folder: 'node',
      environments: ['a', 'b'],
      environment: 'a',
      values: [{ key: 'board', value: 'raspberry_pi_pico', file: 'node/platformio.ini', line: 4 }],
      remarks: [],
    },
  ]);
  assert.deepEqual(lines, ['proposed for node a: board raspberry_pi_pico (node/platformio.ini:4)']);
});
