import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { CalibrationErrors } from '../../core/measure/calibrate';
import { percentText } from '../../core/text/units';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

const profilerFiles = ['milliwatt_profiler.h', 'README.md'];

/** Corrects the estimates of the model's board by what was measured on it, and says what that is worth. */
export async function calibrate(services: CommandServices, value?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const { calibration, quality, boardName } = await services.measure.calibrator.calibrate(model);
  const { layers, totals } = quality;
  const ofLayers =
    layers === undefined ? '' : ` Layers: ${errorText(layers.before)} before, ${errorText(layers.after)} now.`;
  const leftOut = totals.leftOut === undefined ? '' : ` Models left out of the fit: ${errorText(totals.leftOut)}.`;
  const sentence =
    `${boardName} is calibrated. Error of the whole: ${errorText(totals.before)} before, ${errorText(totals.after)} now.` +
    `${ofLayers}${leftOut} ${calibration.source}`;
  const undo = 'Take Back';
  void vscode.window.showInformationMessage(sentence, undo).then(async (chosen) => {
    if (chosen === undo) await vscode.commands.executeCommand('milliwatt.forgetCalibration', model);
  });
}

/** Takes the correction back. */
export async function forgetCalibration(services: CommandServices, value?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const had = await services.measure.calibrator.forget(model);
  const sentence = had
    ? 'The calibration is taken back: estimates are those of the tables again. The measurements are kept.'
    : 'The board of this model is not calibrated.';
  void vscode.window.showInformationMessage(sentence);
}

/** Removes the measurements of a model. */
export async function forgetMeasurements(services: CommandServices, value?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const { contentHash } = await services.analyses.settled({ uri: model, costs: 'hints' });
  await services.measure.store.change(model, (file) => ({
    ...file,
    measurements: file.measurements.filter((each) => each.model !== contentHash),
  }));
}

/** Removes the problems that boards reported. */
export function clearBoardProblems({ measure }: CommandServices): void {
  measure.problems.clear();
}

/** Copies the profiler for firmware into a folder that the user picks, and shows how it is used. */
export async function addProfiler({ extension }: CommandServices): Promise<void> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: 'Folder of the firmware’s sources',
    openLabel: 'Copy the profiler here',
    defaultUri: vscode.workspace.workspaceFolders?.at(0)?.uri,
  });
  const folder = picked?.at(0);
  if (folder === undefined) return;
  const from = vscode.Uri.joinPath(extension.extensionUri, 'examples', 'profiler');
  const to = vscode.Uri.joinPath(folder, profilerFiles[0]);
  try {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(from, profilerFiles[0]), to, { overwrite: false });
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileExists') throw error;
    throw new HumanError('file-exists', `${to.fsPath} is there already: it is left as it is.`);
  }
  await vscode.window.showTextDocument(to);
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(from, profilerFiles[1]));
}

function errorText({ median, worst }: CalibrationErrors): string {
  return median === worst ? percentText(median) : `${percentText(median)} (worst ${percentText(worst)})`;
}
