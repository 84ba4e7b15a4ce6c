import * as vscode from 'vscode';
import { isWithin } from '../files/opening';

/** The workspace folders that lie on this machine, as paths. */
export function folderPaths(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/**
 * The folders that a file may not be led out of by a link: those of the workspace for whatever has its name in one of
 * them. Nothing for a file elsewhere, which only the user can have named.
 */
export function confinementOf(path: string): readonly string[] | undefined {
  const folders = folderPaths();
  return isWithin(path, folders) ? folders : undefined;
}

/** Whether a place that a file of the workspace names lies in the workspace itself, as its path is written. */
export function isInWorkspace(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
