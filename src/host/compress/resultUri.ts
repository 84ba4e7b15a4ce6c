import { createHash, randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { resultFilters } from '../../core/formats/kinds';
import { HumanError } from '../../core/model/problem';
import { checkFolderWithin } from '../../files/folders';
import { mostBytesOf } from '../../files/limits';
import { codeOf } from '../../files/reasons';
import { removeLeftovers } from '../../files/unfinished';
import { checkCanWriteSync, moveToFreeName, removeFile, writeUnfinished } from '../../files/writing';
import { CancelledError } from '../../protocol/rpc';
import { fileNameOf, placeOf } from '../places';
import { readIfThere } from '../reading';
import { confinementOf } from '../workspaceFolders';
import { replaceUri } from '../writing';
import type { ResultEnd, ResultFolder } from './resultFile';
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

interface ResultToWrite {
  /** What is written at a place: the same model, in the format that the place's name says. */
  readonly contentAt: (uri: vscode.Uri) => Promise<Uint8Array>;
  /** Where the user wants it. */
  readonly chosen?: vscode.Uri;
}

/**
 * Finds out before the work of minutes whether the folder of a source takes files; else asks where the result is to go.
 * Nothing where it is to lie beside its source. @throws CancelledError when the user cancels
 */
export async function placeElsewhere(source: vscode.Uri, end: ResultEnd): Promise<vscode.Uri | undefined> {
  const place = placeOf(source);
  if (place.scheme !== 'file') return undefined;
  const folder = join(place.fsPath, '..');
  try {
    checkFolderWithin(folder, confinementOf(folder));
    checkCanWriteSync(join(folder, `.milliwatt-${randomUUID()}`));
    return undefined;
  } catch {
    const uri = await askForPlace(source, end);
    if (uri === undefined) throw new CancelledError();
    return uri;
  }
}

/**
 * Writes a result beside its source, or at the place that was chosen before; asks for a place where that folder takes
 * no files. `undefined` when the user cancels.
 */
export async function writeBeside(
  source: vscode.Uri,
  end: ResultEnd,
  { contentAt, chosen }: ResultToWrite,
): Promise<WrittenResult | undefined> {
  const place = placeOf(source);
  const folder = vscode.Uri.joinPath(place, '..');
  if (chosen === undefined && vscode.workspace.fs.isWritableFileSystem(folder.scheme) !== false) {
    try {
      const name = withSuffix(fileNameOf(place), end, 1);
      const content = await contentAt(vscode.Uri.joinPath(folder, name));
      const written = await writeResult(folderOf(folder), fileNameOf(place), end, content);
      return { uri: vscode.Uri.joinPath(folder, written), sha256: sha256Of(content) };
    } catch (error) {
      if (!takesNoFiles(error)) throw error;
    }
  }
  const uri = chosen ?? (await askForPlace(source, end));
  if (uri === undefined) return undefined;
  // The dialog has asked before it let a file be taken that is there.
  const replaced = (await statIfThere(uri)) !== undefined;
  const content = await contentAt(uri);
  await replaceUri(uri, content);
  return { uri, sha256: sha256Of(content), replaced };
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

/** Whether a folder refuses files, as against any other failure: another place may do. */
function takesNoFiles(error: unknown): boolean {
  if (error instanceof vscode.FileSystemError) return error.code === 'NoPermissions';
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '');
}

async function askForPlace(source: vscode.Uri, end: ResultEnd): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const name = withSuffix(fileNameOf(placeOf(source)), end, 1);
  const uri = await vscode.window.showSaveDialog({
    title: 'The folder of the model takes no files: where is the result to go?',
    defaultUri: root && vscode.Uri.joinPath(root, name),
    filters: resultFilters(end.extension),
  });
  if (uri?.toString() === source.toString()) {
    throw new HumanError('result-over-source', 'The result is never written over its source. Choose another name.');
  }
  return uri;
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
  if (folder.scheme === 'file') return ownFolder(folder.fsPath);
  const { fs } = vscode.workspace;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    exists: async (name) => (await statIfThere(at(name))) !== undefined,
    write: async (name, bytes) => fs.writeFile(at(name), bytes),
    rename: async (from, to) => fs.rename(at(from), at(to), { overwrite: false }),
    remove: async (name) => fs.delete(at(name)),
  };
}

/** A folder of this machine: what is written there is made for that, and never through a link. */
function ownFolder(folder: string): ResultFolder {
  const at = (name: string): string => join(folder, name);
  return {
    exists: (name) => Promise.resolve(lstatSync(at(name), { throwIfNoEntry: false }) !== undefined),
    write: async (name, bytes) => {
      checkFolderWithin(folder, confinementOf(folder));
      await removeLeftovers(at(name));
      await writeUnfinished(at(name), bytes);
    },
    rename: async (from, to) => {
      await Promise.resolve();
      moveToFreeName(at(from), at(to));
    },
    remove: (name) => removeFile(at(name)),
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
