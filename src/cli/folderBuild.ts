import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FolderProjects } from '../core/buildFiles/folderProjects';
import { buildFileKinds } from '../core/buildFiles/buildFiles';
import { mayHoldBuildFiles, ownBuildFilePlace } from '../core/buildFiles/ownFiles';
import type { FlagsOf } from '../core/firmware/firmware';
import { HumanError } from '../core/model/problem';
import type { ChoiceLayer } from '../core/project/layers';
import { withProposed } from '../core/project/proposedLayers';
import { terminalLine } from '../core/text/terminalText';
import { mostBytesOf } from '../files/limits';
import { foldersNewestFirst } from '../files/newestFirst';
import { readFileSync } from '../files/reading';
import { writeError } from './output';

/** Folders that are looked into for build files. */
const mostFolders = 4000;

/** How a folder's firmware is built, as its files say. */
export class FolderBuild {
  readonly #folder: string;
  readonly #projects = new FolderProjects();

  constructor(folder: string) {
    this.#folder = resolve(folder);
    for (const path of buildFilesOf(this.#folder)) {
      const text = textOf(this.#folder, path);
      if (text !== undefined) this.#projects.set(path, text);
    }
    for (const { folder: own } of this.#projects.targets) {
      this.#projects.choose(own, { newestBuilt: foldersNewestFirst(join(this.#folder, own, '.pio', 'build')) });
    }
  }

  /** What is chosen for a file of the folder, above what its project says. */
  layersFor(path: string, chosen: readonly ChoiceLayer[]): readonly ChoiceLayer[] {
    const place = relative(this.#folder, resolve(path)).split(sep).join('/');
    const target = this.#projects.targetFor(place)?.target;
    return withProposed(chosen, target, (file) => join(this.#folder, file));
  }

  /** The flags that a source, named by its path in the folder, is built with. */
  readonly flagsOf: FlagsOf = (path) => this.#projects.definitionsFor(path);

  /** Whole lines: what each project is built for, and what its files say that is not known. */
  get lines(): readonly string[] {
    return this.#projects.targets.flatMap(({ folder, environment, target, problems }) => {
      const values = target.values.map(
        ({ key, value, place }) => `${key} ${value} (${place.file}:${place.span.line + 1})`,
      );
      const name = [folder, environment].filter((part) => part !== undefined && part !== '').join(' ');
      const said = values.length === 0 ? [] : [`proposed${name === '' ? '' : ` for ${name}`}: ${values.join(', ')}`];
      return [...said, ...target.remarks, ...problems].map(terminalLine);
    });
  }
}

/**
 * The folder that a model's project lies in, as an editor would have it open: the nearest above the model that is kept
 * under version control, else the nearest with a file that begins a project.
 */
export function buildFolderOf(model: string): string | undefined {
  const above: string[] = [];
  for (let folder = dirname(resolve(model)); ; folder = dirname(folder)) {
    above.push(folder);
    if (folder === dirname(folder)) break;
  }
  const names = buildFileKinds.flatMap((kind) => kind.names).filter((name) => !name.includes('*'));
  return (
    above.find((folder) => existsSync(join(folder, '.git'))) ??
    above.find((folder) => names.some((name) => existsSync(join(folder, name))))
  );
}

function* buildFilesOf(root: string): Generator<string> {
  const open = [''];
  let seen = 0;
  for (let folder = open.shift(); folder !== undefined && seen < mostFolders; folder = open.shift()) {
    seen += 1;
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && mayHoldBuildFiles(path)) open.push(path);
      else if (entry.isFile() && ownBuildFilePlace(path) !== undefined) yield path;
    }
  }
}

function entriesOf(folder: string): readonly { name: string; isDirectory: () => boolean; isFile: () => boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A file that cannot be read leaves the others. */
function textOf(root: string, path: string): string | undefined {
  try {
    const bytes = readFileSync(join(root, path), { name: path, mostBytes: mostBytesOf.source, within: [root] });
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    writeError(`${terminalLine(error.message)}\n`);
    return undefined;
  }
}
