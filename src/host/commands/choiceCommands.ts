import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { textWith } from '../../core/project/projectEdit';
import { pickBoard } from '../boards/boardPicker';
import { pickRuntime } from '../boards/runtimePicker';
import type { FoundTarget } from '../buildTargets';
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

/** Writes what the project's build files say into its `milliwatt.json`, where it holds whatever they say later. */
export async function takeProposedTarget(services: CommandServices, value?: unknown): Promise<void> {
  const model = modelFrom(value) ?? services.open.active?.uri ?? (await pickModel('Choose the model of the project'));
  if (model === undefined) return;
  const found = await foundTarget(services, model);
  if (found.target.values.length === 0) throw nothingSaid();
  const isNews = await services.choices.takeProposed(model, found);
  const says = isNews
    ? `What the project is built for now stands in ${ownProjectFile}.`
    : 'Everything that the project says is chosen already.';
  vscode.window.setStatusBarMessage(`$(check) ${says}`, 5000);
}

/**
 * Picks the environment of a project that counts, or where it has none the folder of its build: its board, flags and
 * last build are then those of the figures. A second argument names it without asking.
 */
export async function chooseEnvironment(services: CommandServices, value?: unknown, name?: unknown): Promise<void> {
  const model = modelFrom(value) ?? services.open.active?.uri ?? (await pickModel('Choose the model of the project'));
  if (model === undefined) return;
  const found = await foundTarget(services, model);
  const { names, counts, title } = choicesOfBuild(found);
  if (names.length === 0) {
    throw new HumanError(
      'no-environments',
      'The build files of this project name no environments to choose from, and it was built in no folder that is known.',
    );
  }
  if (typeof name === 'string' && names.includes(name)) {
    await services.builds.choose(found, name);
    return;
  }
  const rows = names.map((environment) => ({
    label: environment === counts ? `$(check) ${environment}` : environment,
    environment,
  }));
  const picked = await vscode.window.showQuickPick<{ label: string; environment?: string }>(
    [{ label: 'As the project says' }, ...rows],
    { title },
  );
  if (picked !== undefined) await services.builds.choose(found, picked.environment);
}

interface BuildChoices {
  readonly names: readonly string[];
  /** The one that counts. */
  readonly counts?: string;
  readonly title: string;
}

function choicesOfBuild({ environments, environment, builds, build }: FoundTarget): BuildChoices {
  return environments.length > 0
    ? { names: environments, counts: environment, title: 'Environment of the build' }
    : { names: builds, counts: build, title: 'Folder of the build' };
}

async function foundTarget({ builds }: CommandServices, model: vscode.Uri): Promise<FoundTarget> {
  const found = await builds.of(model);
  if (found === undefined) throw nothingSaid();
  return found;
}

function nothingSaid(): HumanError {
  return new HumanError(
    'nothing-proposed',
    'No build file of this project says what it is built for. Choose a board with "Milliwatt: Choose Board".',
  );
}
