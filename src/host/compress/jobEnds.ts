import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { JobFile } from '../../protocol/jobs';
import type { JobEnds } from './jobThread';

/** Files of calibration data that are looked at, in a folder and the folders in it. */
const mostFiles = 100_000;

/** Serves a job's wishes from the workspace's file systems. */
export function jobEnds(progress: JobEnds['progress']): JobEnds {
  return {
    progress,
    listFiles: (address) => listFiles(vscode.Uri.parse(address, true)),
    readFile: async (address) => vscode.workspace.fs.readFile(vscode.Uri.parse(address, true)),
  };
}

/** The file itself, or all files in a folder and below it, by name. */
async function listFiles(place: vscode.Uri): Promise<readonly JobFile[]> {
  const stat = await statOf(place);
  if ((stat.type & vscode.FileType.Directory) === 0) {
    return [{ address: place.toString(), name: place.path.slice(place.path.lastIndexOf('/') + 1), bytes: stat.size }];
  }
  const files: JobFile[] = [];
  await gather(place, '', files);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function gather(folder: vscode.Uri, prefix: string, files: JobFile[]): Promise<void> {
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (files.length >= mostFiles || name.startsWith('.')) continue;
    const uri = vscode.Uri.joinPath(folder, name);
    if ((type & vscode.FileType.SymbolicLink) !== 0 && (type & vscode.FileType.Directory) !== 0) continue;
    if ((type & vscode.FileType.Directory) !== 0) await gather(uri, `${prefix}${name}/`, files);
    else files.push({ address: uri.toString(), name: `${prefix}${name}`, bytes: 0 });
  }
}

async function statOf(place: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(place);
  } catch {
    throw new HumanError(
      'data-missing',
      `The data ${place.toString(true)} are not there (any more). Choose other data.`,
    );
  }
}
