import { resolve } from 'node:path';
import type { AnalysisRequest } from '../core/analysis/analysis';
import { subjectOf, type Subject } from '../core/analysis/subject';
import type { CompressionResult } from '../core/compress/kind';
import type { ProvedCosts } from '../core/compress/proof';
import type { CompressionJob, CompressionPorts } from '../core/compress/runKind';
import type { EdgeLayout } from '../core/compress/tflm/channelsLast';
import { arrayExtension } from '../core/formats/cArray/projectArray';
import { kindOfPath, modelPlaceOf, resultName } from '../core/formats/kinds';
import { resultContent } from '../core/formats/results';
import type { ModelSource } from '../core/formats/source';
import { checkTrained, readTrained } from '../core/formats/trained';
import { HumanError } from '../core/model/problem';
import { checkCanWriteSync } from '../files/writing';
import { loadCompressionTools } from '../tfjs/compressionTools';
import { arrayPattern } from './arrayPattern';
import { projectClassNames } from './classNames';
import { samplesOf, type DataFlags } from './dataOptions';
import { readModelFile, requestFor } from './modelRequest';
import { pause } from './pause';
import { untrainedAdvice } from './trained';
import type { TargetFlags } from './targetOptions';
import { writeCompressed } from './writeCompressed';

/** The flags that every compression has. */
export interface CompressionFlags extends TargetFlags, DataFlags {
  readonly output?: string;
  readonly tfjsNode?: string;
  readonly layout?: EdgeLayout;
  readonly force?: boolean;
  /** A source with an array, in the project's style, where no output is named. */
  readonly asArray?: boolean;
  readonly json?: boolean;
}

/** A model that was read and is to be made into another file, but for what is to be done with it. */
interface StartedCompression {
  readonly asked: AnalysisRequest;
  readonly job: Omit<CompressionJob, 'request'> & { readonly subject: Subject };
  /** The result takes the place of an array in the source that the model was read from. */
  readonly isSource: boolean;
}

/** Reads a model and finds out where its result goes; `suffix` is part of a name that no flag gives. */
export function startCompression(
  path: string,
  flags: CompressionFlags,
  suffix: (subject: Subject) => string,
): StartedCompression {
  const asked = requestFor(path, flags);
  const subject = subjectOf({ ...asked, read: readTrained(asked) });
  checkTrained(subject, untrainedAdvice);
  const resultPath =
    flags.output ?? resultName(path, suffix(subject), flags.asArray === true ? arrayEnding(path) : undefined);
  checkArray(resultPath, flags);
  // Only a source takes an array in place of its own: all else in it stays.
  const isSource = kindOfPath(resultPath)?.isFirmware === true && isSameFile(resultPath, modelPlaceOf(path).file);
  if (!isSource) checkCanWriteSync(resultPath);
  const { layout } = flags;
  const job = { subject, bytes: asked.bytes, layout, resultPath, classNames: projectClassNames(path) };
  return { asked, job, isSource };
}

/** @throws HumanError where an array is asked for, and a file is named that takes none */
function checkArray(resultPath: string, { asArray }: CompressionFlags): void {
  if (asArray !== true || kindOfPath(resultPath)?.isFirmware === true) return;
  throw new HumanError(
    'usage-array',
    `${resultPath} takes no array. Name a .h, .c, .cc or .cpp file with -o, or leave -o away.`,
  );
}

function arrayEnding(path: string): string {
  return arrayExtension(arrayPattern(path)?.path);
}

/** What a compression has of the command line, but for what shows its progress. */
export function portsFor(flags: CompressionFlags, signal: AbortSignal): CompressionPorts {
  return {
    readSamples: (graph) => samplesOf(graph, flags, signal),
    loadTools: (needs) => loadCompressionTools(needs, { place: flags.tfjsNode, beside: __dirname }),
    ...{ signal, pause },
  };
}

/** Writes a result in the form that its path asks for; false where it costs more or is refused and nobody insists. */
export function writeResult(
  { asked, job: { resultPath }, isSource }: StartedCompression,
  { bytes, proof }: Pick<CompressionResult, 'bytes'> & { readonly proof: ProvedCosts },
  { force }: CompressionFlags,
): boolean {
  const from = isSource ? { ...asked, ...unchanged(asked) } : asked;
  const place = isSource ? modelPlaceOf(asked.path).file : resultPath;
  const content = resultContent(place, bytes, from, patternFor(place, asked));
  return writeCompressed(resultPath, { bytes: content, proof, isSource, force });
}

/** The project's array in whose style a new one is written, where a source comes of a file that is none. */
function patternFor(place: string, { path }: ModelSource): ModelSource | undefined {
  const isNew = kindOfPath(place)?.isFirmware === true && kindOfPath(path)?.isFirmware !== true;
  return isNew ? arrayPattern(place) : undefined;
}

function isSameFile(left: string, right: string): boolean {
  return resolve(left) === resolve(right);
}

/** What a source holds now. @throws HumanError where that is something else than what was read before the work. */
function unchanged({ path, bytes }: ModelSource): Pick<ModelSource, 'bytes'> {
  const now = readModelFile(path);
  if (Buffer.from(now).equals(bytes)) return { bytes: now };
  throw new HumanError(
    'file-changed',
    `${modelPlaceOf(path).file} was changed in the meantime: nothing was written. Run the command again.`,
  );
}
