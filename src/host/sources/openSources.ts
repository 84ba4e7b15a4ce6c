import * as vscode from 'vscode';
import type { Disposable } from '../disposables';
import { notebookText } from '../notebooks';
import type { FoundModel } from '../../core/formats/foundModel';
import type { OpenSource } from './followedSource';

/** What happens to the open files of a kind. */
interface SourceEvents {
  readonly opened: (source: OpenSource) => void;
  readonly changed: (uri: vscode.Uri) => void;
  readonly closed: (uri: vscode.Uri) => void;
}

/** Tells of the texts that match a selector, those that are open already first. */
export function followTexts(selector: vscode.DocumentSelector, events: SourceEvents): Disposable {
  const { workspace } = vscode;
  const opened = (document: vscode.TextDocument): void => {
    if (vscode.languages.match(selector, document) > 0) events.opened(new OpenText(document));
  };
  workspace.textDocuments.forEach(opened);
  return vscode.Disposable.from(
    workspace.onDidOpenTextDocument(opened),
    workspace.onDidCloseTextDocument(({ uri }) => events.closed(uri)),
    workspace.onDidChangeTextDocument(({ document }) => events.changed(document.uri)),
  );
}

/** Tells of open notebooks in the same way. */
export function followNotebooks(events: SourceEvents): Disposable {
  const { workspace } = vscode;
  const opened = (notebook: vscode.NotebookDocument): void => {
    if (isPythonNotebook(notebook)) events.opened(new OpenNotebook(notebook));
  };
  workspace.notebookDocuments.forEach(opened);
  return vscode.Disposable.from(
    workspace.onDidOpenNotebookDocument(opened),
    workspace.onDidCloseNotebookDocument(({ uri }) => events.closed(uri)),
    workspace.onDidChangeNotebookDocument(({ notebook }) => events.changed(notebook.uri)),
  );
}

function isPythonNotebook({ uri }: vscode.NotebookDocument): boolean {
  return uri.path.toLowerCase().endsWith('.ipynb');
}

class OpenText implements OpenSource {
  readonly documents: readonly [vscode.TextDocument];

  constructor(document: vscode.TextDocument) {
    this.documents = [document];
  }

  get uri(): vscode.Uri {
    return this.documents[0].uri;
  }

  get version(): number {
    return this.documents[0].version;
  }

  getText(): string {
    return this.documents[0].getText();
  }

  documentOf(): vscode.TextDocument {
    return this.documents[0];
  }
}

class OpenNotebook implements OpenSource {
  readonly #notebook: vscode.NotebookDocument;

  constructor(notebook: vscode.NotebookDocument) {
    this.#notebook = notebook;
  }

  get uri(): vscode.Uri {
    return this.#notebook.uri;
  }

  get version(): number {
    return this.#notebook.version;
  }

  get documents(): readonly vscode.TextDocument[] {
    return this.#notebook.getCells().map(({ document }) => document);
  }

  getText(): string {
    return notebookText(this.#notebook);
  }

  documentOf({ place }: FoundModel): vscode.TextDocument | undefined {
    const cell = place?.cell;
    return cell === undefined || cell >= this.#notebook.cellCount ? undefined : this.#notebook.cellAt(cell).document;
  }
}
