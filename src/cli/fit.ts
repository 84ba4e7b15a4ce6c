import type { Command } from 'commander';
import { fitSteps } from '../core/compress/fit/steps';
import { mergedOptions } from '../core/compress/kinds';
import { fitting } from '../core/compress/kinds/fit';
import { climbLadder, type LadderResult } from '../core/compress/ladder/climbLadder';
import { wholeProof } from '../core/compress/ladder/wholeProof';
import { resultName } from '../core/formats/kinds';
import { compressFile } from './compressFile';
import { portsFor, startCompression, writeResult, type CompressionFlags } from './compressionStart';
import { addDataOptions } from './dataOptions';
import { layoutOption } from './layoutOption';
import { exitCodes } from './exitCodes';
import { goalOf, type GoalFlags } from './goalFlags';
import { ladderText } from './ladderText';
import { listed } from './listed';
import { number } from './numbers';
import { writeOut } from './output';
import { progressLine } from './progressLine';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface Flags extends CompressionFlags, GoalFlags {
  readonly only?: readonly string[];
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
    .option('--only <steps>', `steps that may be taken, separated by commas: ${steps}`, listed)
    .option('--to-fit <board>', 'RAM and flash of this board as limits')
    .option('--ram <bytes>', 'the arena may take no more', number)
    .option('--flash <bytes>', 'model and code may take no more', number)
    .option('--ms <milliseconds>', 'an inference may take no longer', number);
  addTargetOptions(addDataOptions(command.addOption(layoutOption())))
    .option('--force', 'write the result although something costs more or TFLite Micro refuses it')
    .option('--json', 'the proof, or the ladder, as one JSON object')
    .action((model: string, flags: Flags) =>
      stoppable((signal) => (hasLimits(flags) ? climb(model, flags, signal) : lossless(model, flags, signal))),
    );
}

function hasLimits({ ram, flash, ms, toFit }: Flags): boolean {
  return [ram, flash, ms, toFit].some((limit) => limit !== undefined);
}

function lossless(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const options = mergedOptions(fitting, { only: flags.only });
  return compressFile(path, { kind: fitting, options: () => options }, flags, signal);
}

async function climb(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const started = startCompression(path, { ...flags, board: flags.toFit ?? flags.board }, () =>
    fitting.suffix(fitting.defaults),
  );
  const { job } = started;
  const line = progressLine();
  const ports = { ...portsFor(flags, signal), progress: line.show };
  const result = await climbLadder(job, ports, goalOf(flags, job.subject)).finally(line.end);
  const { chosen } = result;
  signal.throwIfAborted();
  if (chosen !== undefined && !writeResult(started, { ...chosen, proof: wholeProof(chosen.proofs) }, flags)) return;
  writeOut(`${flags.json === true ? JSON.stringify(withoutBytes(result)) : ladderText(result, job.resultPath)}\n`);
  if (result.unreachable !== undefined) process.exitCode = exitCodes.failed;
}

/** As it is told: the file itself is written. */
function withoutBytes({ chosen, steps, unreachable }: LadderResult): object {
  return { steps, unreachable, ...(chosen && { proofs: chosen.proofs }) };
}
