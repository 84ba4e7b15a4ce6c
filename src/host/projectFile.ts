import * as vscode from 'vscode';
import type { TextEdit } from '../core/model/problem';
import type { JsonPath, ProjectText } from '../core/project/projectEdit';
import { projectEdits } from '../core/project/projectEdit';
import { bytesOf, placeOf, rangeOf, textOf } from './places';
import { ownProjectFile } from '../core/project/fileNames';
import { mostBytesOf } from '../files/limits';
import { readIfThere } from './reading';

/**
 * The file that a choice about `model` belongs into, named by its address: the `milliwatt.json` that holds, or the one
 * that would be made. Nothing outside of a workspace folder.
 */
export async function projectFileFor(
  model: vscode.Uri,
  project: vscode.Uri | undefined,
): Promise<ProjectText | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(placeOf(model))?.uri;
  const uri = project ?? (folder && vscode.Uri.joinPath(folder, ownProjectFile));
  return uri && { file: uri.toString(), text: await presentText(uri) };
}

/** Edits, in files named by their addresses, as VS Code applies them. */
export function workspaceEdit(edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const { file, span, text, creates } of edits) {
    const uri = vscode.Uri.parse(file, true);
    if (creates === true) all.createFile(uri, { contents: bytesOf(text) });
    else all.replace(uri, rangeOf(span), text);
  }
  return all;
}

/** Applies edits and saves the files, where nobody looks at them yet. */
export async function applyAndSave(edits: readonly TextEdit[]): Promise<void> {
  await vscode.workspace.applyEdit(workspaceEdit(edits));
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file, true));
    await document.save();
  }
}

/**
 * Sets a value in the project file of a model, made where there is none, and saves it; nothing where there is no place
 * for one.
 */
export async function setInProjectFile(
  model: vscode.Uri,
  project: vscode.Uri | undefined,
  path: JsonPath,
  value: unknown,
): Promise<void> {
  const file = await projectFileFor(model, project);
  if (file !== undefined) await applyAndSave(projectEdits(file, path, () => value));
}

async function presentText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  const bytes = await readIfThere(uri, mostBytesOf.project);
  return bytes && textOf(bytes);
}
