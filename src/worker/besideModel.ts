import type { Siblings } from '../core/formats/source';
import { FolderSiblings } from '../dataset/folderSiblings';
import type { Beside, BesideFile, ReadBesideMessage, StampBesideMessage, UsedBesideMessage } from '../protocol/beside';
import type { HostFiles } from './hostSiblings';
import { HostSiblings } from './hostSiblings';

/** The host's side of files beside models. */
export interface BesideHost {
  filesOf(model: string): HostFiles;
  /** Hears what was asked for, there or not, so that it can watch. */
  used(model: string, names: readonly string[]): void;
}

/** The end of a boundary whose other one answers for files beside models. */
interface BesideRpc {
  request(message: ReadBesideMessage): Promise<BesideFile>;
  request(message: StampBesideMessage): Promise<readonly string[]>;
  notify(message: UsedBesideMessage): void;
}

/** The host's side over a boundary; `check` is asked before each file, and throws where the work is not wanted. */
export function besideHostOver(rpc: () => BesideRpc, check: () => void): BesideHost {
  return {
    filesOf: (model) => ({
      read: (name, mostBytes) => {
        check();
        return rpc().request({ type: 'readBeside', model, name, mostBytes });
      },
      stamps: (names) => rpc().request({ type: 'stampBeside', model, names }),
    }),
    used: (model, names) => rpc().notify({ type: 'usedBeside', model, names }),
  };
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

function siblingsOf({ model, disk, near, unsaved = [] }: Beside, host: BesideHost): FolderSiblings | HostSiblings {
  if (disk === undefined) {
    const today = near && new FolderSiblings(near.file, near.root);
    return new HostSiblings(host.filesOf(model), { importers: today && ((names) => today.importers(names)) });
  }
  const texts = new Map(unsaved.map(({ file, text }) => [file, text]));
  return new FolderSiblings(disk.file, disk.root, { unsaved: texts });
}
