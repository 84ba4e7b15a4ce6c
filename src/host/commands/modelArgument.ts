import * as vscode from 'vscode';
import type { FormatKind } from '../../core/formats/kinds';
import { isForeign, kindOfPath, modelFilters, modelPattern, trainedFileKinds } from '../../core/formats/kinds';
import { keyOfListing, listingScheme } from '../listing/listingAddress';
import { pathOf } from '../places';
import type { PlacedViews } from '../placed/placedView';
import type { CommandServices } from './services';

const mostOffered = 500;

/**
 * The model that a command is about: the one it was started on, else that of the active tab, else the one at the
 * cursor, else one that the user picks.
 */
export async function modelFor({ open, views }: CommandServices, value: unknown): Promise<vscode.Uri | undefined> {
  return modelFrom(value) ?? open.active?.uri ?? modelAtCursor(views) ?? (await pickModel('Choose a model'));
}

/**
 * The trained file that a command is about: the one it was started on, else what is in view, also as text where its
 * name says that it is one, else one that the user picks.
 */
export async function trainedFileFor(
  { open, views }: CommandServices,
  value: unknown,
): Promise<vscode.Uri | undefined> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const inView = [open.active?.uri, shown && isTrainedFile(shown) ? shown : undefined, modelAtCursor(views)];
  const found = modelFrom(value) ?? inView.find((uri) => uri !== undefined && isForeign(uri.path));
  return found ?? pickModel('Convert which file?', { kinds: trainedFileKinds });
}

function isTrainedFile({ path }: vscode.Uri): boolean {
  return trainedFileKinds.some(({ id }) => id === kindOfPath(path)?.id);
}

interface Offered {
  readonly without?: vscode.Uri;
  readonly kinds?: readonly FormatKind[];
}

/** Of the models of the active document the last one that begins at or above the cursor, else the first. */
function modelAtCursor(views: PlacedViews): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const found = [...views.current(editor.document)].sort((left, right) => left.head.start.line - right.head.start.line);
  const above = found.filter(({ head }) => head.start.line <= editor.selection.active.line);
  return (above.at(-1) ?? found.at(0))?.key.uri;
}

/** A model named by an argument of a command. */
export function modelFrom(value: unknown): vscode.Uri | undefined {
  if (!(value instanceof vscode.Uri)) return undefined;
  return value.scheme === listingScheme ? keyOfListing(value).uri : value;
}

/** Lets the user pick a model of the workspace, or any file. */
export async function pickModel(title: string, { without, kinds }: Offered = {}): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles(modelPattern(kinds), '**/node_modules/**', mostOffered);
  const others = files.filter((file) => file.toString() !== without?.toString());
  const browse = { label: '$(folder-opened) Browse…', uri: undefined };
  const rows = others.map((uri) => ({ label: pathOf(uri), uri })).sort((a, b) => (a.label < b.label ? -1 : 1));
  const row = await vscode.window.showQuickPick([...rows, browse], { title });
  if (row === undefined) return undefined;
  return row.uri ?? browseForModel(title);
}

async function browseForModel(title: string): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({ title, filters: modelFilters() });
  return files?.at(0);
}
