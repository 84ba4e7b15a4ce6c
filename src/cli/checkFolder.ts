import { basename, join } from 'node:path';
import type { FirmwareChoices } from '../core/analysis/firmware';
import { analyseFirmware } from '../core/analysis/firmware';
import { isFirmwareSource, isOfRuntime } from '../core/analysis/firmwareFiles';
import { isLeftOut } from '../core/buildFiles/leftOut';
import type { FirmwareAnalysis } from '../core/analysis/firmwareIndex';
import type { RecordedArray } from '../core/firmwareRules/rule';
import type { FlagsOf } from '../core/firmware/firmware';
import type { ProjectRoom } from '../core/firmwareRules/projectRooms';
import type { FirmwareContext } from '../core/firmwareRules/rule';
import type { PlacedLink } from '../core/analysis/placedLinks';
import type { SourcePlace } from '../core/model/origin';
import { mayBeModel } from '../core/formats/formats';
import { isInSeveralFiles, kindOfPath, modelFileKinds, programKinds } from '../core/formats/kinds';
import type { Budget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
import { bytesText } from '../core/text/units';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';
import { filesBelow } from '../files/walking';
import { modelOfFiles, programOfFolder, speaksOfKeras } from './checkPrograms';
import { findingPlace } from './findingPlace';
import type { FolderBuild } from './folderBuild';
import { writeErrorLine, writeLine, writeOut } from './output';

interface FolderChoices {
  /** For the model in a file, named by its path in the folder. */
  readonly choicesOf: (path: string, rooms: readonly ProjectRoom[]) => FirmwareChoices;
  readonly flagsOf: FlagsOf;
  /** Which arrays are made from which models, as somebody wrote down. */
  readonly recorded?: readonly RecordedArray[];
  readonly buildOf?: FirmwareContext['buildOf'];
  /** Told of the paths of all sources before anything is asked. */
  readonly found?: (sources: readonly string[]) => void;
}

/** What was found in a folder: what is wrong in its sources, arrays that cannot be read among it. */
export interface CheckedFolder extends Pick<FirmwareAnalysis, 'models' | 'findings' | 'links'> {
  /** Whether all of the folder was looked at. */
  readonly isWhole: boolean;
}

/**
 * The models and firmware of a folder, as is chosen for it, no more of it than a check may take; what is left out is
 * said. `work`: what looking at each model may take.
 * @throws HumanError where the folder cannot be read
 */
export function checkFolder(folder: string, { found, ...choices }: FolderChoices, work: Budget): CheckedFolder {
  const sources = new Map<string, string>();
  const models = new Map<string, Uint8Array>();
  const [programs, parted] = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()];
  const { paths, leftOut } = modelFilesOf(folder);
  const contents = new FolderContents(folder, leftOut);
  for (const name of paths) {
    const bytes = contents.bytesOf(name);
    if (bytes === undefined) continue;
    if (isInSeveralFiles(name)) {
      if (mayBeModel({ path: name, bytes })) parted.set(name, bytes);
    } else if (isProgram(name)) {
      if (speaksOfKeras(bytes)) programs.set(name, bytes);
    } else if (isFirmwareSource(name)) sources.set(name, new TextDecoder().decode(bytes));
    else models.set(name, bytes);
  }
  found?.([...sources.keys()]);
  const choicesOf = (path: string): FirmwareChoices => choices.choicesOf(path, []);
  const built = [...programs].map(([path, bytes]) => programOfFolder(folder, path, bytes, { choicesOf, work }));
  const read = built.flatMap((program) => program.read);
  const question = { sources, models, ...choices, programs: read, work };
  const { unreadable, findings, links, models: checked } = analyseFirmware(question);
  const ofFiles = [...parted].flatMap(([path, bytes]) => modelOfFiles(folder, path, bytes, { choicesOf, work }));
  return {
    models: [...checked, ...ofFiles, ...built.flatMap((program) => program.models)],
    links,
    findings: [...unreadable, ...findings],
    isWhole: contents.isWhole,
  };
}

/** What may hold models below a folder: files of models and sources, but those of the runtime. */
function modelFilesOf(folder: string): ReturnType<typeof filesBelow> {
  return filesBelow(folder, {
    isWanted: (path) =>
      isFirmwareSource(path) ||
      (kindOfPath(path, [...modelFileKinds, ...programKinds]) !== undefined && !isOfRuntime(path)),
    isEntered: (path) => !isLeftOut(basename(path)),
  });
}

