import { resolve } from 'node:path';
import { subjectOf } from '../core/analysis/subject';
import type { Subject } from '../core/analysis/subject';
import type { CompressionKind, CompressionResult } from '../core/compress/kind';
import { runCompression } from '../core/compress/runCompression';
import { kindOfPath, modelPlaceOf, resultName } from '../core/formats/kinds';
import { resultContent } from '../core/formats/results';
import type { ModelSource } from '../core/formats/source';
import { HumanError } from '../core/model/problem';
import { checkCanWriteSync } from '../files/writing';
import { loadCompressionTools } from '../tfjs/compressionTools';
import { projectClassNames } from './classNames';
import { curveLines } from './curveText';
import { samplesOf } from './dataOptions';
import type { DataFlags } from './dataOptions';
import { exitCodes } from './exitCodes';
import { readModelFile, requestFor } from './modelRequest';
import { writeError, writeOut } from './output';
import { pause } from './pause';
import { progressLine } from './progressLine';
import { proofText } from './proofText';
import type { TargetFlags } from './targetOptions';
import { writeCompressed } from './writeCompressed';

/** The flags that every compression has. */
export interface CompressionFlags extends TargetFlags, DataFlags {
  readonly output?: string;
  readonly tfjsNode?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What a command makes of its own flags. */
export interface ChosenCompression {
  readonly kind: CompressionKind;
  /** All of them, for this model. */
  readonly options: (subject: Subject) => object;
}

/** Compresses a file into a new one, and prints the proof of what that brings. */
export async function compressFile(
  path: string,
  { kind, options: optionsFor }: ChosenCompression,
  flags: CompressionFlags,
  signal: AbortSignal,
): Promise<void> {
  const asked = requestFor(path, flags);
  const subject = subjectOf(asked);
  const options = optionsFor(subject);
  const resultPath = flags.output ?? resultName(path, kind.suffix(options));
  // Only a source takes an array in place of its own: all else in it stays.
  const isSource = kindOfPath(resultPath)?.isSource === true && isSameFile(resultPath, modelPlaceOf(path).file);
  if (!isSource) checkCanWriteSync(resultPath);
  const line = progressLine();
  const result = await runCompression(
    {
      ...{ subject, bytes: asked.bytes, resultPath, request: { kind: kind.id, options } },
      classNames: projectClassNames(path),
    },
    {
      readSamples: (graph) => samplesOf(graph, flags, signal),
      loadTools: (needs) => loadCompressionTools(needs, { place: flags.tfjsNode, beside: __dirname }),
      ...{ signal, pause, progress: line.show },
    },
  ).finally(line.end);
  const from = isSource ? { ...asked, ...unchanged(asked) } : asked;
  const bytes = resultContent(isSource ? modelPlaceOf(asked.path).file : resultPath, result.bytes, from);
  if (!writeCompressed(resultPath, { ...result, bytes, isSource, force: flags.force })) return;
  print(result, flags);
  if (signal.aborted) {
    writeError(`Stopped early: ${resultPath} holds the best so far.\n`);
    process.exitCode = exitCodes.interrupted;
  } else if (result.curve?.unreachable !== undefined) process.exitCode = exitCodes.failed;
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

function print({ proof, curve }: CompressionResult, { json }: CompressionFlags): void {
  if (json === true) writeOut(`${JSON.stringify({ ...proof, ...(curve && { curve }) })}\n`);
  else writeOut(`${[proofText(proof), ...(curve === undefined ? [] : curveLines(curve))].join('\n')}\n`);
}
