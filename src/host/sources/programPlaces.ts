import * as vscode from 'vscode';
import type { SourcePlace } from '../../core/model/origin';
import type { Span } from '../../core/model/span';
import { fileUriOf, rangeOf } from '../places';
import type { LayerPlace } from '../placed/placedView';

/** Whether a place of a program, named from the folder of its model, lies in a document. */
export function isPlaceIn(document: vscode.TextDocument, model: vscode.Uri, { file, cell }: SourcePlace): boolean {
  const uri = vscode.Uri.joinPath(fileUriOf(model), '..', file);
  return cell === undefined ? isFile(document, uri) : isCell(document, uri, cell);
}

/** Where what a span of a program makes stands: of several lines the first is marked. */
export function placeAt(document: vscode.TextDocument, span: Span): LayerPlace {
  const range = document.validateRange(rangeOf(span));
  const mark = range.isSingleLine ? range : new vscode.Range(range.start, document.lineAt(range.start).range.end);
  return { range, name: mark, mark };
}

function isFile({ uri }: vscode.TextDocument, file: vscode.Uri): boolean {
  return uri.path === file.path && uri.scheme === file.scheme && uri.authority === file.authority;
}

function isCell(document: vscode.TextDocument, notebook: vscode.Uri, index: number): boolean {
  const open = vscode.workspace.notebookDocuments.find(({ uri }) => uri.path === notebook.path);
  return open !== undefined && index < open.cellCount && open.cellAt(index).document === document;
}