function isProgram(path: string): boolean {
  return kindOfPath(path, programKinds) !== undefined;
}

/** Reads the files of a folder one by one, and says what it leaves out of it. */
class FolderContents {
  readonly #folder: string;
  #left: number = mostBytesOf.folder;
  #isWhole = true;

  constructor(folder: string, leftOut: readonly string[]) {
    this.#folder = folder;
    leftOut.forEach((sentence) => this.#leaveOut(sentence));
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** A file that cannot be read leaves the others; one for which there is no room ends the reading. */
  bytesOf(name: string): Uint8Array | undefined {
    if (this.#left < 0) return undefined;
    try {
      const mostBytes = mostBytesOf.source;
      const bytes = readFileSync(join(this.#folder, name), { mostBytes, within: [this.#folder] });
      this.#left -= bytes.length;
      if (this.#left >= 0) return bytes;
      this.#leaveOut(
        `${name} and all files after it are left out: together they are more than the ` +
          `${bytesText(mostBytesOf.folder)} of a folder that are looked at. Name a smaller folder.`,
      );
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#leaveOut(error.message);
    }
    return undefined;
  }

  #leaveOut(sentence: string): void {
    this.#isWhole = false;
    writeErrorLine(sentence);
  }
}

/** Whether anything is an error: in the firmware, or of a model, which may not be readable, or what was left out. */
export function hasErrors({ models, findings, isWhole }: CheckedFolder): boolean {
  const ofModels = models.flatMap(({ report }) => report?.findings ?? []);
  const isFailed = models.some(({ failure }) => failure !== undefined);
  return !isWhole || isFailed || [...findings, ...ofModels].some(({ severity }) => severity === 'error');
}

/** Everything that was found, one finding a line. */
export function printFolder({ models, findings, links }: CheckedFolder): void {
  for (const { path, array, report, failure } of models) {
    const name = array === undefined ? path : `${path}#${array}`;
    if (failure !== undefined) writeLine(`${name}: error: ${failure.message} [${failure.code}]`);
    for (const { severity, code, message, origin } of report?.findings ?? []) {
      const place = origin?.place?.span === undefined ? '' : ` ${findingPlace(path, origin).text}:`;
      writeLine(`${name}:${place} ${severity}: ${message} [${code}]`);
    }
  }
  for (const { file, span, cell, severity, code, message } of findings) {
    writeLine(`${placeText({ file, span, cell })}: ${severity}: ${message} [${code}]`);
  }
  for (const { program, held, text } of links) {
    writeLine(`${placeText(program.place ?? { file: program.path })}: ${text} (${held.path})`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  writeOut(
    `${models.length} ${models.length === 1 ? 'model' : 'models'}, ${findings.length} findings in firmware, ${errors} of them errors\n`,
  );
}

/** The same as one JSON object; lines count from 1. */
export function printFolderJson(
  { models, findings, links }: CheckedFolder,
  { proposed }: Pick<FolderBuild, 'proposed'>,
): void {
  const named = models.map(({ path, array, report, failure }) => ({
    path,
    array,
    findings: report?.findings ?? (failure === undefined ? [] : [{ ...failure, severity: 'error' }]),
  }));
  const placed = findings.map(({ code, severity, file, cell, span, message, fixes }) => ({
    rule: code,
    severity,
    file,
    ...(cell === undefined ? {} : { cell }),
    line: span.line + 1,
    column: span.column + 1,
    message,
    fixes,
  }));
  writeOut(
    `${JSON.stringify({ models: named, findings: placed, links: links.map(linkJson), proposed }, undefined, 2)}\n`,
  );
}

/** `train.py:7`, `train.ipynb[2]:7`. */
function placeText({ file, span, cell }: SourcePlace): string {
  const line = span === undefined ? '' : `:${span.line + 1}`;
  return `${file}${cell === undefined ? '' : `[${cell}]`}${line}`;
}

/** Which program built which model of the firmware; lines count from 1. */
function linkJson({ program, held, ...link }: PlacedLink): object {
  const { isSame, isSure, differences, arenaBytes, neededBytes } = link;
  const { path, id, place } = program;
  return {
    program: { path, model: id, file: place?.file, cell: place?.cell, line: place?.span && place.span.line + 1 },
    firmware: { path: held.path, array: held.array, line: held.span && held.span.line + 1 },
    isSame,
    isSure,
    differences,
    arenaBytes,
    neededBytes,
  };
}
