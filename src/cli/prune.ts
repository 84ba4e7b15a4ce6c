import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { subjectOf } from '../core/analysis/subject';
import type { Subject } from '../core/analysis/subject';
import { mergedOptions } from '../core/compress/kinds';
import { cleaning } from '../core/compress/kinds/clean';
import { pruning } from '../core/compress/kinds/prune';
import { defaultPruneOptions, importances } from '../core/compress/prune/request';
import type { Importance, PruneOptions } from '../core/compress/prune/request';
import type { Goal } from '../core/compress/goals/goal';
import { scanSensitivity } from '../core/compress/prune/sensitivity';
import { tfjsTrainer } from '../core/execute/tfjs/trainer';
import { resultName } from '../core/formats/kinds';
import { budgets, underBudget } from '../core/model/budget';
import { HumanError } from '../core/model/problem';
import { loadWasmTfjs } from '../tfjs/wasmTfjs';
import type { ChosenCompression } from './compressFile';
import { compressFile } from './compressFile';
import type { CompressionFlags } from './compressionStart';
import { addDataOptions, samplesOf } from './dataOptions';
import { layoutOption } from './layoutOption';
import { goalOf, type GoalFlags } from './goalFlags';
import { requestFor } from './modelRequest';
import { number } from './numbers';
import { writeOut } from './output';
import { pause } from './pause';
import { progressLine } from './progressLine';
import { sensitivityText } from './sensitivityText';
import { stoppable } from './stopSignal';
import { addTargetOptions } from './targetOptions';

interface Flags extends CompressionFlags, GoalFlags {
  readonly deadOnly?: boolean;
  readonly ratio?: number;
  readonly layer?: PruneOptions['layers'];
  readonly macs?: number;
  readonly accuracyDrop?: number;
  readonly importance: Importance | 'auto';
  readonly repair: boolean;
  readonly epochs?: number;
  readonly quantize?: boolean;
  readonly sensitivity?: boolean;
}

/** `milliwatt prune MODEL`: a new file with fewer channels, and the proof of what it brings. */
export function addPrune(program: Command): void {
  const command = program
    .command('prune')
    .description('a model with fewer channels, fine-tuned where samples are given, with the proof of what it brings')
    .argument('<model>')
    .option(
      '-o, --output <file>',
      `the file to write; when absent ${resultName('MODEL', 'pruned')}, with .clean or .pruned.int8 for what is done`,
    )
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
  addTargetOptions(addDataOptions(command.addOption(layoutOption())))
    .option('--force', 'keep to shares that kernels handle worse, and write the result although it costs more')
    .option('--json', 'the proof and the trade-off curve as one JSON object')
    .action((model: string, flags: Flags) =>
      stoppable((signal) => (flags.sensitivity === true ? scan(model, flags, signal) : prune(model, flags, signal))),
    );
}

function layerShare(text: string, earlier: PruneOptions['layers'] | undefined): PruneOptions['layers'] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be of the form name=share, for instance conv2d_3=0.25.');
  return [...(earlier ?? []), { name: text.slice(0, at), ratio: number(text.slice(at + 1)) }];
}

function prune(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  return compressFile(path, chosenBy(flags), { ...flags, board: flags.toFit ?? flags.board }, signal);
}

async function scan(path: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const asked = requestFor(path, flags);
  const { model, ...about } = subjectOf(asked);
  const samples = await samplesOf(model.graphs[0], flags, signal);
  const { tf, engine } = await loadWasmTfjs();
  const line = progressLine();
  const options = { ...defaultPruneOptions, importance: flags.importance };
  const tools = { engine, trainer: tfjsTrainer(tf, engine.name), signal, pause, progress: line.show };
  const check = (): void => signal.throwIfAborted();
  const scanned = { ...about, bytes: asked.bytes, read: { model }, samples, options };
  const result = await underBudget({ ...budgets.job, check }, () => scanSensitivity(scanned, tools)).finally(line.end);
  const text = flags.json === true ? JSON.stringify({ model: { path }, ...result }) : sensitivityText(result);
  writeOut(`${text}\n`);
}

function chosenBy(flags: Flags): ChosenCompression {
  if (flags.deadOnly === true) return { kind: cleaning, options: () => mergedOptions(cleaning) };
  return { kind: pruning, options: (subject) => mergedOptions(pruning, optionsOf(flags, subject)) };
}

function optionsOf(flags: Flags, subject: Subject): Partial<PruneOptions> {
  const goal = pruneGoalOf(flags, subject);
  if (flags.ratio === undefined && flags.layer === undefined && goal === undefined) {
    throw new HumanError(
      'usage-prune',
      'Nothing says how much to prune. Give --dead-only, --ratio, --layer, --to-fit, --ram, --ms, --macs or --accuracy-drop.',
    );
  }
  return {
    ratio: flags.ratio,
    layers: flags.layer,
    goal,
    importance: flags.importance,
    repair: flags.repair,
    repairOptions: flags.epochs === undefined ? undefined : { epochs: flags.epochs },
    force: flags.force,
    quantize: flags.quantize,
  };
}

function pruneGoalOf(flags: Flags, subject: Subject): Goal | undefined {
  const goal: Goal = { ...goalOf(flags, subject), macsShare: flags.macs, accuracyDrop: flags.accuracyDrop };
  return Object.values(goal).every((limit) => limit === undefined) ? undefined : goal;
}
