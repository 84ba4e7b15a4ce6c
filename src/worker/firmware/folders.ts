import type { HeldModel } from '../../core/analysis/firmwareIndex';
import { FirmwareIndex } from '../../core/analysis/firmwareIndex';
import { HumanError } from '../../core/model/problem';
import { mostBytesOf } from '../../files/limits';
import { readFileSync } from '../../files/reading';
import type {
  AnalyseFirmwareMessage,
  FirmwareReply,
  SourceChange,
  UpdateSourcesMessage,
  UpdateSourcesReply,
} from '../../protocol/firmware';

/** The sources of each folder of a workspace, kept between questions. */
export class FirmwareFolders {
  readonly #indices = new Map<string, FirmwareIndex>();

  /** Takes changes in; a file that cannot be read is left out, and said. */
  update({ folder, root, changes }: UpdateSourcesMessage): UpdateSourcesReply {
    const index = this.#indices.get(folder) ?? new FirmwareIndex();
    this.#indices.set(folder, index);
    const leftOut = changes.flatMap((change) => {
      try {
        return takeIn(index, change, root);
      } catch (error) {
        if (!(error instanceof HumanError)) throw error;
        index.delete(change.path);
        // A file that has gone meanwhile is no news.
        return error.code === 'file-absent' ? [] : [error.message];
      }
    });
    return { models: index.models, leftOut };
  }

  /** What there is to say about the firmware of a folder. */
  analyse({ folder, requests }: AnalyseFirmwareMessage): FirmwareReply {
    const index = this.#indices.get(folder);
    if (index === undefined) return { findings: [], notes: [] };
    const byModel = new Map(requests.map(({ model, request }) => [nameOf(model), request]));
    const { findings, notes } = index.analyse({ requestOf: (model) => byModel.get(nameOf(model)) });
    return { findings, notes };
  }

  forget(folder: string): void {
    this.#indices.delete(folder);
  }
}

function takeIn(index: FirmwareIndex, { path, text, file }: SourceChange, root: string | undefined): readonly string[] {
  const now = text ?? (file === undefined ? undefined : textOf(file, path, root));
  if (now === undefined) index.delete(path);
  else if (!index.set(path, now)) return [`${path} is left out: the sources of its folder are too large together.`];
  return [];
}

function textOf(file: string, name: string, root: string | undefined): string {
  const within = root === undefined ? undefined : [root];
  return new TextDecoder().decode(readFileSync(file, { name, mostBytes: mostBytesOf.source, within }));
}

function nameOf({ path, array }: HeldModel): string {
  return `${path}#${array ?? ''}`;
}
