import { statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Siblings } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import { readFileSync } from '../files/reading';
import type { SiblingLimits } from './siblingAccount';
import { importersNear } from './importers';
import { SiblingAccount } from './siblingAccount';

interface SiblingOptions {
  readonly limits?: SiblingLimits;
  /** Texts that stand in editors in place of what is on disk, by their paths. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

interface Answer {
  readonly path: string;
  readonly stamp: string;
  readonly bytes?: Uint8Array;
}

/** Files on this machine's own file system beside a model; none outside `root`, links followed. Each is read once. */
export class FolderSiblings implements Siblings {
  readonly #folder: string;
  readonly #root: string;
  readonly #account: SiblingAccount;
  readonly #unsaved: ReadonlyMap<string, string>;
  readonly #answers = new Map<string, Answer>();
  readonly #names = new Set<string>();
  #imports?: { readonly names: readonly string[]; readonly found: readonly string[] };

  /** `file`: the model; `root`: the folder that its program lies in, its own where that is not known. */
  constructor(file: string, root = dirname(file), { limits, unsaved = new Map() }: SiblingOptions = {}) {
    this.#folder = resolve(dirname(file));
    this.#root = root;
    this.#account = new SiblingAccount(limits);
    this.#unsaved = unsaved;
  }

  /** @throws HumanError when too much is asked for. */
  read(name: string): Uint8Array | undefined {
    const path = resolve(this.#folder, name);
    const known = this.#answers.get(path);
    if (known !== undefined) return known.bytes;
    if (isAbsolute(name)) return undefined;
    this.#names.add(name);
    const stamp = stampOf(path);
    const bytes = this.#bytesOf(path, name);
    this.#answers.set(path, { path, stamp, bytes });
    return bytes;
  }

  importers(names: readonly string[]): readonly string[] {
    const found = this.#importersOf(names);
    this.#imports = { names, found };
    return found;
  }

  #importersOf(names: readonly string[]): readonly string[] {
    return importersNear(this.#folder, this.#root, { names, unsaved: this.#unsaved });
  }

  /** What was asked for so far, whether or not it is there. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** False once a file that was asked for is another one, is gone or has come. */
  isCurrent(): boolean {
    if (this.#imports !== undefined) {
      const { names, found } = this.#imports;
      const now = this.#importersOf(names);
      if (now.length !== found.length || now.some((name, index) => name !== found[index])) return false;
    }
    return [...this.#answers.values()].every(({ path, stamp }) => stampOf(path) === stamp);
  }

  #bytesOf(path: string, name: string): Uint8Array | undefined {
    const bytes = this.#bytesIfReadable(path, name);
    this.#account.take(name, bytes?.byteLength ?? 0);
    return bytes;
  }

  #bytesIfReadable(path: string, name: string): Uint8Array | undefined {
    const text = this.#unsaved.get(path);
    if (text !== undefined) return new TextEncoder().encode(text);
    try {
      return readFileSync(path, { mostBytes: this.#account.bytesLeft, within: [this.#root] });
    } catch (error) {
      if (!(error instanceof HumanError) || error.code !== 'file-too-large') return undefined;
      throw this.#account.tooMuch(name);
    }
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.mtimeMs} ${stat.size}`;
}
