import type { Subject } from '../core/analysis/subject';
import type { CompressionKind, CompressionResult } from '../core/compress/kind';
import { runCompression } from '../core/compress/runCompression';
import { portsFor, startCompression, writeResult, type CompressionFlags } from './compressionStart';
import { curveLines } from './curveText';
import { exitCodes } from './exitCodes';
import { writeErrorLine, writeOut } from './output';
import { progressLine } from './progressLine';
import { proofText } from './proofText';

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
  const started = startCompression(path, flags, (subject) => kind.suffix(optionsFor(subject)));
  const { job } = started;
  const request = { kind: kind.id, options: optionsFor(job.subject) };
  const line = progressLine();
  const ports = { ...portsFor(flags, signal), progress: line.show };
  const result = await runCompression({ ...job, request }, ports).finally(line.end);
  if (!writeResult(started, result, flags)) return;
  print(result, flags);
  if (signal.aborted) {
    writeErrorLine(`Stopped early: ${job.resultPath} holds the best so far.`);
    process.exitCode = exitCodes.interrupted;
  } else if (result.curve?.unreachable !== undefined) process.exitCode = exitCodes.failed;
}

function print({ proof, curve }: CompressionResult, { json }: CompressionFlags): void {
  if (json === true) writeOut(`${JSON.stringify({ ...proof, ...(curve && { curve }) })}\n`);
  else writeOut(`${[proofText(proof), ...(curve === undefined ? [] : curveLines(curve))].join('\n')}\n`);
}
