import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Siblings } from '../core/formats/source';
import { HumanError } from '../core/model/problem';

/** What may be read beside one model. */
interface SiblingLimits {
  readonly files: number;
  readonly bytes: number;
}

/** A program's modules are hundreds at most; weights beside a model are as large as models get. */
const defaultLimits: SiblingLimits = { files: 2000, bytes: 512 * 1024 * 1024 };

interface Answer {
  readonly path: string;
  readonly stamp: string;
  readonly bytes?: Uint8Array;
}

/** Files on this machine's own file system beside a model; none outside `root`, links followed. Each is read once. */
export class FolderSiblings implements Siblings {
  readonly #folder: string;
  readonly #root: string;
  readonly #limits: SiblingLimits;
  readonly #answers = new Map<string, Answer>();
  #bytes = 0;

  /** `file`: the model; `root`: the folder that its program lies in, its own where that is not known. */
  constructor(file: string, root = dirname(file), limits = defaultLimits) {
    this.#folder = resolve(dirname(file));
    this.#root = root;
    this.#limits = limits;
  }

  /** @throws HumanError when too much is asked for. */
  read(name: string): Uint8Array | undefined {
    const path = resolve(this.#folder, name);
    const known = this.#answers.get(path);
    if (known !== undefined) return known.bytes;
    if (isAbsolute(name)) return undefined;
    const stamp = stampOf(path);
    const bytes = isWithin(path, this.#root) ? this.#bytesOf(path, name) : undefined;
    this.#answers.set(path, { path, stamp, bytes });
    return bytes;
  }

  /** False once a file that was asked for is another one, is gone or has come. */
  get isCurrent(): boolean {
    return [...this.#answers.values()].every(({ path, stamp }) => stampOf(path) === stamp);
  }

  #bytesOf(path: string, name: string): Uint8Array | undefined {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) return undefined;
    this.#bytes += stat.size;
    if (this.#answers.size >= this.#limits.files || this.#bytes > this.#limits.bytes) {
      throw new HumanError(
        'siblings-too-many',
        `With ${name} the model takes more than ${this.#limits.files} files or ${this.#limits.bytes} bytes beside it. ` +
          'It is no model for a microcontroller; name a smaller one.',
      );
    }
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  }
}

function isWithin(path: string, root: string): boolean {
  try {
    const way = relative(realpathSync(root), realpathSync(path));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  } catch {
    return false;
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.mtimeMs} ${stat.size}`;
}
