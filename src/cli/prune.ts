import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { subjectOf } from '../core/analysis/subject';
import type { Subject } from '../core/analysis/subject';
import { pruneModel } from '../core/compress/prune/pruneModel';
import { defaultPruneOptions, importances } from '../core/compress/prune/request';
import type { Importance, PruneGoal, PruneOptions, PruneResult, TradeOffCurve } from '../core/compress/prune/request';
import { scanSensitivity } from '../core/compress/prune/sensitivity';
import { quantizeModel } from '../core/compress/quantize/quantize';
import { estimate } from '../core/estimate/estimate';
import { tfjsTrainer } from '../core/execute/tfjs/trainer';
import { resultName } from '../core/formats/kinds';
import { HumanError } from '../core/model/problem';
import { bytesText, countText, millisecondsText } from '../core/text/units';
import { loadWasmTfjs } from '../tfjs/wasmTfjs';
import { checkCanWriteSync } from '../files/writing';
import { addDataOptions, samplesOf } from './dataOptions';
import type { DataFlags } from './dataOptions';
import { exitCodes } from './exitCodes';
import { requestFor } from './modelRequest';
import { pause } from './pause';
import { progressLine } from './progressLine';
import { proofText } from './proofText';
import { sensitivityText } from './sensitivityText';
import { stoppable } from './stopSignal';
import { tableText } from './table';
import { writeCompressed } from './writeCompressed';
import { addTargetOptions } from './targetOptions';
import type { TargetFlags } from './targetOptions';
import { writeError, writeOut } from './output';

interface Flags extends TargetFlags, DataFlags {
  readonly output?: string;
  readonly deadOnly?: boolean;
  readonly ratio?: number;
  readonly layer?: PruneOptions['layers'];
  readonly toFit?: string;
  readonly ram?: number;
  readonly ms?: number;
  readonly macs?: number;
  readonly accuracyDrop?: number;
  readonly importance: Importance | 'auto';
  readonly repair: boolean;
  readonly epochs?: number;
  readonly quantize?: boolean;
  readonly sensitivity?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `milliwatt prune MODEL`: a new file with fewer channels, and the proof of what it brings. */
export function addPrune(program: Command): void {
  const command = program
    .command('prune')
    .description('a model with fewer channels, fine-tuned where samples are given, with the proof of what it brings')
    .argument('<model>')
    .option('-o, --output <file>', `the file to write; ${resultName('MODEL', 'pruned')} when absent`)
    .option('--dead-only', 'only what makes no difference to any output')
    .option('--ratio <share>', 'share of the channels of every layer to remove, for instance 0.25', number)
    .option('--layer <name=share>', 'share for one layer, as the listing names it; may be given again', layerShare)
    .option('--to-fit <board>', 'until it fits the RAM and flash of this board')
    .option('--ram <bytes>', 'until the arena takes no more', number)
    .option('--ms <milliseconds>', 'until an inference takes no longer', number)
    .option('--macs <share>', 'until this share of the multiply-accumulates is gone', number)
    .option('--accuracy-drop <points>', 'as far as accuracy (without labels: agreement) falls by no more', number)
    .addOption(
      new Option('--importance <kind>', 'how channels are ranked').choices(['auto', ...importances]).default('auto'),
    )
    .option('--no-repair', 'no fine-tuning')
    .option('--epochs <count>', 'most passes over the samples (40)', number)
    .option('--quantize', 'quantize the result to int8')
    .option('--sensitivity', 'write nothing, but tell what each layer saves and costs the outputs');
  addTargetOptions(addDataOptions(command))
    .option('--force', 'keep to shares that kernels handle worse, and write the result although it costs more')
    .option('--json', 'the proof and the trade-off curve as one JSON object')
    .action((model: string, flags: Flags) =>
      stoppable((signal) => (flags.sensitivity === true ? scan(model, flags, signal) : prune(model, flags, signal))),
    );
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It must be a number, 0 or more.');
}

function layerShare(text: string, earlier: PruneOptions['layers'] | undefined): PruneOptions['layers'] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be of the form name=share, for instance conv2d_3=0.25.');
  return [...(earlier ?? []), { name: text.slice(0, at), ratio: number(text.slice(at + 1)) }];
}

