import { isAbsolute, relative } from 'node:path';
import type { AnalysisRequest } from '../core/analysis/analysis';
import type { ChoiceLayer } from '../core/project/layers';
import { layersOn, mergedChoices } from '../core/project/layers';
import { FolderSiblings } from '../dataset/folderSiblings';
import { readFile } from './files';
import { measurementsPath, storedMeasurements } from './measurements';
import { nearestLayers } from './nearestProject';
import { layerOf } from './targetOptions';
import type { TargetFlags } from './targetOptions';

/**
 * What every command asks about a model: the file's bytes, what the nearest project files say, the flags over it, and
 * what was measured.
 * @throws HumanError where a file cannot be read or a flag is not understood.
 */
export function requestFor(path: string, flags: TargetFlags): AnalysisRequest {
  return requestsFor(path, flags)();
}

/** The same for several boards in turn; what was chosen for another board is left out. Files are read once. */
export function requestsFor(path: string, flags: TargetFlags): (board?: string) => AnalysisRequest {
  const layers: readonly ChoiceLayer[] = nearestLayers(path);
  const own = layerOf(flags);
  const siblings = new FolderSiblings(path, rootOf(path));
  const content = {
    path,
    bytes: readFile(path, 'model'),
    siblings,
    measured: storedMeasurements(measurementsPath(path)),
  };
  return (board) => {
    const below = board === undefined ? layers : layersOn(layers, board);
    return { ...content, ...mergedChoices([...below, own]) };
  };
}

/** Files beside a model are read within the folder that the command runs in, when the model is there. */
function rootOf(path: string): string | undefined {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') || isAbsolute(way) ? undefined : process.cwd();
}
