import * as vscode from 'vscode';
import { mostBytesOf } from '../../files/limits';
import { fileUriOf, watchFile } from '../places';
import { notebookText } from '../notebooks';
import { readUri, statUri } from '../reading';
import type { FileOfModel, ModelSource, OpenDocuments } from './modelSource';
import { liveSource } from './modelSource';

/** The source of a model by its address: what is on disk, or what stands in an editor and is not saved. */
export function modelSourceOf(model: vscode.Uri): ModelSource {
  return liveSource(fileOf(model), openDocuments);
}

function fileOf(model: vscode.Uri): FileOfModel {
  const uri = fileUriOf(model);
  return {
    address: model.toString(),
    path: uri.path,
    file: uri.scheme === 'file' ? uri.fsPath : undefined,
    stat: async () => statUri(uri),
    read: async () => readUri(uri, mostBytesOf.model),
    onDidChange: (listener) => {
      const watcher = watchFile(uri);
      const changed = (seen: vscode.Uri): void => {
        if (seen.toString() === uri.toString()) listener();
      };
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(changed);
      return watcher;
    },
  };
}

/** Openings of documents so far: a document that is opened again is another object. */
const openings = new WeakMap<vscode.TextDocument | vscode.NotebookDocument, number>();
let lastOpening = 0;

function openingOf(document: vscode.TextDocument | vscode.NotebookDocument): number {
  const known = openings.get(document) ?? ++lastOpening;
  openings.set(document, known);
  return known;
}

const openDocuments: OpenDocuments = {
  unsaved: (address) => {
    const document = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && isOf(uri, address));
    if (document === undefined) return unsavedNotebook(address);
    return { opening: openingOf(document), version: document.version, text: () => document.getText() };
  },
  onDidChange: (address, listener) => {
    const changed = ({ uri }: { readonly uri: vscode.Uri }): void => {
      if (isOf(uri, address)) listener();
    };
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document)),
      vscode.workspace.onDidSaveTextDocument(changed),
      vscode.workspace.onDidCloseTextDocument(changed),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => changed(notebook)),
      vscode.workspace.onDidSaveNotebookDocument(changed),
      vscode.workspace.onDidCloseNotebookDocument(changed),
    );
  },
};

/** A notebook has a document for each cell; the file is what they are together. */
function unsavedNotebook(address: string): ReturnType<OpenDocuments['unsaved']> {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri, isDirty }) => isDirty && isOf(uri, address));
  return (
    notebook && {
      opening: openingOf(notebook),
      version: notebook.version,
      text: () => notebookText(notebook),
    }
  );
}

/** Whether a document is the file in which the model with this address lies. */
function isOf(document: vscode.Uri, address: string): boolean {
  return document.toString() === fileUriOf(vscode.Uri.parse(address, true)).toString();
}
