import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MilliwattApi } from '../../../src/host/api';
import { eventually } from '../support/eventually';

/** The activated extension. */
export async function milliwatt(): Promise<MilliwattApi> {
  const extension = vscode.extensions.getExtension<MilliwattApi>('milliwatt.milliwatt');
  assert.ok(extension, 'The extension is not installed.');
  return extension.activate();
}

/** A file of the first workspace folder, or of the one named. */
export function workspaceFile(path: string, folder = 0): vscode.Uri {
  const opened = vscode.workspace.workspaceFolders?.at(folder);
  assert.ok(opened, `There is no workspace folder ${folder}.`);
  return vscode.Uri.joinPath(opened.uri, path);
}

/** The address at which a model's listing is served. */
export function listingAddress(model: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme: 'milliwatt', path: `${model.path}.mwl` });
}

/** Opens a model's listing in an editor, its analysis done. */
export async function openListing(model: vscode.Uri): Promise<vscode.TextEditor> {
  const api = await milliwatt();
  const document = await vscode.workspace.openTextDocument(listingAddress(model));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  await api.whenIdle(model);
  return editor;
}

/** Sets a setting of the workspace for as long as `use` runs. */
export async function withSetting<Result>(name: string, value: unknown, use: () => Promise<Result>): Promise<Result> {
  const set = (to: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('milliwatt').update(name, to, vscode.ConfigurationTarget.Workspace);
  await set(value);
  try {
    await (await milliwatt()).whenIdle();
    return await use();
  } finally {
    await set(undefined);
    await (await milliwatt()).whenIdle();
  }
}

/** The number of the first line that contains `text`. */
export function lineWith(document: vscode.TextDocument, text: string): number {
  const line = document
    .getText()
    .split('\n')
    .findIndex((each) => each.includes(text));
  assert.ok(line >= 0, `No line has "${text}":\n${document.getText()}`);
  return line;
}

/** The place of the first (or a later) occurrence of `text` on a line. */
export function placeOf(document: vscode.TextDocument, line: number, text: string): vscode.Position {
  const column = document.lineAt(line).text.indexOf(text);
  assert.ok(column >= 0, `Line ${line} has no "${text}": ${document.lineAt(line).text}`);
  return new vscode.Position(line, column);
}

/** The hints beside a document's lines, by line. */
export async function hintsOf(document: vscode.TextDocument): Promise<ReadonlyMap<number, string>> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<readonly vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  return new Map(hints.map(({ position, label }) => [position.line, textOfLabel(label)]));
}

/** What a hint shows. */
export function textOfLabel(label: vscode.InlayHint['label']): string {
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
}

/** The titles of the lenses above a document. */
export async function lensesOf(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

/** The text of the hover at a place. */
export async function hoverAt(uri: vscode.Uri, place: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    place,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

/** The codes of the problems at a document, in order. */
export function codesAt(uri: vscode.Uri): readonly string[] {
  return vscode.languages.getDiagnostics(uri).map(({ code }) => {
    if (typeof code === 'object') return String(code.value);
    return String(code);
  });
}

/** Waits until a document's text matches; gives the text. */
export function waitForListing(document: vscode.TextDocument, pattern: RegExp): Promise<string> {
  return eventually(() => {
    const text = document.getText();
    assert.match(text, pattern);
    return text;
  });
}

/** Closes all editors, also those with changes. */
export async function closeAll(): Promise<void> {
  for (const group of vscode.window.tabGroups.all) {
    for (const tab of group.tabs)
      if (tab.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
