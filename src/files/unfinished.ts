import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from './running';

/** `.milliwatt-PROCESS-RANDOM.part`; earlier versions left the process out. */
const namePattern = /^\.milliwatt-(?:(\d{1,10})-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/;
/** What nobody has written to for this long is left of a program that was killed. */
const leftoverMs = 60 * 60 * 1000;

/**
 * What a file is called before it has its name: hidden, short enough wherever the name itself is, with the process
 * that writes it, and random, so that no two writers meet.
 */
export function unfinishedName(): string {
  return `.milliwatt-${process.pid}-${crypto.randomUUID()}.part`;
}

/** A path of that name in the folder of another. */
export function unfinishedBeside(path: string): string {
  return join(dirname(path), unfinishedName());
}

/** Takes away what programs that were killed have left beside a file. It keeps nobody from writing. */
export function removeLeftoversSync(path: string): void {
  try {
    removeLeftoversOf(dirname(path), readdirSync(dirname(path)));
  } catch {
    // A folder that cannot be listed may still take files.
  }
}

/** The same in turn. */
export async function removeLeftovers(path: string): Promise<void> {
  try {
    removeLeftoversOf(dirname(path), await readdir(dirname(path)));
  } catch {
    // As above.
  }
}

function removeLeftoversOf(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const found = namePattern.exec(name);
    if (found === null) continue;
    const [, processId] = found;
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || Date.now() - stats.mtimeMs < leftoverMs) continue;
    if (processId === undefined || !isRunning(Number(processId))) unlinkSync(path);
  }
}
