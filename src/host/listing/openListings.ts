import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { keyOfListing, listingScheme } from './listingAddress';
import { contentOf, refusal } from './listingContent';
import type { ListingFileSystem } from './listingFileSystem';

/** Milliseconds for which the refusal of a change stays in the status bar. */
const refusalMs = 6000;

/** Follows the open listings: keeps their models analysed, and takes typing back at once. */
export class OpenListings {
  readonly onDidChange: vscode.Event<void>;
  readonly #analyses: Analyses;
  readonly #files: ListingFileSystem;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #holds = new Map<string, Disposable>();
  readonly #reverting = new Set<string>();

  constructor(analyses: Analyses, files: ListingFileSystem) {
    this.#analyses = analyses;
    this.#files = files;
    this.onDidChange = this.#emitter.event;
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
    this.#disposables.add(vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)));
    this.#disposables.add(vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === listingScheme && document.isDirty) void this.#revert(document);
      }),
    );
  }

  /** The documents of all open listings. */
  get documents(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === listingScheme);
  }

  /** Resolves once the open listings of a model (or all) show its present analysis. */
  async whenShown(model?: vscode.Uri): Promise<void> {
    for (const document of this.documents) {
      const key = keyOfListing(document.uri);
      if (model !== undefined && key.uri.toString() !== model.toString()) continue;
      await this.#whenTextIs(document, () => {
        const state = this.#analyses.current(key);
        return state && contentOf(state);
      });
    }
  }

  dispose(): void {
    for (const hold of this.#holds.values()) hold.dispose();
    this.#disposables.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (document.uri.scheme !== listingScheme) return;
    const name = document.uri.toString();
    if (!this.#holds.has(name)) this.#holds.set(name, this.#analyses.hold(keyOfListing(document.uri)));
    this.#emitter.fire();
  }

  #closed(document: vscode.TextDocument): void {
    if (document.uri.scheme !== listingScheme) return;
    const name = document.uri.toString();
    this.#holds.get(name)?.dispose();
    this.#holds.delete(name);
    this.#files.release(document.uri);
    this.#emitter.fire();
  }

  /** Takes a change back: by the editor's own command where the listing is active, else by putting the text back. */
  async #revert(document: vscode.TextDocument): Promise<void> {
    const name = document.uri.toString();
    if (this.#reverting.has(name)) return;
    this.#reverting.add(name);
    try {
      const key = keyOfListing(document.uri);
      vscode.window.setStatusBarMessage(`$(lock) ${refusal({ key })}`, refusalMs);
      if (vscode.window.activeTextEditor?.document === document) {
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
      if (document.isDirty) await this.#putBack(document);
    } finally {
      this.#reverting.delete(name);
    }
  }

  async #putBack(document: vscode.TextDocument): Promise<void> {
    const state = this.#analyses.current(keyOfListing(document.uri));
    if (state === undefined) return;
    const edit = new vscode.WorkspaceEdit();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, whole, contentOf(state));
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }

  async #whenTextIs(document: vscode.TextDocument, expected: () => string | undefined): Promise<void> {
    while (!document.isClosed) {
      const text = expected();
      if (text === undefined || document.getText() === text) return;
      await new Promise<void>((resolve) => {
        const disposables = new Disposables();
        const done = (): void => {
          disposables.dispose();
          resolve();
        };
        disposables.add(vscode.workspace.onDidChangeTextDocument(done));
        disposables.add(vscode.workspace.onDidCloseTextDocument(done));
        disposables.add(this.#analyses.onDidChange(done));
      });
    }
  }
}
