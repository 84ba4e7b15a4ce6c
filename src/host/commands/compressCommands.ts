import * as vscode from 'vscode';
import type { CompressionKind, Questions } from '../../core/compress/kind';
import { mergedOptions } from '../../core/compress/kinds';
import type { Report } from '../../core/estimate/report';
import { HumanError } from '../../core/model/problem';
import type { CompressionHow, DataChoice } from '../../protocol/jobs';
import type { ArrayForm } from '../compress/compression';
import { pickData } from '../compress/dataPicker';
import { pickGoal } from '../compress/goalPicker';
import { pickOptions } from '../compress/optionPicker';
import { fileNameOf } from '../places';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

/**
 * What a caller decides in advance: with `data` nothing is asked, else the options are where the questions start from.
 */
interface Preset {
  readonly data?: DataChoice;
  readonly options?: object;
  readonly asArray?: ArrayForm;
}

/**
 * Compresses a model: asks for goal, data and options where they are not given, writes the result beside the model,
 * shows what it brought. The request is made here, once; options are the kind's own, under the settings, under what an
 * offer or a caller says, under what the person picks.
 */
export async function compress(
  services: CommandServices,
  kind: CompressionKind,
  value?: unknown,
  preset?: unknown,
): Promise<void> {
  const source = await modelFor(services, value);
  if (source === undefined) return;
  const { data, options: given, asArray } = presetFrom(preset);
  const options = mergedOptions(kind, services.compressions.settingsFor(source, kind), given);
  const how: CompressionHow | undefined =
    data !== undefined || kind.questions === undefined
      ? { kind: kind.id, options, ...(data && { data }) }
      : await askAbout(services, source, { kind, options, questions: kind.questions });
  if (how !== undefined) await services.compressions.run({ source, how, ...(asArray && { asArray }) });
}

/** Takes the newest written file away again. */
export async function discardResult({ compressions }: CommandServices): Promise<void> {
  const uri = await compressions.discardLast();
  vscode.window.setStatusBarMessage(`$(trash) ${fileNameOf(uri)} was discarded.`, 5000);
}

/** Asks what is open yet. `undefined` when the user cancels. */
async function askAbout(
  services: CommandServices,
  source: vscode.Uri,
  {
    kind,
    options,
    questions,
  }: { readonly kind: CompressionKind; readonly options: object; readonly questions: Questions },
): Promise<CompressionHow | undefined> {
  const { verb, goal, toggles, syntheticWarning } = questions;
  const title = `${verb} ${fileNameOf(source)}`;
  const isOpen = goal?.isOpen(options) === true;
  const extent = isOpen ? await pickGoal(title, goal, await reportOf(services, source)) : {};
  if (extent === undefined) return undefined;
  const start = { ...options, ...extent };
  // One that may need data later asks then.
  if (!kind.needs(start).includes('samples')) return { kind: kind.id, options: start };
  const data = await dataFor(services, source, { title, syntheticWarning });
  if (data === undefined) return undefined;
  if (toggles.length === 0) return { kind: kind.id, data, options: start };
  const picked = await pickOptions({ title, go: `${verb} with these options`, options: start, toggles });
  return picked && { kind: kind.id, data, options: picked };
}

/** Which samples a compression works with. `undefined` when the user cancels. */
export async function dataFor(
  { compressions }: CommandServices,
  model: vscode.Uri,
  { title, syntheticWarning }: { readonly title: string; readonly syntheticWarning: string },
): Promise<DataChoice | undefined> {
  const project = await compressions.projectOf(model);
  return pickData({ title: `${title}: which data?`, model, project, syntheticWarning });
}

async function reportOf({ analyses }: CommandServices, uri: vscode.Uri): Promise<Report> {
  const { analysis, error } = await analyses.settled({ uri, costs: 'hints' });
  if (analysis === undefined) throw new HumanError('no-report', error ?? 'There is no report of this model yet.');
  return analysis.report;
}

function presetFrom(value: unknown): Preset {
  if (typeof value !== 'object' || value === null) return {};
  return 'data' in value || 'options' in value || 'asArray' in value ? (value as Preset) : {};
}
