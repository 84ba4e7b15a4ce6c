import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { resultFilters } from '../../core/formats/kinds';
import { HumanError } from '../../core/model/problem';
import { mostBytesOf } from '../../files/limits';
import { fileNameOf, placeOf } from '../places';
import { readIfThere } from '../reading';
import type { ResultFolder } from './resultFile';
import { withSuffix, writeResult } from './resultFile';

/** A file that a compression wrote, and what it wrote, so that nothing else is ever taken away again. */
export interface WrittenResult {
  readonly uri: vscode.Uri;
  readonly sha256: string;
  /**
   * The file that the user let it take the place of: there is no way back to that one, so the result is not discarded
   * by itself.
   */
  readonly replaced?: boolean;
}

/**
 * Writes a result beside its source; asks for a place where that folder takes no files. Nothing when the user gives up.
 */
export async function writeBeside(
  source: vscode.Uri,
  suffix: string,
  bytes: Uint8Array,
): Promise<WrittenResult | undefined> {
  const sha256 = sha256Of(bytes);
  const place = placeOf(source);
  const folder = vscode.Uri.joinPath(place, '..');
  if (vscode.workspace.fs.isWritableFileSystem(folder.scheme) !== false) {
    try {
      const name = await writeResult(folderOf(folder), fileNameOf(place), suffix, bytes);
      return { uri: vscode.Uri.joinPath(folder, name), sha256 };
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError) || error.code !== 'NoPermissions') throw error;
    }
  }
  const uri = await askForPlace(withSuffix(fileNameOf(place), suffix, 1));
  if (uri === undefined) return undefined;
  if (uri.toString() === source.toString()) {
    throw new HumanError('result-over-source', 'The result is never written over its source. Choose another name.');
  }
  // The dialog has asked before it let a file be taken that is there.
  const replaced = (await statIfThere(uri)) !== undefined;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return { uri, sha256, replaced };
}

/** Takes a written file away again, unless it is not what was written any more. */
export async function discardResult({ uri, sha256, replaced }: WrittenResult): Promise<void> {
  if (replaced) {
    throw new HumanError(
      'result-replaced',
      `${fileNameOf(uri)} took the place of a file that was there before, which cannot be brought back. Delete it in the explorer if it is not wanted.`,
    );
  }
  const bytes = await readIfThere(uri, mostBytesOf.model);
  if (bytes === undefined) return;
  if (sha256Of(bytes) !== sha256) {
    throw new HumanError(
      'result-changed',
      `${fileNameOf(uri)} was changed since it was written, and is left alone. Delete it in the explorer if it is not wanted.`,
    );
  }
  await closeTabsOf(uri);
  await vscode.workspace.fs.delete(uri);
}

async function askForPlace(name: string): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.workspaceFolders?.at(0)?.uri;
  return vscode.window.showSaveDialog({
    title: 'The folder of the model takes no files: where is the result to go?',
    defaultUri: root && vscode.Uri.joinPath(root, name),
    filters: resultFilters(),
  });
}

/** A tab of a file that is gone would show an error. */
async function closeTabsOf(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ input }) => pathsOf(input).some((path) => isOf(path, uri))));
}

function pathsOf(input: unknown): readonly string[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original.path, input.modified.path];
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return [input.uri.path];
  return [];
}

function isOf(path: string, { path: file }: vscode.Uri): boolean {
  return path === file || path === `${file}.mwl`;
}

function folderOf(folder: vscode.Uri): ResultFolder {
  const { fs } = vscode.workspace;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    exists: async (name) => (await statIfThere(at(name))) !== undefined,
    write: async (name, bytes) => fs.writeFile(at(name), bytes),
    rename: async (from, to) => fs.rename(at(from), at(to), { overwrite: false }),
    remove: async (name) => fs.delete(at(name)),
  };
}

async function statIfThere(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
