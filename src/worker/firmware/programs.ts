import { resolve } from 'node:path';
import { programModels, type ReadProgramModel } from '../../core/analysis/programModels';
import { addForeignFormats } from '../../core/formats/foreignFormats';
import { HumanError } from '../../core/model/problem';
import { FolderSiblings } from '../../dataset/folderSiblings';
import type { ProgramChange, UpdateProgramsMessage, UpdateProgramsReply } from '../../protocol/firmware';
import { presentText } from './sourceTexts';

/** Programs of which more are not kept. */
const mostPrograms = 200;

interface KeptProgram {
  readonly models: readonly ReadProgramModel[];
  /** Absent where no path leads to files beside it. */
  readonly siblings?: FolderSiblings;
}

type Changes = Omit<UpdateProgramsMessage, 'type' | 'folder'>;

/** What the programs of one folder build, read once for each of their versions. */
export class FolderPrograms {
  readonly #kept = new Map<string, KeptProgram>();

  constructor() {
    addForeignFormats();
  }

  get models(): readonly ReadProgramModel[] {
    return [...this.#kept.values()].flatMap(({ models }) => models);
  }

  /** Reads what changed; programs that take something from a file which changed are outdated. */
  update({ root, changes, unsaved }: Changes): UpdateProgramsReply {
    const texts = new Map(unsaved.map(({ file, text }) => [file, text]));
    for (const change of changes) {
      this.#kept.delete(change.path);
      const program = read(change, root, texts);
      if (program !== undefined && this.#kept.size < mostPrograms) this.#kept.set(change.path, program);
    }
    const built = changes.map(({ path }) => path).filter((path) => this.#kept.has(path));
    return { built, outdated: root === undefined ? [] : this.#outdated(root, changes) };
  }

  #outdated(root: string, changes: readonly ProgramChange[]): readonly string[] {
    const changed = new Set(changes.map(({ path }) => resolve(root, path)));
    return [...this.#kept].flatMap(([path, { siblings }]) => {
      const own = resolve(root, path);
      if (siblings === undefined || changed.has(own)) return [];
      const isChanged = siblings.names.some((name) => changed.has(resolve(own, '..', name)));
      return isChanged || !siblings.isCurrent() ? [path] : [];
    });
  }
}

/** Nothing for a program that is gone, that cannot be read, or that says nothing of Keras, as most do. */
function read(
  change: ProgramChange,
  root: string | undefined,
  unsaved: ReadonlyMap<string, string>,
): KeptProgram | undefined {
  const { path, choice } = change;
  const text = textOf(change, root);
  if (text?.includes('keras') !== true) return undefined;
  const siblings = root === undefined ? undefined : new FolderSiblings(resolve(root, path), root, { unsaved });
  const bytes = new TextEncoder().encode(text);
  const found = programModels({ path, bytes, siblings, programChoice: choice });
  const models = found.filter((each) => 'read' in each);
  return models.length === 0 ? undefined : { models, ...(siblings && { siblings }) };
}

function textOf(change: ProgramChange, root: string | undefined): string | undefined {
  try {
    return presentText(change, root);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return undefined;
  }
}
