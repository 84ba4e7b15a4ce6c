import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { changeFile, changeFileSync } from '../../src/files/changing';
import { smallDisk } from '../support/smallDisk';

const parent = mkdtempSync(join(tmpdir(), 'milliwatt-changing-'));
const disk = smallDisk(join(parent, 'small'));
after(() => {
  disk?.end();
  rmSync(parent, { recursive: true });
});
const reading = { mostBytes: 1024 * 1024 };

/** One line more. */
function addLine(line: string): (before: Uint8Array | undefined) => Uint8Array {
  return (before) => Buffer.concat([before ?? new Uint8Array(), Buffer.from(`${line}\n`)]);
}

function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

/** A program that adds so many lines to a file; ends by itself. */
function writer(file: string, name: string, lines: number): Promise<number | null> {
  const script = join(__dirname, 'writer.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, name, String(lines)], { stdio: 'inherit' });
  return new Promise((resolve) => child.on('exit', resolve));
}

it('keeps all 200 lines of 8 programs that write 25 each', { timeout: 120_000 }, async () => {
  const file = join(parent, 'shared', 'lines');
  const codes = await Promise.all(Array.from({ length: 8 }, (_, index) => writer(file, `${index}`, 25)));
  assert.deepStrictEqual(codes, Array(8).fill(0));
  const expected = Array.from({ length: 200 }, (_, index) => `${index % 8} ${Math.floor(index / 8)}`);
  assert.deepStrictEqual([...linesOf(file)].sort(), expected.sort());
  assert.deepStrictEqual(readdirSync(join(parent, 'shared')), ['lines']);
});

it('keeps what one program writes many times at once', async () => {
  const file = join(parent, 'own', 'lines');
  await Promise.all(Array.from({ length: 20 }, (_, index) => changeFile(file, reading, addLine(`${index}`))));
  assert.equal(linesOf(file).length, 20);
  assert.deepStrictEqual(readdirSync(join(parent, 'own')), ['lines']);
});

it('goes on where a program has ended with the file in its hands', () => {
  const folder = mkdtempSync(join(parent, 'left-'));
  const file = join(folder, 'lines');
  const ended = { processId: 2 ** 22 + 1, host: hostname(), token: 'gone' };
  writeFileSync(`${file}.lock`, JSON.stringify(ended));
  changeFileSync(file, reading, addLine('on'));
  assert.deepStrictEqual(readdirSync(folder), ['lines']);
});

it('leaves the file as it was where the change fails', () => {
  const folder = mkdtempSync(join(parent, 'failed-'));
  const file = join(folder, 'lines');
  writeFileSync(file, 'before\n');
  const failing = (): never => {
    throw new Error('no change');
  };
  assert.throws(() => changeFileSync(file, reading, failing), /no change/);
  assert.deepStrictEqual([readdirSync(folder), linesOf(file)], [['lines'], ['before']]);
});

it('writes nothing through a link that leads out of the folder', async () => {
  const root = mkdtempSync(join(parent, 'root-'));
  const elsewhere = join(parent, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(root, '.milliwatt'));
  const file = join(root, '.milliwatt', 'measurements.json');
  const within = { ...reading, within: [root] };
  await assert.rejects(changeFile(file, within, addLine('out')), /outside of the open folder, and nothing is written/);
  assert.throws(() => changeFileSync(file, within, addLine('out')), /outside of the open folder/);
  assert.deepStrictEqual(readdirSync(elsewhere), []);
});

it('keeps the file and leaves nothing beside it on a full disk', { skip: disk === undefined }, async () => {
  const file = join(disk!.folder, 'lines');
  writeFileSync(file, 'before\n');
  const large = (): Uint8Array => Buffer.alloc(200_000);
  const full = /lines(?:\.lock)? cannot be written: the disk is full\./;
  await assert.rejects(changeFile(file, reading, large), full);
  assert.throws(() => changeFileSync(file, reading, large), full);
  assert.deepStrictEqual([readdirSync(disk!.folder), linesOf(file)], [['lines'], ['before']]);
  // Not even the lock finds room.
  const rest = join(disk!.folder, 'rest');
  assert.throws(() => writeFileSync(rest, Buffer.alloc(200_000)), /ENOSPC/);
  await assert.rejects(changeFile(file, reading, addLine('after')), full);
  assert.throws(() => changeFileSync(file, reading, addLine('after')), full);
  assert.deepStrictEqual([readdirSync(disk!.folder), linesOf(file)], [['lines', 'rest'], ['before']]);
});
