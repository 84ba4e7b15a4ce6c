import * as vscode from 'vscode';
import { projectEdits } from '../../core/project/projectEdit';
import type { DataChoice } from '../../protocol/jobs';
import { placeOf } from '../places';
import { applyAndSave, projectFileFor } from '../projectFile';
import type { LoadedProject } from '../project';
import { entryOf } from '../project';
import { isFollowed } from '../trust';
import { isInWorkspace } from '../workspaceFolders';
import { withCalibration } from './calibrationEntry';

/** What is asked for, and for which model. */
interface DataQuestion {
  readonly title: string;
  readonly model: vscode.Uri;
  readonly project?: LoadedProject;
  /** What random numbers mean for the result. */
  readonly syntheticWarning: string;
}

const fileKinds = ['npy', 'npz', 'csv', 'wav', 'png', 'jpg', 'jpeg', 'bmp'];

interface DataRow extends vscode.QuickPickItem {
  readonly choose: () => Promise<DataChoice | undefined> | DataChoice;
}

/**
 * Asks which data a model is calibrated, tuned or tried with. What `milliwatt.json` names comes first; another choice
 * is written there for the next time. `undefined` when the user cancels.
 */
export async function pickData(question: DataQuestion): Promise<DataChoice | undefined> {
  const remembered = rememberedData(question);
  const row = await vscode.window.showQuickPick(rowsFor(question, remembered), {
    title: question.title,
    placeHolder: 'Inputs that are like those on the device give the best result',
    matchOnDescription: true,
  });
  const choice = await row?.choose();
  if (choice?.kind === 'files' && choice.address !== remembered?.address) await remember(question, choice.address);
  return choice;
}

/** The data that `milliwatt.json` names for a model; none outside of the workspace, or of one that is not trusted. */
export function rememberedData({
  model,
  project,
}: Pick<DataQuestion, 'model' | 'project'>): (DataChoice & { readonly kind: 'files' }) | undefined {
  const path = project && entryOf(project, model)?.calibration;
  if (project === undefined || path === undefined || !isFollowed('models[].calibration')) return undefined;
  const place = vscode.Uri.joinPath(project.uri, '..', path);
  return isInWorkspace(place) ? { kind: 'files', address: place.toString(), name: path } : undefined;
}

function rowsFor(
  { syntheticWarning }: DataQuestion,
  remembered: (DataChoice & { readonly kind: 'files' }) | undefined,
): readonly DataRow[] {
  const last: readonly DataRow[] =
    remembered === undefined
      ? []
      : [{ label: `$(database) ${remembered.name}`, description: 'as milliwatt.json says', choose: () => remembered }];
  return [
    ...last,
    {
      label: '$(folder) A folder…',
      detail: 'Pictures (PNG, JPEG, BMP), sounds (WAV) or arrays (.npy); folders in it count as classes',
      choose: () => browse({ canSelectFolders: true, canSelectFiles: false }),
    },
    {
      label: '$(file) A file…',
      detail: 'Arrays (.npy, .npz) or a table (CSV), one sample a row',
      choose: () => browse({ canSelectFiles: true, filters: { Samples: fileKinds, 'All files': ['*'] } }),
    },
    {
      label: '$(warning) Random numbers',
      detail: syntheticWarning,
      choose: () => ({ kind: 'synthetic' }),
    },
  ];
}

async function browse(options: vscode.OpenDialogOptions): Promise<DataChoice | undefined> {
  const picked = (await vscode.window.showOpenDialog({ ...options, openLabel: 'Use' }))?.at(0);
  return picked && { kind: 'files', address: picked.toString(), name: vscode.workspace.asRelativePath(picked, false) };
}

/** Writes the choice into the project file, where there is one and the data lie beside it or below. */
async function remember({ model, project }: DataQuestion, address: string): Promise<void> {
  if (project === undefined) return;
  const folder = vscode.Uri.joinPath(project.uri, '..').path;
  const data = vscode.Uri.parse(address, true).path;
  const file = await projectFileFor(model, project.uri);
  if (!data.startsWith(`${folder}/`) || file === undefined) return;
  const modelPath = placeOf(model).path;
  if (!modelPath.startsWith(`${folder}/`)) return;
  const entry = { path: modelPath.slice(folder.length + 1), calibration: data.slice(folder.length + 1) };
  await applyAndSave(projectEdits(file, ['models'], (models) => withCalibration(models, entry)));
}
