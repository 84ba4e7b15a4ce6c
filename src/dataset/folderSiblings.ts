import { statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Siblings } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import { readFileSync } from '../files/reading';

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
    const bytes = this.#bytesOf(path, name);
    this.#answers.set(path, { path, stamp, bytes });
    return bytes;
  }

  /** False once a file that was asked for is another one, is gone or has come. */
  get isCurrent(): boolean {
    return [...this.#answers.values()].every(({ path, stamp }) => stampOf(path) === stamp);
  }

  #bytesOf(path: string, name: string): Uint8Array | undefined {
    const mostBytes = this.#limits.bytes - this.#bytes;
    try {
      const bytes = readFileSync(path, { mostBytes, within: [this.#root] });
      this.#bytes += bytes.byteLength;
      if (this.#answers.size < this.#limits.files) return bytes;
    } catch (error) {
      if (!(error instanceof HumanError) || error.code !== 'file-too-large') return undefined;
    }
    throw new HumanError(
      'siblings-too-many',
      `With ${name} the model takes more than ${this.#limits.files} files or ${this.#limits.bytes} bytes beside it. ` +
        'It is no model for a microcontroller; name a smaller one.',
    );
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.mtimeMs} ${stat.size}`;
}
