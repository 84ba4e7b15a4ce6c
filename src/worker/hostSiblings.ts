import type { Siblings } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import type { SiblingLimits } from '../dataset/siblingAccount';
import { SiblingAccount } from '../dataset/siblingAccount';
import type { BesideFile } from '../protocol/beside';

/** The host's way to files beside a model, where no path leads to them. */
export interface HostFiles {
  /** The file now; without bytes where there is none or it may not be read. @throws HumanError `file-too-large` */
  read(name: string, mostBytes: number): Promise<BesideFile>;
  /** Stamps of the files now, in the same order. */
  stamps(names: readonly string[]): Promise<readonly string[]>;
}

interface HostSiblingOptions {
  readonly limits?: SiblingLimits;
  /** Absent where nothing can be listed. */
  readonly importers?: Siblings['importers'];
}

/**
 * Files beside a model that the host reads. A format asks at once and the host answers later: what is not there yet is
 * noted as wanted, and the model is read again when it has come. Each file is read once.
 */
export class HostSiblings implements Siblings {
  readonly #host: HostFiles;
  readonly #account: SiblingAccount;
  readonly #files = new Map<string, BesideFile>();
  readonly #wanted = new Set<string>();
  readonly importers: Siblings['importers'];

  constructor(host: HostFiles, { limits, importers }: HostSiblingOptions = {}) {
    this.#host = host;
    this.#account = new SiblingAccount(limits);
    this.importers = importers;
  }

  read(name: string): Uint8Array | undefined {
    const known = this.#files.get(name);
    if (known === undefined) this.#wanted.add(name);
    return known?.bytes;
  }

  /** What was asked for so far, whether or not it is there. */
  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Does `work`, as often as it asks for files that are new. @throws HumanError when too much is asked for. */
  async withAll<Result>(work: () => Result): Promise<Result> {
    for (;;) {
      const outcome = outcomeOf(work);
      if (this.#wanted.size === 0) return outcome();
      for (const name of this.#wanted) {
        const file = await this.#read(name);
        this.#account.take(name, file.bytes?.byteLength ?? 0);
        this.#files.set(name, file);
      }
      this.#wanted.clear();
    }
  }

  async #read(name: string): Promise<BesideFile> {
    try {
      return await this.#host.read(name, this.#account.bytesLeft);
    } catch (error) {
      throw error instanceof HumanError && error.code === 'file-too-large' ? this.#account.tooMuch(name) : error;
    }
  }

  /** False once a file that was asked for is another one, is gone or has come. */
  async isCurrent(): Promise<boolean> {
    const files = [...this.#files.values()];
    if (files.length === 0) return true;
    const stamps = await this.#host.stamps(this.names);
    return files.every(({ stamp }, index) => stamp === stamps[index]);
  }
}

/** What came of some work, to be given or thrown once it counts. */
function outcomeOf<Result>(work: () => Result): () => Result {
  try {
    const result = work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
