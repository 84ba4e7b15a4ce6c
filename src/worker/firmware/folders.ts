import { arrayEdits } from '../../core/analysis/arrayEdits';
import { isFirmwareModel } from '../../core/analysis/firmwareFiles';
import type { HeldModel } from '../../core/analysis/indexedSource';
import { FirmwareIndex } from '../../core/analysis/firmwareIndex';
import { FolderProjects } from '../../core/buildFiles/folderProjects';
import type { TextEdit } from '../../core/model/problem';
import { HumanError } from '../../core/model/problem';
import type { FirmwareContext } from '../../core/firmwareRules/rule';
import type { LastBuild } from '../../core/lastBuild/lastBuild';
import { lookup } from '../../core/text/lookup';
import { LastBuilds } from '../../files/lastBuild';
import { builtOf } from '../../files/builtFiles';
import type {
  AnalyseFirmwareMessage,
  FirmwareReply,
  SourceChange,
  UpdateBuildFilesMessage,
  UpdateBuildFilesReply,
  UpdateProgramsMessage,
  UpdateProgramsReply,
  UpdateSourcesMessage,
  UpdateSourcesReply,
  WriteArrayMessage,
} from '../../protocol/firmware';
import type { FolderPrograms } from './programs';
import { bytesOf, presentText } from './sourceTexts';

type FolderPlace = Pick<AnalyseFirmwareMessage, 'folder' | 'root'>;

/** The sources of each folder of a workspace, kept between questions. */
export class FirmwareFolders {
  readonly #indices = new Map<string, FirmwareIndex>();
  readonly #programs = new Map<string, FolderPrograms>();
  readonly #projects = new Map<string, FolderProjects>();
  readonly #builds = new Map<string, LastBuilds>();

  /** Takes changes in; a file that cannot be read is left out, and said. */
  update({ folder, root, changes }: UpdateSourcesMessage): UpdateSourcesReply {
    const index = this.#indices.get(folder) ?? new FirmwareIndex();
    this.#indices.set(folder, index);
    const leftOut = takenIn(changes, {
      taken: (change) => takeIn(index, change, root),
      gone: (path) => index.delete(path),
    });
    return { models: index.models, leftOut };
  }

  /** Takes changes of programs in: they are read here, and what they build is kept. */
  async updatePrograms({ folder, ...message }: UpdateProgramsMessage): Promise<UpdateProgramsReply> {
    const { FolderPrograms: Programs } = await import('./programs');
    const programs = this.#programs.get(folder) ?? new Programs();
    this.#programs.set(folder, programs);
    return programs.update(message);
  }

  /** Takes changes of build files in, and says what each project of the folder is built for. */
  updateBuild({ folder, root, changes, chosen }: UpdateBuildFilesMessage): UpdateBuildFilesReply {
    const projects = this.#projects.get(folder) ?? new FolderProjects();
    this.#projects.set(folder, projects);
    const leftOut = takenIn(changes, {
      taken: (change) => {
        const text = presentText(change, root);
        if (text === undefined) projects.delete(change.path);
        else projects.set(change.path, text);
        return [];
      },
      gone: (path) => projects.delete(path),
    });
    for (const target of projects.targets) {
      projects.choose(target.folder, { chosen: lookup(chosen)[target.folder] });
      if (root !== undefined) projects.choose(target.folder, builtOf({ root, ...target }));
    }
    return { targets: projects.targets, leftOut };
  }

  /** What there is to say about the firmware of a folder. */
  analyse({ folder, root, requests, recorded }: AnalyseFirmwareMessage): FirmwareReply {
    const index = this.#indices.get(folder);
    if (index === undefined) return { findings: [], notes: [], rooms: [], links: [] };
    const byModel = new Map(requests.map(({ model, request }) => [nameOf(model), request]));
    const { findings, notes, rooms, links } = index.analyse({
      programs: this.#programs.get(folder)?.models,
      recorded,
      requestOf: (model) => byModel.get(nameOf(model)),
      flagsOf: (path) => this.#projects.get(folder)?.definitionsFor(path),
      buildOf: this.#buildOf({ folder, root }, index.paths),
    });
    return { findings, notes, rooms, links };
  }

  /** How the projects of a folder are built; what was built last is looked for once a question. */
  #buildOf({ folder, root }: FolderPlace, sources: readonly string[]): FirmwareContext['buildOf'] {
    const projects = this.#projects.get(folder);
    const builds = root === undefined ? undefined : (this.#builds.get(folder) ?? new LastBuilds(root));
    if (builds !== undefined) this.#builds.set(folder, builds);
    if (root !== undefined && projects !== undefined) {
      for (const target of projects.targets) projects.choose(target.folder, builtOf({ root, ...target }));
    }
    const found = new Map<string, LastBuild | undefined>();
    return (path) => {
      const project = projects?.targetFor(path) ?? { folder: '', namedBuilds: [] };
      if (!found.has(project.folder)) found.set(project.folder, builds?.of(project, sources));
      const last = found.get(project.folder);
      return { folder: project.folder, facts: projects?.factsFor(path) ?? [], ...(last === undefined ? {} : { last }) };
    };
  }

  forget(folder: string): void {
    this.#builds.delete(folder);
    this.#indices.delete(folder);
    this.#programs.delete(folder);
    this.#projects.delete(folder);
  }
}

/**
 * Edits of a source in which an array holds a model's file.
 * @throws HumanError where one of them cannot be read, or the source has no such array
 */
export function writtenArray({ source, array, model, root }: WriteArrayMessage): readonly TextEdit[] {
  const { path } = source;
  const text = presentText(source, root) ?? '';
  return arrayEdits({ path, text, array }, modelBytes(model, root) ?? new Uint8Array());
}

function modelBytes({ path, file, bytes }: SourceChange, root: string | undefined): Uint8Array | undefined {
  return bytes ?? (file === undefined ? undefined : bytesOf(file, path, root));
}

/** Takes changes in one by one; a file that cannot be read is gone, and said. */
function takenIn(
  changes: readonly SourceChange[],
  into: {
    readonly taken: (change: SourceChange) => readonly string[];
    readonly gone: (path: string) => void;
  },
): readonly string[] {
  return changes.flatMap((change) => {
    try {
      return into.taken(change);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      into.gone(change.path);
      // A file that has gone meanwhile is no news.
      return error.code === 'file-absent' ? [] : [error.message];
    }
  });
}

function takeIn(index: FirmwareIndex, change: SourceChange, root: string | undefined): readonly string[] {
  const { path } = change;
  if (isFirmwareModel(path)) {
    const bytes = modelBytes(change, root);
    if (bytes === undefined) index.delete(path);
    else index.setFile(path, bytes);
    return [];
  }
  const now = presentText(change, root);
  if (now === undefined) index.delete(path);
  else if (!index.set(path, now)) return [`${path} is left out: the sources of its folder are too large together.`];
  return [];
}

function nameOf({ path, array }: HeldModel): string {
  return `${path}#${array ?? ''}`;
}
