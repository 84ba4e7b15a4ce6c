import * as vscode from 'vscode';
import type { Origin } from '../../core/model/origin';
import { cellOf } from '../notebooks';
import { rangeOf } from '../places';

/** Where in the workspace an operator came from; `undefined` where its file lies outside, or nothing is known of it. */
export function originLocation(model: vscode.Uri, origin: Origin | undefined): vscode.Location | undefined {
  if (origin?.place === undefined) return undefined;
  const { file, span, cell } = origin.place;
  const uri = vscode.Uri.joinPath(model, '..', file).with({ query: '', fragment: '' });
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return undefined;
  const start = new vscode.Range(0, 0, 0, 0);
  if (cell === undefined) return new vscode.Location(uri, span === undefined ? start : rangeOf(span));
  const document = cellOf(uri, cell);
  // A notebook that is not open has no cells yet: then its file is all that can be named.
  return document === undefined
    ? new vscode.Location(uri, start)
    : new vscode.Location(document.uri, span === undefined ? start : rangeOf(span));
}
