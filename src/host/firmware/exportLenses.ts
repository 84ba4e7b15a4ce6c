import * as vscode from 'vscode';
import { stampOf } from '../../core/firmware/exportStamp';
import type { ExportedBefore } from '../export/exporting';
import { fileNameOf } from '../places';

/** What can be done with the model of a source that was exported, above its first line; nothing for other sources. */
export function exportLenses(document: vscode.TextDocument): readonly vscode.CodeLens[] {
  // The stamp of a file needs its first line alone.
  const stamp = stampOf(`${document.lineAt(0).text}\n`);
  if (stamp === undefined) return [];
  const folder = vscode.Uri.joinPath(document.uri, '..');
  const [path, fragment = ''] = stamp.model.split('#');
  const model = vscode.Uri.joinPath(folder, path).with({ fragment });
  const before: ExportedBefore = { model, folder, style: stamp.style };
  const commands = [
    { title: '$(export) Export again', command: 'milliwatt.exportFirmware', arguments: [model, before] },
    { title: `$(list-flat) ${fileNameOf(model)}`, command: 'milliwatt.openListing', arguments: [model] },
  ];
  return commands.map((command) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command));
}
