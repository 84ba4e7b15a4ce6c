import { basename, join } from 'node:path';
import { programModels } from '../core/analysis/programModels';
import { isLeftOut } from '../core/buildFiles/leftOut';
import { mayBeModel, modelsOfSource, readModel } from '../core/formats/formats';
import type { FoundModel } from '../core/formats/foundModel';
import { kindOfPath, programKinds } from '../core/formats/kinds';
import type { ModelSource } from '../core/formats/source';
import type { Printed } from '../core/lineage/lineages';
import { lineagesOf } from '../core/lineage/lineages';
import type { ModelPrint } from '../core/lineage/print';
import { printOf } from '../core/lineage/print';
import { HumanError } from '../core/model/problem';
import { terminalLine } from '../core/text/terminalText';
import { exactBytesText } from '../core/text/units';
import { FolderSiblings } from '../dataset/folderSiblings';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { filesBelow } from '../files/walking';
import { speaksOfKeras } from './checkPrograms';

interface ModelLine {
  readonly text: string;
  /** A file that cannot be read, or what was not looked at. */
  readonly isFailure: boolean;
}

/** A model under the name that it is listed with. */
interface NamedPrint extends Printed {
  readonly name: string;
}

/** What is kept of the models to find out which program built which array. */
interface Prints {
  readonly built: NamedPrint[];
  readonly held: NamedPrint[];
}

/**
 * A line for each model of a folder, in files and in arrays: its name, and its size or why it cannot be read; then one
 * for each array that holds what a program builds.
 */
export function* modelLines(folder: string): Generator<ModelLine> {
  const { paths, leftOut } = filesBelow(folder, {
    isWanted: (path) => kindOfPath(path) !== undefined,
    isEntered: (path) => !isLeftOut(basename(path)),
  });
  const prints: Prints = { built: [], held: [] };
  for (const path of paths) {
    try {
      for (const [name, said] of modelsOfFile(folder, path, prints)) yield line(`${name}: ${said}`, false);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      yield line(`${path}: ${error.message}`, true);
    }
  }
  for (const { source, held, likeness, isSure } of lineagesOf(prints.built, prints.held)) {
    const version = likeness.isSame ? '' : `${isSure ? '' : 'perhaps '}another version of `;
    yield line(`${held.name}: holds ${version}${source.name}`, false);
  }
  for (const sentence of leftOut) yield line(sentence, true);
}

type NamedSaying = readonly [name: string, said: string];

function modelsOfFile(folder: string, path: string, prints: Prints): readonly NamedSaying[] {
  const file = join(folder, path);
  const isSource = kindOfPath(path)?.isSource === true;
  const mostBytes = isSource ? mostBytesOf.source : mostBytesOf.model;
  const bytes = readFileSync(file, { mostBytes, within: [folder] });
  const siblings = new FolderSiblings(file, folder);
  if (isSource) {
    const found = modelsOfSource({ path, content: bytes });
    keepPrints({ path, bytes, siblings }, found, prints);
    return found.map(({ id, bytes: size, problem }) => [
      `${path}#${id}`,
      problem?.message ?? (size === undefined ? 'built by this source' : exactBytesText(size)),
    ]);
  }
  if (!mayBeModel({ path, bytes })) return [];
  const { model } = readModel({ path, bytes, siblings });
  return [[path, exactBytesText(model.fileBytes || bytes.length)]];
}

/** Of arrays what they hold, of programs what they build, as far as either can be read. */
function keepPrints(
  source: Omit<Parameters<typeof programModels>[0], 'programChoice'>,
  found: readonly FoundModel[],
  { built, held }: Prints,
): void {
  const { path, bytes } = source;
  if (kindOfPath(path, programKinds) === undefined) {
    for (const { id, problem } of found) {
      const print = problem === undefined ? printIfReadable({ path: `${path}#${id}`, bytes }) : undefined;
      if (print !== undefined) held.push({ path, name: `${path}#${id}`, names: [path, id], print });
    }
    return;
  }
  if (found.length === 0 || !speaksOfKeras(bytes)) return;
  for (const each of programModels(source)) {
    if (!('read' in each) || each.read.program?.isCosted !== true) continue;
    const { id, read } = each;
    built.push({ path, name: `${path}#${id}`, names: [path, id], print: printOf(read.model) });
  }
}

function printIfReadable(source: ModelSource): ModelPrint | undefined {
  try {
    return printOf(readModel(source).model);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return undefined;
  }
}

function line(text: string, isFailure: boolean): ModelLine {
  return { text: terminalLine(text), isFailure };
}
