import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { textWith } from '../../core/project/projectEdit';
import { pickBoard } from '../boards/boardPicker';
import { pickRuntime } from '../boards/runtimePicker';
import { placeOf } from '../places';
import { ownProjectFile } from '../../core/project/fileNames';
import { modelFrom, pickModel } from './modelArgument';
import type { CommandServices } from './services';

/** Picks the board of a model and keeps the choice where it takes effect. A second argument chooses without asking. */
export async function chooseBoard(services: CommandServices, value?: unknown, board?: unknown): Promise<void> {
  const model = modelFrom(value) ?? services.open.active?.uri;
  const places = await services.choices.placesFor(model);
  const { board: chosen } = await services.choices.chosenFor(model);
  const picked =
    typeof board === 'string'
      ? { board, place: places.at(0) }
      : await pickBoard({ title: 'Board', chosen, detected: services.detected, places });
  if (picked?.place !== undefined) await services.choices.keep('board', picked.board, model, picked.place);
}

export async function chooseRuntime(services: CommandServices, value?: unknown): Promise<void> {
  const model = modelFrom(value) ?? services.open.active?.uri;
  const [place] = await services.choices.placesFor(model);
  const { runtime } = await services.choices.chosenFor(model);
  const picked = await pickRuntime(runtime, place);
  if (picked !== undefined) await services.choices.keep('runtime', picked.runtime, model, place);
}

/** Starts a `milliwatt.json` beside the model's workspace folder, with the present board and model. */
export async function createProject(services: CommandServices, value?: unknown): Promise<void> {
  const model = modelFrom(value) ?? services.open.active?.uri ?? (await pickModel('Choose the model to check'));
  if (model === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(placeOf(model))?.uri;
  if (folder === undefined) {
    throw new HumanError(
      'no-folder',
      'milliwatt.json belongs to a workspace folder. Open the folder of the model first.',
    );
  }
  const uri = vscode.Uri.joinPath(folder, ownProjectFile);
  if (!(await isThere(uri))) {
    const edit = new vscode.WorkspaceEdit();
    const text = projectText(boardOf(services, model), vscode.workspace.asRelativePath(placeOf(model), false));
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(uri);
}

/** The board of a model as it was chosen; nothing when none was. */
export function boardOf({ analyses }: CommandServices, model: vscode.Uri | undefined): string | undefined {
  if (model === undefined) return undefined;
  return analyses.current({ uri: model, costs: 'hints' })?.analysis?.report.target.board;
}

function projectText(board: string | undefined, modelPath: string): string {
  const withBoard = board === undefined ? '{}\n' : textWith('{}\n', ['board'], board);
  return `${textWith(withBoard, ['models'], [{ path: modelPath }]).trimEnd()}\n`;
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
