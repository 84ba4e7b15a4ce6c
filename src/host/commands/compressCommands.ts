import * as vscode from 'vscode';
import type { PruneOptions } from '../../core/compress/prune/request';
import { defaultPruneOptions } from '../../core/compress/prune/request';
import type { QuantizeOptions } from '../../core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../core/compress/quantize/request';
import type { Report } from '../../core/estimate/report';
import { HumanError } from '../../core/model/problem';
import type { DataChoice } from '../../protocol/jobs';
import type { DataQuestion } from '../compress/dataPicker';
import { pickData } from '../compress/dataPicker';
import { pickGoal } from '../compress/goalPicker';
import { pickOptions } from '../compress/optionPicker';
import { pruneToggles } from '../compress/pruneToggles';
import { quantizeToggles } from '../compress/quantizeToggles';
import { pruneTask, quantizeTask } from '../compress/tasks';
import { fileNameOf } from '../places';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

/**
 * What a caller decides beforehand: with `data` nothing is asked, else the options are where the questions start from.
 */
interface Preset<Options> {
  readonly data?: DataChoice;
  readonly options?: Partial<Options>;
}

/**
 * Quantizes a model: asks for data and options where they are not given, writes the result beside the model, shows what
 * it brought.
 */
export async function quantize(services: CommandServices, value?: unknown, preset?: unknown): Promise<void> {
  const source = await modelFor(services, value);
  if (source === undefined) return;
  const given = presetFrom<QuantizeOptions>(preset);
  const start: QuantizeOptions = {
    ...defaultQuantizeOptions,
    ...services.compressions.settingsFor(source).quantize,
    ...given.options,
  };
  const title = `Quantize ${fileNameOf(source)}`;
  const data = given.data ?? (await dataFor(services, { title: `${title}: which data?`, model: source }, forRanges));
  if (data === undefined) return;
  const go = 'Quantize with these options';
  const options =
    given.data === undefined ? await pickOptions({ title, go, options: start, toggles: quantizeToggles }) : start;
  if (options !== undefined) await services.compressions.run(quantizeTask(source, data, options));
}

/** Prunes a model to a goal that is asked for, or as the preset says. */
export async function prune(services: CommandServices, value?: unknown, preset?: unknown): Promise<void> {
  const source = await modelFor(services, value);
  if (source === undefined) return;
  const given = presetFrom<PruneOptions>(preset);
  const start: PruneOptions = { ...defaultPruneOptions, ...given.options };
  if (start.deadOnly || given.data !== undefined) {
    await services.compressions.run(pruneTask(source, given.data, start));
    return;
  }
  const title = `Prune ${fileNameOf(source)}`;
  const isDecided = start.goal !== undefined || start.ratio !== undefined || start.layers.length > 0;
  const goal = isDecided ? start.goal : await pickGoal(title, await reportOf(services, source));
  if (!isDecided && goal === undefined) return;
  const data = await dataFor(services, { title: `${title}: which data?`, model: source }, forTuning);
  if (data === undefined) return;
  const go = 'Prune with these options';
  const options = await pickOptions({ title, go, options: { ...start, goal }, toggles: pruneToggles });
  if (options !== undefined) await services.compressions.run(pruneTask(source, data, options));
}

/** Removes what makes no difference to any output: proved, so that nothing has to be asked. */
export async function clean(services: CommandServices, value?: unknown): Promise<void> {
  await prune(services, value, { options: { deadOnly: true } });
}

/** Takes the newest written file away again. */
export async function discardResult({ compressions }: CommandServices): Promise<void> {
  const uri = await compressions.discardLast();
  vscode.window.setStatusBarMessage(`$(trash) ${fileNameOf(uri)} was discarded.`, 5000);
}

const forRanges =
  'Only for trying out: the ranges will not be those of real inputs, and the result will be worse than it need be';
const forTuning = 'Only for trying out: nothing can be fine-tuned on them, and what is measured means little';

async function dataFor(
  { compressions }: CommandServices,
  question: Pick<DataQuestion, 'title' | 'model'>,
  syntheticWarning: string,
): Promise<DataChoice | undefined> {
  return pickData({ ...question, project: await compressions.projectOf(question.model), syntheticWarning });
}

async function reportOf({ analyses }: CommandServices, uri: vscode.Uri): Promise<Report> {
  const { analysis, error } = await analyses.settled({ uri, costs: 'hints' });
  if (analysis === undefined) throw new HumanError('no-report', error ?? 'There is no report of this model yet.');
  return analysis.report;
}

function presetFrom<Options>(value: unknown): Preset<Options> {
  if (typeof value !== 'object' || value === null) return {};
  return 'data' in value || 'options' in value ? (value as Preset<Options>) : {};
}
