import type { Command } from 'commander';
import { subjectOf } from '../core/analysis/subject';
import { reportOf } from '../core/compress/costs';
import { fitSteps } from '../core/compress/fit/steps';
import { mergedOptions } from '../core/compress/kinds';
import { fitting } from '../core/compress/kinds/fit';
import { climbLadder, type LadderResult } from '../core/compress/ladder/climbLadder';
import type { PruneGoal } from '../core/compress/prune/request';
import { resultName } from '../core/formats/kinds';
import { checkCanWriteSync, writeNewFileSync } from '../files/writing';
import { loadCompressionTools } from '../tfjs/compressionTools';
import type { CompressionFlags } from './compressFile';
import { compressFile } from './compressFile';
import { addDataOptions, samplesOf } from './dataOptions';
import { exitCodes } from './exitCodes';
import { ladderText } from './ladderText';
import { requestFor } from './modelRequest';
import { number } from './numbers';
import { writeOut } from './output';
import { pause } from './pause';
import { progressLine } from './progressLine';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface Flags extends CompressionFlags {
  readonly only?: readonly string[];
  readonly ram?: number;
  readonly flash?: number;
  readonly ms?: number;
  readonly toFit?: string;
}

/**
 * `milliwatt fit MODEL`: a new file that needs less RAM with the same outputs, and the proof of it. With limits, the
 * first of a ladder of ways that meets them, what loses nothing first.
 */
export function addFit(program: Command): void {
  const steps = fitSteps.map(({ id, summary }) => `${id} (${summary})`).join(', ');
  const command = program
    .command('fit')
    .description('a model that needs less RAM with the same outputs, bit for bit; with limits, one that meets them')
    .argument('<model>')
    .option('-o, --output <file>', `the file to write; ${resultName('MODEL', 'fit')} when absent`)
    .option('--only <steps>', `steps that may be taken, separated by commas: ${steps}`, list)
    .option('--to-fit <board>', 'RAM and flash of this board as limits')
    .option('--ram <bytes>', 'the arena may take no more', number)
    .option('--flash <bytes>', 'model and code may take no more', number)
    .option('--ms <milliseconds>', 'an inference may take no longer', number);
  addTargetOptions(addDataOptions(command))
    .option('--force', 'write the result although something costs more')
    .option('--json', 'the proof, or the ladder, as one JSON object')
    .action((model: string, flags: Flags) =>
      stoppable((signal) => (hasLimits(flags) ? climb(model, flags, signal) : lossless(model, flags, signal))),
    );
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function hasLimits({ ram, flash, ms, toFit }: Flags): boolean {
  return [ram, flash, ms, toFit].some((limit) => limit !== undefined);
}

function lossless(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const options = mergedOptions(fitting, { only: flags.only });
  return compressFile(path, { kind: fitting, options: () => options }, flags, signal);
}

async function climb(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const asked = requestFor(path, { ...flags, board: flags.toFit ?? flags.board });
  const subject = subjectOf(asked);
  const { model, ...place } = subject;
  const { budget } = reportOf(model, place);
  const board = flags.toFit === undefined ? undefined : budget;
  const goal: PruneGoal = {
    ramBytes: flags.ram ?? board?.ramBytes,
    flashBytes: flags.flash ?? board?.flashBytes,
    latencyMs: flags.ms,
  };
  const resultPath = flags.output ?? resultName(path, 'fit');
  checkCanWriteSync(resultPath);
  const line = progressLine();
  const result = await climbLadder(
    { subject, bytes: asked.bytes, resultPath },
    {
      readSamples: (graph) => samplesOf(graph, flags, signal),
      loadTools: (needs) => loadCompressionTools(needs, { place: flags.tfjsNode, beside: __dirname }),
      ...{ signal, pause, progress: line.show },
    },
    goal,
  ).finally(line.end);
  if (result.chosen !== undefined) writeNewFileSync(resultPath, [result.chosen.bytes]);
  writeOut(`${flags.json === true ? JSON.stringify(withoutBytes(result)) : ladderText(result, resultPath)}\n`);
  if (result.unreachable !== undefined) process.exitCode = exitCodes.failed;
}

/** As it is told: the file itself is written. */
function withoutBytes({ chosen, ...result }: LadderResult): object {
  return chosen === undefined ? result : { ...result, proofs: chosen.proofs };
}
