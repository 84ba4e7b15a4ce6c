import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { modelEditorType } from '../openModels';
import { modelFor, modelFrom } from './modelArgument';
import type { CommandServices } from './services';

/** Opens the listing of a model, at the line of a layer when one is given. */
export async function openListing(services: CommandServices, value?: unknown, layer?: unknown): Promise<void> {
  const uri = await modelFor(services, value);
  if (uri === undefined) return;
  const state = await services.analyses.settled({ uri, costs: 'hints' });
  const location = services.listings.locationOf(state, typeof layer === 'number' ? layer : undefined);
  if (location === undefined) return;
  const listing = await vscode.workspace.openTextDocument(location.uri);
  await show(listing, typeof layer === 'number' ? location.range : undefined);
}

/** Goes to where a layer of a model stands in a document. */
export async function revealLayer({ views }: CommandServices, ...values: readonly unknown[]): Promise<void> {
  const [value, layer, model] = values;
  if (!(value instanceof vscode.Uri) || typeof layer !== 'number' || !(model instanceof vscode.Uri)) return;
  const document = await vscode.workspace.openTextDocument(value);
  const view = views.current(document).find(({ key }) => key.uri.toString() === model.toString());
  const start = view?.placeOf(layer)?.name.start;
  await show(document, start && new vscode.Range(start, start));
}

async function show(document: vscode.TextDocument, selection: vscode.Range | undefined): Promise<void> {
  await vscode.window.showTextDocument(document, { preview: false, selection });
}

/** Opens a model in the model editor, with the layer at the cursor selected. */
export async function openModel(services: CommandServices, value?: unknown): Promise<void> {
  const uri = await modelFor(services, value);
  if (uri === undefined) return;
  const layer = layerAtCursor(services, uri);
  await vscode.commands.executeCommand('vscode.openWith', uri, modelEditorType);
  if (layer !== undefined) services.editors.reveal(uri, layer);
}

/** From the model editor to the listing and back. */
export async function toggleListing(services: CommandServices, value?: unknown): Promise<void> {
  const uri = modelFrom(value) ?? services.open.active?.uri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom) await openListing(services, uri);
  else await openModel(services, uri);
}

/** The model that travels with the extension: there is something to see without a folder. */
export async function openSample(services: CommandServices): Promise<void> {
  const uri = vscode.Uri.joinPath(services.extension.extensionUri, 'examples', 'digits', 'digits_float.tflite');
  await vscode.commands.executeCommand('vscode.openWith', uri, modelEditorType);
}

export async function copyReport(services: CommandServices, value?: unknown): Promise<void> {
  const uri = await modelFor(services, value);
  if (uri === undefined) return;
  const { analysis, error } = await services.analyses.settled({ uri, costs: 'hints' });
  if (analysis === undefined) throw new HumanError('no-report', error ?? 'There is no report of this model yet.');
  await vscode.env.clipboard.writeText(`${JSON.stringify(analysis.report, null, 2)}\n`);
  vscode.window.setStatusBarMessage('$(clippy) The report was copied as JSON.', 5000);
}

export function refresh({ analyses, open }: CommandServices, value?: unknown): void {
  analyses.refresh(modelFrom(value) ?? open.active?.uri);
}

export async function explainRule({ rules }: CommandServices, code?: unknown): Promise<void> {
  if (typeof code === 'string') await rules.show(code);
}

/** Says why an action cannot be done: disabled actions are invisible, so there is one that explains. */
export async function sayWhyNot(_services: CommandServices, sentence?: unknown): Promise<void> {
  if (typeof sentence === 'string') await vscode.window.showInformationMessage(sentence);
}

export async function openSettings({ extension }: CommandServices): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extension.id}`);
}

export async function openWalkthrough({ extension }: CommandServices): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#getStarted`, false);
}

export function showLog({ log }: CommandServices): void {
  log.show();
}

function layerAtCursor({ views }: CommandServices, model: vscode.Uri): number | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const view = views.current(editor.document).find(({ key }) => key.uri.toString() === model.toString());
  return view?.layersAt(editor.selection.active.line).at(0);
}
