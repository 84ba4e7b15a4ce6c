import * as vscode from 'vscode';
import { placeOf, textOf } from '../places';
import { ownProjectFile } from '../../core/project/fileNames';
import type { JsonPath } from './projectEdit';
import { changesFor, emptyProjectText, textWith, valueAt } from './projectEdit';

/** The `milliwatt.json` that holds for a model, or the one that would be made for it; absent outside of a workspace folder. */
export interface ProjectFile {
  readonly uri: vscode.Uri;
  readonly exists: boolean;
  /** Its present text, unsaved changes included. */
  readonly text: string;
}

/** Finds the file that a choice about `model` belongs into. */
export async function projectFileFor(
  model: vscode.Uri,
  project: vscode.Uri | undefined,
): Promise<ProjectFile | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(placeOf(model))?.uri;
  const uri = project ?? (folder && vscode.Uri.joinPath(folder, ownProjectFile));
  if (uri === undefined) return undefined;
  const text = await presentText(uri);
  return { uri, exists: text !== undefined, text: text ?? emptyProjectText };
}

/** An edit that changes the value at `path` by what it was; creates the file where there is none. */
export function projectEdit(
  file: ProjectFile,
  path: JsonPath,
  change: (before: unknown) => unknown,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const value = change(valueAt(file.text, path));
  if (!file.exists) {
    edit.createFile(file.uri, { contents: new TextEncoder().encode(textWith(file.text, path, value)) });
    return edit;
  }
  for (const { offset, length, text } of changesFor(file.text, path, value)) {
    edit.replace(
      file.uri,
      new vscode.Range(positionIn(file.text, offset), positionIn(file.text, offset + length)),
      text,
    );
  }
  return edit;
}

/** Applies an edit and saves the file, where nobody looks at it yet. */
export async function applyAndSave(edit: vscode.WorkspaceEdit, file: ProjectFile): Promise<void> {
  await vscode.workspace.applyEdit(edit);
  const document = await vscode.workspace.openTextDocument(file.uri);
  await document.save();
}

async function presentText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return textOf(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(before.length - 1, before[before.length - 1].length);
}
