import * as vscode from 'vscode';
import { HumanError } from '../core/model/problem';
import { bytesText } from '../core/text/units';
import { openFile } from '../files/opening';
import { readFile } from '../files/reading';
import { pathOf } from './places';
import { confinementOf } from './workspaceFolders';

/**
 * THE way in which the host reads a file by its address: of this machine as `files/reading` does, within the
 * workspace's folders where it has its name in one of them; of any other file system through VS Code, with the same
 * bound.
 * @throws HumanError in a complete sentence; `file-absent` where there is none
 */
export async function readUri(uri: vscode.Uri, mostBytes: number): Promise<Uint8Array> {
  const name = pathOf(uri);
  if (uri.scheme === 'file') return readFile(uri.fsPath, { name, mostBytes, within: confinementOf(uri.fsPath) });
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const bytes = size > mostBytes ? undefined : await vscode.workspace.fs.readFile(uri);
    if (bytes !== undefined && bytes.byteLength <= mostBytes) return bytes;
  } catch (error) {
    throw unreadable(error, name);
  }
  throw new HumanError(
    'file-too-large',
    `${name} has more than ${bytesText(mostBytes)}, which is the most that is read of such a file. Name a smaller one.`,
  );
}

/** Time and size of a file. @throws HumanError where its links lead in a circle, or nobody may look at it */
export async function statUri(uri: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (isAbsent(error)) throw error;
    // Opening says why, in a sentence.
    if (uri.scheme === 'file') await (await openFile(uri.fsPath, { name: pathOf(uri) })).close();
    throw unreadable(error, pathOf(uri));
  }
}

/** A whole file, as `readUri`; nothing where there is no such file. */
export async function readIfThere(uri: vscode.Uri, mostBytes: number): Promise<Uint8Array | undefined> {
  try {
    return await readUri(uri, mostBytes);
  } catch (error) {
    if (error instanceof HumanError && error.code === 'file-absent') return undefined;
    throw error;
  }
}

function unreadable(error: unknown, name: string): HumanError {
  const reason = isAbsent(error) ? 'there is no such file' : error instanceof Error ? error.message : String(error);
  return new HumanError(
    isAbsent(error) ? 'file-absent' : 'file-unreadable',
    `${name} cannot be read: ${reason}. Check the path and its permissions.`,
  );
}

function isAbsent(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
