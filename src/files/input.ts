import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { HumanError } from '../core/model/problem';
import { unreadable } from './opening';
import type { Reading } from './reading';
import { Content, readFileSync } from './reading';
import { codeOf } from './reasons';

/** Between two looks at a pipe that has nothing yet. */
const pauseMs = 5;
/** A pipe into which nothing comes for this long is given up. */
const patienceMs = 30_000;

/**
 * What the command line was told to read: a file as `readFile` takes it, or a pipe or the standard input (`-`,
 * `/dev/stdin`) up to its end, with the same bound. A pipe that stays silent for half a minute is given up.
 * @throws HumanError as `readFileSync`
 */
export function readInputSync(path: string, reading: Reading): Uint8Array {
  if (path === '-' || path === '/dev/stdin') return readStandardInput({ name: 'The standard input', ...reading });
  return isPipe(path) ? readNamedPipe(path, reading) : readFileSync(path, reading);
}

function readStandardInput(reading: Reading): Uint8Array {
  try {
    const stats = fstatSync(0);
    if (stats.isFile() || stats.isFIFO() || stats.isSocket()) return readPipe(0, '-', reading);
  } catch (error) {
    throw unreadable(error, { path: '-', ...reading });
  }
  throw new HumanError('file-unreadable', 'Nothing is piped into the standard input. Name a file.');
}

function isPipe(path: string): boolean {
  try {
    return statSync(path).isFIFO();
  } catch {
    // What is wrong with the name is said when it is opened.
    return false;
  }
}

function readNamedPipe(path: string, reading: Reading): Uint8Array {
  try {
    const pipe = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return readPipe(pipe, path, reading);
    } finally {
      closeSync(pipe);
    }
  } catch (error) {
    throw unreadable(error, { path, ...reading });
  }
}

function readPipe(pipe: number, path: string, reading: Reading): Uint8Array {
  const content = new Content(0, path, reading);
  const isNamed = pipe !== 0;
  let quietMs = 0;
  for (;;) {
    const bytesRead = readReady(pipe, content.room());
    if (bytesRead !== undefined && bytesRead > 0) {
      content.grow(bytesRead);
      quietMs = 0;
      continue;
    }
    // A pipe with a name has an end also before anybody has opened it to write.
    if (bytesRead === 0 && !(isNamed && content.length === 0)) return content.bytes();
    if (quietMs >= patienceMs) throw silent(path, reading);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    quietMs += pauseMs;
  }
}

/** Nothing where there is nothing yet. */
function readReady(pipe: number, room: Buffer): number | undefined {
  try {
    return readSync(pipe, room);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    if (codeOf(error) === 'EOF') return 0;
    throw error;
  }
}

function silent(path: string, { name = path }: Reading): HumanError {
  return new HumanError(
    'file-unreadable',
    `Nothing came out of ${name} for ${patienceMs / 1000} seconds. Check what writes to it.`,
  );
}
