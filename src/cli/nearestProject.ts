import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { entryPlace } from '../core/project/entryPlace';
import { ownProjectFile, projectFileNames } from '../core/project/fileNames';
import type { ProjectFileName } from '../core/project/fileNames';
import type { ChoiceLayer } from '../core/project/layers';
import { projectLayers } from '../core/project/layers';
import { projectReaders } from '../core/project/readers';
import { readFoundFile } from './files';
import { writeErrorLine } from './output';

/** What the nearest project files at or above the model's folder say about it, the most binding last. */
export function nearestLayers(modelPath: string): readonly ChoiceLayer[] {
  return [...projectFileNames].reverse().flatMap((origin) => {
    const file = nearestAbove(modelPath, origin);
    return file === undefined ? [] : layersOf(file, origin, modelPath);
  });
}

/** The array that the nearest `milliwatt.json` says holds the model of a source. */
export function nearestArray(modelPath: string): string | undefined {
  const file = nearestAbove(modelPath, ownProjectFile);
  if (file === undefined) return undefined;
  const { project } = projectReaders[ownProjectFile](new TextDecoder().decode(readFoundFile(file, 'project')));
  return project.models?.[entryPlace(project, relative(dirname(file), resolve(modelPath)))]?.array;
}

/** The nearest file of a name at or above a model's folder. */
export function nearestAbove(modelPath: string, name: string): string | undefined {
  for (let folder = dirname(resolve(modelPath)); ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Problems of project files that were told already: many models may ask. */
const told = new Set<string>();

function layersOf(file: string, origin: ProjectFileName, modelPath: string): readonly ChoiceLayer[] {
  const reading = projectReaders[origin](new TextDecoder().decode(readFoundFile(file, 'project')));
  for (const problem of reading.problems) {
    const line = `${file}: ${problem}`;
    if (!told.has(line)) writeErrorLine(line);
    told.add(line);
  }
  return projectLayers(reading, { origin, file, path: relative(dirname(file), resolve(modelPath)) });
}
