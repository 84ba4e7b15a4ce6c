import { basename, dirname, join, relative, resolve } from 'node:path';
import { isFirmwareSource } from '../core/analysis/firmwareFiles';
import { isLeftOut } from '../core/buildFiles/leftOut';
import { byNearness } from '../core/formats/cArray/projectArray';
import { hasArrayModel } from '../core/formats/cArray/reader';
import { sourceModels } from '../core/formats/cArray/sourceModels';
import type { ModelSource } from '../core/formats/source';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { filesBelow } from '../files/walking';
import { buildFolderOf } from './folderBuild';
import { nearestAbove } from './nearestProject';

/** Sources that are read in search of an array of the project, the nearest first. */
const mostSources = 400;

/**
 * The array in whose style a new one at `path` is written, as the editor chooses it: of the sources of the project that
 * hold a model the one that lies nearest. Nothing where there is none.
 */
export function arrayPattern(path: string): ModelSource | undefined {
  const root = projectFolder(path);
  const { paths } = filesBelow(root, {
    isWanted: isFirmwareSource,
    isEntered: (name) => !isLeftOut(basename(name)),
  });
  const place = relative(root, resolve(path)).replaceAll('\\', '/');
  for (const name of byNearness(paths, place, (each) => each).slice(0, mostSources)) {
    const source = sourceIn(root, name);
    if (source !== undefined && hasArrayModel(source)) {
      const [{ id }] = sourceModels(source).models;
      return { ...source, path: `${source.path}#${id}` };
    }
  }
  return undefined;
}

/** The folder that an editor would have open; that of the file alone where nothing begins a project. */
function projectFolder(path: string): string {
  const project = nearestAbove(path, 'milliwatt.json');
  return buildFolderOf(path) ?? dirname(project ?? resolve(path));
}

function sourceIn(root: string, name: string): ModelSource | undefined {
  const path = join(root, name);
  try {
    return { path, bytes: readFileSync(path, { mostBytes: mostBytesOf.source, within: [root] }) };
  } catch {
    // What cannot be read has no style.
    return undefined;
  }
}
