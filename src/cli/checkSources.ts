import { dirname, join } from 'node:path';
import type { FirmwareChoices } from '../core/analysis/firmware';
import { analyseFirmware } from '../core/analysis/firmware';
import { namedArray } from '../core/formats/cArray/namedArray';
import { kindOfPath } from '../core/formats/kinds';
import type { FlagsOf } from '../core/firmware/firmware';
import type { Budget } from '../core/model/budget';
import type { Problem } from '../core/model/problem';
import { HumanError } from '../core/model/problem';
import type { ProjectModel } from '../core/project/projectValues';
import { readFoundFile } from './files';

/** How the models of a project's sources are looked at. */
interface SourceChoices extends FirmwareChoices {
  readonly flagsOf: FlagsOf;
  /** What each may take. */
  readonly work: Budget;
}

/**
 * What is wrong with the firmware sources that a project names for a model: those that are not there, an array that is
 * in none of them, and how they use the model. `folder` is that of the project file.
 */
export function sourceProblems(folder: string, entry: ProjectModel, choices: SourceChoices): readonly Problem[] {
  const { path, sources = [] } = entry;
  const tried = sources.map((source) => sourceAt(folder, source, path));
  const unread = tried.filter((each) => 'code' in each);
  const read = tried.filter((each) => 'bytes' in each);
  if (read.length === 0) return unread;
  return [...unread, ...arrayProblems(entry, read), ...firmwareProblems(folder, entry, read, choices)];
}

interface SourceBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A source that a project names for a model, or why there is none. */
function sourceAt(folder: string, source: string, model: string): SourceBytes | Problem {
  try {
    return { path: source, bytes: readFoundFile(join(folder, source), 'source') };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    const { code, message } = error;
    if (code !== 'file-absent') return { code, severity: 'error', message };
    return {
      code: 'source-missing',
      severity: 'error',
      message: `The source ${source} of ${model} is not there. Correct "sources" in milliwatt.json.`,
    };
  }
}

function arrayProblems({ path, array }: ProjectModel, sources: readonly SourceBytes[]): readonly Problem[] {
  if (array === undefined || kindOfPath(path)?.isFirmware === true) return [];
  const found = namedArray(array, sources);
  return found.kind !== 'none' ? [] : [{ code: found.code, severity: 'warning', message: found.message }];
}

function firmwareProblems(
  folder: string,
  { path, array }: ProjectModel,
  sources: readonly SourceBytes[],
  { target, rules, ...choices }: SourceChoices,
): readonly Problem[] {
  const texts = new Map(sources.map(({ path: source, bytes }) => [source, new TextDecoder().decode(bytes)]));
  const isSource = kindOfPath(path)?.isFirmware === true;
  if (isSource && !texts.has(path))
    texts.set(path, new TextDecoder().decode(readFoundFile(join(folder, path), 'model')));
  const models = new Map(isSource ? [] : [[path, readFoundFile(join(folder, path), 'model')]]);
  const recorded = array === undefined || isSource ? [] : [{ path, sources: [...texts.keys()], array }];
  return analyseFirmware({
    sources: texts,
    models,
    recorded,
    choicesOf: () => ({ target, rules }),
    ...choices,
  }).findings.map(({ file, span, ...finding }) => ({
    ...finding,
    origin: { place: { file: fromModel(path, file), span } },
  }));
}

/** A source's path, as it is from the folder of the model. */
function fromModel(model: string, source: string): string {
  const folder = dirname(model);
  return folder === '.'
    ? source
    : `${folder
        .split('/')
        .map(() => '..')
        .join('/')}/${source}`;
}
