import * as vscode from 'vscode';
import type { ExportedFile } from '../../core/export/exportFirmware';
import { exportStyles } from '../../core/export/exportStyles';
import { HumanError } from '../../core/model/problem';
import { lookup } from '../../core/text/lookup';
import { Disposables } from '../disposables';
import type { ExportedBefore, ExportPlace, ExportPlan } from '../export/exporting';
import { exportPlan, planAgain, projectOf, writeExported } from '../export/exporting';
import { fileNameOf, placeOf } from '../places';
import { modelFor } from './modelArgument';
import type { CommandServices } from './services';

/** What is decided without asking. */
interface ExportHow {
  /** Id of a style. */
  readonly style?: string;
  /** The project's folder. */
  readonly folder?: vscode.Uri;
  /** Files of people may be written over, too. */
  readonly force?: boolean;
}

/** Where texts are shown that would be written. */
const scheme = 'milliwatt-export';

/**
 * Writes the sources that run a model into its project, after showing which. A second argument decides without asking:
 * how, or where they were exported before.
 */
export async function exportFirmware(services: CommandServices, value?: unknown, given?: unknown): Promise<void> {
  const model = await modelFor(services, value);
  if (model === undefined) return;
  const before = isBefore(given) ? given : undefined;
  const how = before === undefined && typeof given === 'object' && given !== null ? (given as ExportHow) : undefined;
  const plan = before === undefined ? await newPlan(services, model, how) : await planAgain(services.exporting, before);
  if (plan === undefined) return;
  const { writes, edited, place, name } = plan;
  if (writes.length + edited.length === 0) {
    void vscode.window.showInformationMessage(`Everything is as it was exported: ${filesText(plan.files)}.`);
    return;
  }
  const chosen = await chosenFiles(plan, model, before !== undefined, how);
  if (chosen === undefined || chosen.length === 0) return;
  await writeExported(plan, chosen);
  if (before !== undefined) return;
  const header = plan.files.find(({ path }) => path.endsWith('.h'));
  if (header !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(place.folder, header.path));
  void vscode.window.showInformationMessage(`Exported ${filesText(chosen)}. ${place.style.next(name)}`);
}

function isBefore(given: unknown): given is ExportedBefore {
  return typeof given === 'object' && given !== null && 'model' in given && 'folder' in given && 'style' in given;
}

function filesText(files: readonly ExportedFile[]): string {
  return files.map(({ path }) => path).join(', ');
}

async function newPlan(
  services: CommandServices,
  model: vscode.Uri,
  how: ExportHow | undefined,
): Promise<ExportPlan | undefined> {
  const place = await placeFor(services, model, how);
  return place && exportPlan(services.exporting, model, place);
}

async function placeFor(
  { exporting }: CommandServices,
  model: vscode.Uri,
  { style: id, folder }: ExportHow = {},
): Promise<ExportPlace | undefined> {
  const found = await projectOf(exporting, model);
  const into = folder ?? found?.folder ?? rootOf(model);
  const named = exportStyles.find((style) => style.id === id) ?? found?.style;
  if (named !== undefined) return { folder: into, style: named };
  const rows = exportStyles.map((style) => ({ label: style.name, style }));
  const title = `Export ${fileNameOf(model)}: of which framework is the project?`;
  const row = await vscode.window.showQuickPick(rows, { title, placeHolder: 'Nothing in its folders says which' });
  return row && { folder: into, style: row.style };
}

/** Where no project shows: the workspace folder of the model, or the first one. */
function rootOf(model: vscode.Uri): vscode.Uri {
  const { workspaceFolders } = vscode.workspace;
  const root = vscode.workspace.getWorkspaceFolder(placeOf(model)) ?? workspaceFolders?.at(0);
  if (root !== undefined) return root.uri;
  throw new HumanError('no-folder', "Sources go into a project's folder. Open that folder first.");
}

/** The files that are to be written: what is certain without a question, else what a person picks. */
async function chosenFiles(
  plan: ExportPlan,
  model: vscode.Uri,
  isAgain: boolean,
  how: ExportHow | undefined,
): Promise<readonly ExportedFile[] | undefined> {
  if (how !== undefined) return how.force === true ? [...plan.writes, ...plan.edited] : plan.writes;
  return isAgain && plan.edited.length === 0 ? plan.writes : pickFiles(plan, model);
}

interface FileRow extends vscode.QuickPickItem {
  readonly file: ExportedFile;
}

const compare: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('diff'),
  tooltip: 'Show what would be written',
};

/** Shows which files would be written, and what becomes of those that are there. Nothing is written by looking. */
function pickFiles(plan: ExportPlan, model: vscode.Uri): Promise<readonly ExportedFile[] | undefined> {
  const { place, writes, edited, present } = plan;
  const open = new Disposables();
  const pick = open.add(vscode.window.createQuickPick<FileRow>());
  const row = (file: ExportedFile, description: string): FileRow => ({
    label: file.path,
    description,
    file,
    buttons: [compare],
  });
  const own = writes.map((file) => row(file, present.has(file.path) ? 'written again' : 'new'));
  const others = edited.map((file) => row(file, 'there already, and not as it was exported: would be lost'));
  const into = vscode.workspace.asRelativePath(place.folder, true);
  pick.title = `Export ${fileNameOf(model)} for ${place.style.name} into ${into}`;
  pick.placeholder = 'These files are written';
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = [...own, ...others];
  pick.selectedItems = own;
  open.add(pick.onDidTriggerItemButton(({ item }) => void showChange(plan, item.file)));
  return new Promise((resolve) => {
    open.add(pick.onDidAccept(() => finish(pick.selectedItems.map(({ file }) => file))));
    open.add(pick.onDidHide(() => finish(undefined)));
    const finish = (files: readonly ExportedFile[] | undefined): void => {
      resolve(files);
      open.dispose();
    };
    pick.show();
  });
}

/** The file that is there, or nothing, beside what would be written. */
async function showChange({ place, present }: ExportPlan, file: ExportedFile): Promise<void> {
  const uri = vscode.Uri.joinPath(place.folder, file.path);
  const texts = lookup({ before: '', after: file.text });
  // Its name says the language.
  const given = (side: string): vscode.Uri => vscode.Uri.from({ scheme, path: uri.path, query: side });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => texts[query],
  });
  try {
    const left = present.has(file.path) ? uri : given('before');
    // Documents are made while the provider is there; the diff shows them.
    await Promise.all([left, given('after')].map((each) => vscode.workspace.openTextDocument(each)));
    await vscode.commands.executeCommand('vscode.diff', left, given('after'), `${file.path} (would be written)`, {
      preserveFocus: true,
      preview: true,
    });
  } finally {
    provider.dispose();
  }
}
