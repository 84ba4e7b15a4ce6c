import * as vscode from 'vscode';
import { changeFile } from '../files/changing';
import { unfinishedName } from '../files/unfinished';
import { replaceFile } from '../files/writing';
import { readIfThere } from './reading';
import { confinementOf } from './workspaceFolders';

/**
 * THE way in which the host writes a file by its address where an existing one may go: whole or not at all, in the
 * place of a link and never through one. On other file systems as VS Code does.
 */
export async function replaceUri(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  if (uri.scheme === 'file') await replaceFile(uri.fsPath, bytes);
  else await vscode.workspace.fs.writeFile(uri, bytes);
}

/**
 * Changes a file that others change, too: on this machine while no other program does, within the workspace's folders.
 * Its folder is made where it is not there.
 */
export async function changeUri(
  uri: vscode.Uri,
  mostBytes: number,
  change: (before: Uint8Array | undefined) => Uint8Array,
): Promise<void> {
  if (uri.scheme === 'file') {
    await changeFile(uri.fsPath, { mostBytes, within: confinementOf(uri.fsPath) }, change);
    return;
  }
  const { fs } = vscode.workspace;
  const changed = change(await readIfThere(uri, mostBytes));
  const unfinished = vscode.Uri.joinPath(uri, '..', unfinishedName());
  await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  await fs.writeFile(unfinished, changed);
  await fs.rename(unfinished, uri, { overwrite: true });
}
