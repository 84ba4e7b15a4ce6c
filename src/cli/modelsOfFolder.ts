import { basename, join } from 'node:path';
import { isLeftOut } from '../core/buildFiles/leftOut';
import { mayBeModel, modelsOfSource, readModel } from '../core/formats/formats';
import { kindOfPath } from '../core/formats/kinds';
import { HumanError } from '../core/model/problem';
import { terminalLine } from '../core/text/terminalText';
import { exactBytesText } from '../core/text/units';
import { FolderSiblings } from '../dataset/folderSiblings';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { filesBelow } from '../files/walking';

interface ModelLine {
  readonly text: string;
  /** A file that cannot be read, or what was not looked at. */
  readonly isFailure: boolean;
}

/** A line for each model of a folder, in files and in arrays: its name, and its size or why it cannot be read. */
export function* modelLines(folder: string): Generator<ModelLine> {
  const { paths, leftOut } = filesBelow(folder, {
    isWanted: (path) => kindOfPath(path) !== undefined,
    isEntered: (path) => !isLeftOut(basename(path)),
  });
  for (const path of paths) {
    try {
      for (const [name, said] of modelsOfFile(folder, join(folder, path), path)) yield line(`${name}: ${said}`, false);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      yield line(`${path}: ${error.message}`, true);
    }
  }
  for (const sentence of leftOut) yield line(sentence, true);
}

function modelsOfFile(folder: string, file: string, path: string): readonly (readonly [name: string, said: string])[] {
  const isSource = kindOfPath(path)?.isSource === true;
  const mostBytes = isSource ? mostBytesOf.source : mostBytesOf.model;
  const bytes = readFileSync(file, { mostBytes, within: [folder] });
  if (!isSource) {
    if (!mayBeModel({ path, bytes })) return [];
    const { model } = readModel({ path, bytes, siblings: new FolderSiblings(file, folder) });
    return [[path, exactBytesText(model.fileBytes || bytes.length)]];
  }
  return modelsOfSource({ path, content: bytes }).map(({ id, bytes: size, problem }) => [
    `${path}#${id}`,
    problem?.message ?? (size === undefined ? 'built by this source' : exactBytesText(size)),
  ]);
}

function line(text: string, isFailure: boolean): ModelLine {
  return { text: terminalLine(text), isFailure };
}
