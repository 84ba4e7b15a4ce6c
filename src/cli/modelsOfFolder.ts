import { relative, sep } from 'node:path';
import { readModel } from '../core/formats/formats';
import { sourceModels } from '../core/formats/cArray/sourceModels';
import { kindOfPath } from '../core/formats/kinds';
import { HumanError } from '../core/model/problem';
import { terminalLine } from '../core/text/terminalText';
import { exactBytesText } from '../core/text/units';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { filesOf } from './checkFolder';

/** A line for each model of a folder, in files and in arrays: its name, and its size or why it cannot be read. */
export function* modelLines(folder: string): Generator<string> {
  for (const file of filesOf(folder)) {
    const kind = kindOfPath(file);
    if (kind === undefined) continue;
    const path = relative(folder, file).split(sep).join('/');
    for (const [name, said] of modelsOfFile(folder, file, path)) yield `${terminalLine(name)}: ${terminalLine(said)}`;
  }
}

function modelsOfFile(folder: string, file: string, path: string): readonly (readonly [name: string, said: string])[] {
  try {
    const isSource = kindOfPath(path)?.isSource === true;
    const mostBytes = isSource ? mostBytesOf.source : mostBytesOf.model;
    const bytes = readFileSync(file, { mostBytes, within: [folder] });
    if (!isSource) return [[path, exactBytesText(readModel({ path, bytes }).model.fileBytes)]];
    return sourceModels({ path, bytes }).models.map(({ id, content }) => [
      `${path}#${id}`,
      content.kind === 'model' ? exactBytesText(content.bytes.length) : `${id} ${content.reason}`,
    ]);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return [[path, error.message]];
  }
}
