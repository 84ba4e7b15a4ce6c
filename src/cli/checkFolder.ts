import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { FirmwareChoices } from '../core/analysis/firmware';
import { analyseFirmware } from '../core/analysis/firmware';
import { isFirmwareSource, isOfRuntime, mostFirmwareFiles } from '../core/analysis/firmwareFiles';
import { isLeftOut } from '../core/buildFiles/leftOut';
import type { FirmwareAnalysis } from '../core/analysis/firmwareIndex';
import type { FlagsOf } from '../core/firmware/firmware';
import { kindOfPath, modelFileKinds } from '../core/formats/kinds';
import type { Budget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
import { terminalLine } from '../core/text/terminalText';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { writeError, writeOut } from './output';

interface FolderChoices {
  /** For the model in a file, named by its path in the folder. */
  readonly choicesOf: (path: string) => FirmwareChoices;
  readonly flagsOf: FlagsOf;
}

/** What was found in a folder: what is wrong in its sources, arrays that cannot be read among it. */
type CheckedFolder = Pick<FirmwareAnalysis, 'models' | 'findings'>;

/**
 * The models and firmware of a folder, as is chosen for it. `work`: what looking at each model may take.
 * @throws HumanError where the folder cannot be read
 */
export function checkFolder(folder: string, choices: FolderChoices, work: Budget): CheckedFolder {
  const sources = new Map<string, string>();
  const models = new Map<string, Uint8Array>();
  for (const path of filesOf(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    const isSource = isFirmwareSource(name);
    if (!isSource && (!isModelFile(path) || isOfRuntime(name))) continue;
    const bytes = readOne(folder, path);
    if (bytes === undefined) continue;
    if (isSource) sources.set(name, new TextDecoder().decode(bytes));
    else models.set(name, bytes);
  }
  const { unreadable, findings, models: checked } = analyseFirmware({ sources, models, ...choices, work });
  return { models: checked, findings: [...unreadable, ...findings] };
}

function isModelFile(path: string): boolean {
  return kindOfPath(path, modelFileKinds) !== undefined;
}

/** A file that cannot be read leaves the others. */
function readOne(folder: string, path: string): Uint8Array | undefined {
  try {
    return readFileSync(path, { mostBytes: mostBytesOf.source, within: [folder] });
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    writeError(`${terminalLine(error.message)}\n`);
    return undefined;
  }
}

export function filesOf(folder: string): readonly string[] {
  const found: string[] = [];
  const open = [folder];
  for (let next = open.shift(); next !== undefined && found.length < mostFirmwareFiles; next = open.shift()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !isLeftOut(entry.name)) open.push(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  return found.sort();
}

function entriesOf(folder: string): ReturnType<typeof listed> {
  try {
    return listed(folder);
  } catch {
    throw new HumanError(
      'folder-unreadable',
      `${folder} cannot be read as a folder. Check the path and its permissions.`,
    );
  }
}

function listed(folder: string): readonly { name: string; isDirectory: () => boolean; isFile: () => boolean }[] {
  return readdirSync(folder, { withFileTypes: true });
}

/** Whether anything is an error: in the firmware, or of a model, which may not be readable. */
export function hasErrors({ models, findings }: CheckedFolder): boolean {
  const ofModels = models.flatMap(({ report }) => report?.findings ?? []);
  const isFailed = models.some(({ failure }) => failure !== undefined);
  return isFailed || [...findings, ...ofModels].some(({ severity }) => severity === 'error');
}

/** Everything that was found, one finding a line. */
export function printFolder({ models, findings }: CheckedFolder): void {
  for (const { path, array, report, failure } of models) {
    const name = terminalLine(array === undefined ? path : `${path}#${array}`);
    if (failure !== undefined) writeOut(`${name}: error: ${terminalLine(failure.message)} [${failure.code}]\n`);
    for (const { severity, code, message } of report?.findings ?? []) {
      writeOut(`${name}: ${severity}: ${terminalLine(message)} [${code}]\n`);
    }
  }
  for (const { file, span, severity, code, message } of findings) {
    writeOut(`${terminalLine(file)}:${span.line + 1}: ${severity}: ${terminalLine(message)} [${code}]\n`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  writeOut(
    `${models.length} ${models.length === 1 ? 'model' : 'models'}, ${findings.length} findings in firmware, ${errors} of them errors\n`,
  );
}

/** The same as one JSON object; lines count from 1. */
export function printFolderJson({ models, findings }: CheckedFolder): void {
  const named = models.map(({ path, array, report, failure }) => ({
    path,
    array,
    findings: report?.findings ?? (failure === undefined ? [] : [{ ...failure, severity: 'error' }]),
  }));
  const placed = findings.map(({ code, severity, file, span, message, fixes }) => ({
    rule: code,
    severity,
    file,
    line: span.line + 1,
    column: span.column + 1,
    message,
    fixes,
  }));
  writeOut(`${JSON.stringify({ models: named, findings: placed }, undefined, 2)}\n`);
}
