import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { AnalysisRequest } from '../core/analysis/analysis';
import { modelsOfSource } from '../core/formats/formats';
import { fileNamesOf, kindOfPath, modelPlaceOf, programKinds } from '../core/formats/kinds';
import type { ModelSource, TrainedFile } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import type { ChoiceLayer } from '../core/project/layers';
import { layersOn, mergedChoices } from '../core/project/layers';
import { FolderSiblings } from '../dataset/folderSiblings';
import { readFile } from './files';
import { buildFolderOf, FolderBuild } from './folderBuild';
import { measurementsPath, storedMeasurements } from './measurements';
import { nearestArray, nearestLayers } from './nearestProject';
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
export function requestsFor(given: string, flags: TargetFlags): (board?: string) => AnalysisRequest {
  const path = modelAddress(given, flags);
  const layers: readonly ChoiceLayer[] = nearestLayers(path);
  const own = layerOf(flags);
  const content = {
    ...modelSource(path),
    ...(flags.weights === undefined ? {} : { trained: trainedFile(path, flags.weights) }),
    measured: storedMeasurements(measurementsPath(path)),
  };
  const folder = buildFolderOf(path);
  const build = folder === undefined ? undefined : new FolderBuild(folder);
  return (board) => {
    // What a project says of its own board says nothing of another one.
    const chosen = [...(board === undefined ? layers : layersOn(layers, board)), own];
    const all = board === undefined ? build?.layersFor(modelPlaceOf(path).file, chosen) : undefined;
    return { ...content, ...mergedChoices(all ?? chosen) };
  };
}

/** The models that a path names: of a source that holds several and names none of them, all. */
export function modelsOf(path: string, flags: TargetFlags): readonly string[] {
  const address = modelAddress(path, flags);
  if (kindOfPath(address)?.isSource !== true || modelPlaceOf(address).name !== undefined) return [address];
  const { bytes, ...place } = chosenSource(address, flags);
  const models = modelsOfSource({ ...place, path, content: bytes });
  return models.length < 2 ? [address] : models.map(({ id }) => `${path}#${id}`);
}

/**
 * A model's path with the name of the array that holds it, where a flag or the project file says one; of a folder that
 * is a model as a whole, the file in it that says so.
 */
function modelAddress(given: string, { array }: TargetFlags): string {
  const path = fileOfModel(given);
  const { file, name } = modelPlaceOf(path);
  if (name !== undefined || kindOfPath(file)?.isSource !== true) return path;
  const chosen = array ?? nearestArray(path);
  return chosen === undefined ? path : `${path}#${chosen}`;
}

function fileOfModel(path: string): string {
  if (kindOfPath(path) !== undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path;
  return (
    fileNamesOf()
      .map((name) => join(path, name))
      .find((file) => existsSync(file)) ?? path
  );
}

/** @throws HumanError where the model says itself what its weights are */
function trainedFile(path: string, weights: string): TrainedFile {
  if (kindOfPath(path)?.isProgram === true) return { name: weights, bytes: readFile(weights, 'model') };
  throw new HumanError(
    'usage-weights',
    `${path} has weights of its own. --weights is for programs that build a model.`,
  );
}

/** The same, with what is chosen about a program. */
export function chosenSource(path: string, flags: TargetFlags): ModelSource {
  const source = modelSource(path);
  if (kindOfPath(path, programKinds) === undefined) return source;
  const { programChoice } = mergedChoices([...nearestLayers(path), layerOf(flags)]);
  return { ...source, ...(programChoice && { programChoice }) };
}

/** A model's file with a way to those beside it. */
function modelSource(path: string): ModelSource {
  return { path, bytes: readModelFile(path), siblings: new FolderSiblings(path, rootOf(path)) };
}

/** The bytes of the file that a model lies in. */
export function readModelFile(path: string): Uint8Array {
  return readFile(modelPlaceOf(path).file, 'model');
}

/** Files beside a model are read within the folder that the command runs in, when the model is there. */
function rootOf(path: string): string | undefined {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') || isAbsolute(way) ? undefined : process.cwd();
}
