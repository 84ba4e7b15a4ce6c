import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { FolderEntry, SampleFiles, SamplePlace } from '../../core/samples/sampleFiles';
import { filesBelow } from '../../core/samples/sampleFiles';
import { mostBytesOf } from '../../files/limits';
import { readUri } from '../reading';

/** Sample files of the workspace's file systems, by URI: for what no path leads to. */
export const workspaceFiles: SampleFiles = {
  list: async (place) => {
    const { type } = await statOf(place);
    return (type & vscode.FileType.Directory) === 0 ? [place] : filesBelow(place, entriesOf);
  },
  read: async ({ address }, mostBytes = mostBytesOf.samples) => readUri(vscode.Uri.parse(address, true), mostBytes),
};

async function entriesOf({ address }: SamplePlace): Promise<readonly FolderEntry[]> {
  const folder = vscode.Uri.parse(address, true);
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name, type]) => ({
    name,
    address: vscode.Uri.joinPath(folder, name).toString(),
    kind: kindOf(type),
  }));
}

function kindOf(type: vscode.FileType): FolderEntry['kind'] {
  if ((type & vscode.FileType.Directory) === 0) return 'file';
  return (type & vscode.FileType.SymbolicLink) === 0 ? 'folder' : 'neither';
}

async function statOf({ address, name }: SamplePlace): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(vscode.Uri.parse(address, true));
  } catch {
    throw new HumanError('data-missing', `The data ${name} are not there (any more). Choose other data.`);
  }
}
