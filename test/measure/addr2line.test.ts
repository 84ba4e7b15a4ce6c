import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { placesOf, sourcePlaces } from '../../src/serial/addr2line';
import { check } from '../support/check';

check('what addr2line prints', placesOf, [
  { name: 'function, file and line', input: 'conv\n/src/nn/conv.c:41\n', expected: ['conv (conv.c:41)'] },
  {
    name: 'with a discriminator',
    input: 'Invoke()\nC:\\src\\a.cc:7 (discriminator 2)\n',
    expected: ['Invoke() (a.cc:7)'],
  },
  { name: 'a function alone', input: 'memcpy\n??:?\n', expected: ['memcpy'] },
  { name: 'nothing', input: '??\n??:0\n', expected: [undefined] },
  { name: 'several', input: 'a\nx.c:1\n??\n??:0\nb\ny.c:2\n', expected: ['a (x.c:1)', undefined, 'b (y.c:2)'] },
]);

const hasCompiler = spawnSync('arm-none-eabi-gcc', ['--version']).status === 0;

describe('addresses of a crash', () => {
  it('have no names without an ELF file', async () => {
    assert.deepStrictEqual([...(await sourcePlaces({ elf: '/none.elf', addresses: [1] }))], []);
    assert.deepStrictEqual([...(await sourcePlaces({ elf: 'relative.elf', addresses: [1] }))], []);
    assert.deepStrictEqual([...(await sourcePlaces({ elf: import.meta.filename, addresses: [1] }))], []);
  });

  const skip = hasCompiler ? false : 'arm-none-eabi-gcc is not installed';
  it('are named by the ELF file, Thumb addresses too', { skip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'milliwatt-elf-'));
    try {
      const source = join(folder, 'crash.c');
      const elf = join(folder, 'crash.elf');
      writeFileSync(source, 'int zero;\nint divide(int a) {\n  return a / zero;\n}\n');
      const linked = ['-g', '-mcpu=cortex-m4', '-mthumb', '-nostdlib', '-Wl,-Ttext=0x8000,-e,divide'];
      const { status, stderr } = spawnSync('arm-none-eabi-gcc', [...linked, source, '-o', elf], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const places = await sourcePlaces({ elf, addresses: [0x8001, 0x20000000] });
      assert.deepStrictEqual([...places], [[0x8001, 'divide (crash.c:2)']]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
