import type { Siblings } from '../core/formats/source';
import { FolderSiblings } from '../dataset/folderSiblings';
import type { Beside } from '../protocol/worker';
import type { HostFiles } from './hostSiblings';
import { HostSiblings } from './hostSiblings';

/** The host's side of files beside models. */
export interface BesideHost {
  filesOf(model: string): HostFiles;
  /** Hears what was asked for, there or not, so that it can watch. */
  used(model: string, names: readonly string[]): void;
}

/** The files beside one model that its reader asked for: read here where a path leads to them, else by the host. */
export class BesideModel {
  readonly #beside: Beside | undefined;
  readonly #host: BesideHost;
  readonly #siblings: FolderSiblings | HostSiblings | undefined;

  constructor(beside: Beside | undefined, host: BesideHost) {
    this.#beside = beside;
    this.#host = host;
    this.#siblings = beside && siblingsOf(beside, host);
  }

  /** Reads the model; what was asked for is told, also where there turned out to be no model. */
  async read<Result>(read: (siblings?: Siblings) => Result): Promise<Result> {
    const siblings = this.#siblings;
    try {
      return siblings instanceof HostSiblings ? await siblings.withAll(() => read(siblings)) : read(siblings);
    } finally {
      this.#tell();
    }
  }

  /** False once a file that was asked for is another one, is gone or has come. */
  async isCurrent(): Promise<boolean> {
    this.#tell();
    return this.#siblings === undefined || this.#siblings.isCurrent();
  }

  #tell(): void {
    const names = this.#siblings?.names ?? [];
    if (this.#beside !== undefined && names.length > 0) this.#host.used(this.#beside.model, names);
  }
}

function siblingsOf({ model, disk }: Beside, host: BesideHost): FolderSiblings | HostSiblings {
  return disk === undefined ? new HostSiblings(host.filesOf(model)) : new FolderSiblings(disk.file, disk.root);
}
