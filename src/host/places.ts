import * as vscode from 'vscode';
import type { Span } from '../core/model/span';

/**
 * The file that a model lies in. The address of one of several models of a file carries the model's name as its
 * fragment.
 */
export function fileUriOf(model: vscode.Uri): vscode.Uri {
  return model.with({ fragment: '' });
}

/** The name of a file without its folders. */
export function fileNameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The name of a model's file, and which model of it where it has several: `train.py#model`. */
export function modelNameOf(uri: vscode.Uri): string {
  return uri.fragment === '' ? fileNameOf(uri) : `${fileNameOf(uri)}#${uri.fragment}`;
}

/** How a model is named to people and in reports: its path within the workspace, else its whole path. */
export function pathOf(uri: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(placeOf(fileUriOf(uri)), false);
  return uri.fragment === '' ? path : `${path}#${uri.fragment}`;
}

/**
 * Where a version of a file lies that another scheme serves (a commit's, through `git:`): settings are those of that
 * place.
 */
export function placeOf(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'git' ? vscode.Uri.file(uri.path) : uri;
}

/** A watcher of exactly one file, wherever it lies. */
export function watchFile(uri: vscode.Uri): vscode.FileSystemWatcher {
  // In a glob, `?` stands for any one character: names with brackets need no other escape.
  const pattern = fileNameOf(uri).replace(/[[\]{}*?!]/g, '?');
  return vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), pattern));
}

/** A text as bytes, and back: what `workspace.fs` deals in. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A place in a text as VS Code has it. */
export function rangeOf({ line, column, endLine, endColumn }: Span): vscode.Range {
  return new vscode.Range(line, column, endLine, endColumn);
}
