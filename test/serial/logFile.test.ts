import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LogFile } from '../../src/serial/logFile';
import { check } from '../support/check';

interface Logged {
  readonly chunks: readonly string[];
  readonly rotateBytes?: number;
  readonly timestamps?: boolean;
  /** Looked at so long after the last chunk, without closing. */
  readonly afterMs?: number;
  readonly existing?: boolean;
  /** Chunks of a writer that ended before, and whose log this one goes on with. */
  readonly before?: readonly string[];
}

/** The files of a log, in the order of their parts. Texts stand for bytes, one character each. */
async function filesOf({
  chunks,
  rotateBytes = 0,
  timestamps = false,
  afterMs,
  existing,
  before,
}: Logged): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), 'milliwatt-log-'));
  try {
    if (existing) writeFileSync(path.join(folder, 'board.log'), 'mine');
    const options = { path: path.join(folder, 'board.log'), rotateBytes, timestamps };
    const fail = (sentence: string): never => {
      throw new Error(sentence);
    };
    if (before !== undefined) {
      const first = new LogFile(options, fail);
      for (const chunk of before) first.write(Buffer.from(chunk, 'latin1'), 0);
      first.close();
    }
    const log = new LogFile({ ...options, goesOn: before !== undefined }, fail);
    chunks.forEach((chunk, index) => log.write(Buffer.from(chunk, 'latin1'), Date.UTC(2026, 0, 2, 3, 4, 5, index)));
    if (afterMs === undefined) log.close();
    else await delay(afterMs);
    const read = readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]);
    log.close();
    return Object.fromEntries(read) as object;
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replace(folder, 'FOLDER');
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

check('a log', filesOf, [
  {
    name: 'holds exactly the bytes that came',
    input: { chunks: ['a\0\xff\xfe\r\n', '\x80half', ' a line'] },
    expected: { 'board.log': 'a\0\xff\xfe\r\n\x80half a line' },
  },
  {
    name: 'is on disk within 200 ms',
    input: { chunks: ['first', ' second'], afterMs: 200 },
    expected: { 'board.log': 'first second' },
  },
  {
    name: 'goes on in another file at a line end',
    input: { chunks: ['1234\n56', '78\n90ab\n'], rotateBytes: 10 },
    expected: { 'board.log': '1234\n5678\n', 'board.2.log': '90ab\n' },
  },
  {
    name: 'cuts a line that no file could hold',
    input: { chunks: ['0123456789'], rotateBytes: 4 },
    expected: { 'board.log': '0123', 'board.2.log': '4567', 'board.3.log': '89' },
  },
  {
    name: 'puts the time before each line, not before each chunk',
    input: { chunks: ['one\ntw', 'o\n'], timestamps: true },
    expected: { 'board.log': '2026-01-02T03:04:05.000Z  one\n2026-01-02T03:04:05.000Z  two\n' },
  },
  {
    name: 'goes on where another writer ended',
    input: { before: ['one\n'], chunks: ['two\n'] },
    expected: { 'board.log': 'one\ntwo\n' },
  },
  {
    name: 'goes on in the last of several files, as far as that has room',
    input: { before: ['1234\n5678\n', '90ab\n'], chunks: ['cdef\n', 'ghij\n'], rotateBytes: 10 },
    expected: { 'board.log': '1234\n5678\n', 'board.2.log': '90ab\ncdef\n', 'board.3.log': 'ghij\n' },
  },
  {
    name: 'does not overwrite a file',
    input: { chunks: [], existing: true },
    fails: 'The log FOLDER/board.log cannot be made: there is a file of that name already.',
  },
]);
