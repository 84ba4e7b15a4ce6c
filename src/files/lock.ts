import { renameSync, statSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { HumanError } from '../core/model/problem';
import { readFileSync } from './reading';
import { codeOf } from './reasons';
import { isRunning } from './running';
import { moveToFreeName, writeTokenSync } from './writing';

/** A lock that nobody of this machine holds any more, and that is older than any change takes. */
const staleMs = 60_000;

interface Holder {
  readonly processId: number;
  readonly host: string;
  readonly token: string;
}

/** The right to change a file, which one program has at a time: `NAME.lock` beside it, a file that names its holder. */
export class FileLock {
  readonly #path: string;
  readonly #token: string;

  private constructor(path: string, token: string) {
    this.#path = path;
    this.#token = token;
  }

  /**
   * The lock of a file, or nothing while another has it. One whose program has ended is taken away.
   * @throws HumanError where the folder takes no files
   */
  static take(file: string): FileLock | undefined {
    const path = `${file}.lock`;
    const holder: Holder = { processId: process.pid, host: hostname(), token: crypto.randomUUID() };
    try {
      writeTokenSync(path, Buffer.from(JSON.stringify(holder)));
      return new FileLock(path, holder.token);
    } catch (error) {
      if (!(error instanceof HumanError) || error.code !== 'file-exists') throw error;
      removeStale(path);
      return undefined;
    }
  }

  /** False where somebody has taken it for left behind. */
  get isHeld(): boolean {
    return holderOf(this.#path)?.token === this.#token;
  }

  release(): void {
    if (this.isHeld) unlinkSync(this.#path);
  }
}

function removeStale(path: string): void {
  const holder = holderOf(path);
  if (holder === undefined ? ageMs(path) < staleMs : isAlive(holder) && ageMs(path) < staleMs) return;
  // Taken aside first: another may have removed it meanwhile, and taken the lock anew.
  const aside = `${path}.${crypto.randomUUID()}`;
  try {
    renameSync(path, aside);
    if (holderOf(aside)?.token === holder?.token) unlinkSync(aside);
    else moveToFreeName(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Nothing where there is none, or what stands there is no lock. */
function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(readFileSync(path, { mostBytes: 4096 }))) as Holder;
  } catch {
    return undefined;
  }
}

function ageMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

/** Of another machine nothing is known: it counts as alive. */
function isAlive({ processId, host }: Holder): boolean {
  return host !== hostname() || isRunning(processId);
}