async function prune(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const resultPath = flags.output ?? resultName(path, 'pruned');
  checkCanWriteSync(resultPath);
  const asked = requestFor(path, { ...flags, board: flags.toFit ?? flags.board });
  const subject = subjectOf(asked);
  const options = optionsOf(flags, subject);
  const { model, ...about } = subject;
  const samples = flags.deadOnly ? undefined : await samplesOf(model.graphs[0], flags, signal);
  const { tf, engine } = await loadWasmTfjs();
  const line = progressLine();
  const request = { ...about, bytes: asked.bytes, resultPath, samples, options };
  const trainer = tfjsTrainer(tf, engine.name);
  const tools = { engine, trainer, quantize: quantizeModel, signal, pause, progress: line.show };
  const result = await pruneModel(request, tools).finally(line.end);
  if (!writeCompressed(resultPath, { ...result, force: flags.force })) return;
  print(result, flags);
  if (signal.aborted) {
    writeError(`Stopped early: ${resultPath} holds the best so far.\n`);
    process.exitCode = exitCodes.interrupted;
  } else if (result.curve.unreachable !== undefined) process.exitCode = exitCodes.failed;
}

async function scan(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const asked = requestFor(path, flags);
  const { model, ...about } = subjectOf(asked);
  const samples = await samplesOf(model.graphs[0], flags, signal);
  const { tf, engine } = await loadWasmTfjs();
  const line = progressLine();
  const options = { ...defaultPruneOptions, importance: flags.importance };
  const tools = { engine, trainer: tfjsTrainer(tf, engine.name), signal, pause, progress: line.show };
  const result = await scanSensitivity({ ...about, bytes: asked.bytes, samples, options }, tools).finally(line.end);
  const text = flags.json === true ? JSON.stringify({ model: { path }, ...result }) : sensitivityText(result);
  writeOut(`${text}\n`);
}

function optionsOf(flags: Flags, subject: Subject): PruneOptions {
  const goal = goalOf(flags, subject);
  const isAsked = flags.ratio !== undefined || flags.layer !== undefined || goal !== undefined;
  if (!isAsked && flags.deadOnly !== true) {
    throw new HumanError(
      'usage-prune',
      'Nothing says how much to prune. Give --dead-only, --ratio, --layer, --to-fit, --ram, --ms, --macs or --accuracy-drop.',
    );
  }
  return {
    ...defaultPruneOptions,
    deadOnly: flags.deadOnly ?? false,
    ratio: flags.ratio,
    layers: flags.layer ?? [],
    goal,
    importance: flags.importance,
    repair: flags.repair,
    repairOptions: flags.epochs === undefined ? undefined : { epochs: flags.epochs },
    force: flags.force,
    quantize: flags.quantize ?? false,
  };
}

/** The limits of the flags; those of a board are what is left of its memory. */
function goalOf(flags: Flags, { model, target, limits }: Subject): PruneGoal | undefined {
  const budget = flags.toFit === undefined ? undefined : estimate(model, '', target, limits).report.budget;
  const goal: PruneGoal = {
    ramBytes: flags.ram ?? budget?.ramBytes,
    flashBytes: budget?.flashBytes,
    latencyMs: flags.ms,
    macsShare: flags.macs,
    accuracyDrop: flags.accuracyDrop,
  };
  return Object.values(goal).every((limit) => limit === undefined) ? undefined : goal;
}

function print({ proof, curve }: PruneResult, { json }: Flags): void {
  if (json === true) writeOut(`${JSON.stringify({ ...proof, curve })}\n`);
  else writeOut(`${[proofText(proof), ...curveLines(curve)].join('\n')}\n`);
}

/** The trade-off, a line a point; the written one is marked. */
function curveLines({ points }: TradeOffCurve): readonly string[] {
  if (points.length < 3) return [];
  const rows = points.map(({ totals, removedChannels, fidelity, chosen }) => [
    `${removedChannels}`,
    countText(totals.macs),
    totals.arenaBytes === undefined ? '-' : bytesText(totals.arenaBytes),
    totals.ms === undefined ? '-' : millisecondsText(totals.ms),
    qualityText(fidelity),
    chosen === true ? '  <- written' : '',
  ]);
  const heading = ['channels removed', 'MACs', 'RAM', 'time', 'quality before fine-tuning', ''];
  return ['', 'Trade-off:', tableText([heading, ...rows], 0)];
}

function qualityText(fidelity: TradeOffCurve['points'][number]['fidelity']): string {
  if (fidelity === undefined) return '-';
  const { accuracy, top1Agreement, sqnrDb } = fidelity;
  if (accuracy !== undefined) return `${(accuracy * 100).toFixed(1)} % right`;
  return top1Agreement === undefined ? `${sqnrDb.toFixed(1)} dB` : `${(top1Agreement * 100).toFixed(1)} % agree`;
}
