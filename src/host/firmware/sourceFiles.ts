import * as vscode from 'vscode';
import {
  firmwarePatterns,
  isFirmwareModel,
  isFirmwareSource,
  mostFirmwareFiles,
} from '../../core/analysis/firmwareFiles';
import { mostBytesOf } from '../../files/limits';
import type { SourceChange } from '../../protocol/firmware';
import { Disposables } from '../disposables';
import { textOf } from '../places';
import { readIfThere } from '../reading';

/** Sources and models of one workspace folder: which there are, and which change, on disk or in an editor. */
export class SourceFiles {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  readonly #folder: vscode.Uri;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
    this.onDidChange = this.#emitter.event;
    const changed = (uri: vscode.Uri): void => {
      if (this.pathOf(uri) !== undefined) this.#emitter.fire(uri);
    };
    const { workspace } = vscode;
    const { sources, models } = firmwarePatterns();
    for (const pattern of [sources, models]) {
      const watched = new vscode.RelativePattern(folder, pattern);
      const watcher = this.#disposables.add(workspace.createFileSystemWatcher(watched));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        this.#disposables.add(event(changed));
      }
    }
    this.#disposables.add(workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)));
    this.#disposables.add(workspace.onDidOpenTextDocument(({ uri }) => changed(uri)));
    this.#disposables.add(workspace.onDidCloseTextDocument(({ uri }) => changed(uri)));
  }

  /** All of them, as many as are looked at. */
  async all(): Promise<readonly vscode.Uri[]> {
    const { sources, models, leftOut } = firmwarePatterns();
    const found = await Promise.all(
      [sources, models].map((pattern) =>
        vscode.workspace.findFiles(new vscode.RelativePattern(this.#folder, pattern), leftOut, mostFirmwareFiles),
      ),
    );
    return found.flat().filter((uri) => this.pathOf(uri) !== undefined);
  }

  /** The path of a source or a model in the folder; nothing for what is none. */
  pathOf(uri: vscode.Uri): string | undefined {
    const name = this.placeOf(uri) ?? '';
    return isFirmwareSource(name) || isFirmwareModel(name) ? name : undefined;
  }

  /** The path of any file in the folder. */
  placeOf({ scheme, authority, path }: vscode.Uri): string | undefined {
    const root = this.#folder.path.replace(/\/?$/, '/');
    const isInside = scheme === this.#folder.scheme && authority === this.#folder.authority && path.startsWith(root);
    return isInside ? path.slice(root.length) : undefined;
  }

  /** Whether a file of the folder is a model. */
  isModel(uri: vscode.Uri): boolean {
    return isFirmwareModel(this.pathOf(uri) ?? '');
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, path);
  }

  /** What a source is now: what stands in an editor, else what lies on disk, where the thread reads it itself. */
  async present(uri: vscode.Uri): Promise<SourceChange> {
    const path = this.pathOf(uri) ?? '';
    const address = uri.toString();
    const { textDocuments } = vscode.workspace;
    const edited = textDocuments.find((document) => document.isDirty && document.uri.toString() === address);
    if (edited !== undefined) return { path, text: edited.getText() };
    if (uri.scheme === 'file') return { path, file: uri.fsPath };
    const bytes = await readIfThere(uri, mostBytesOf.source).catch(() => undefined);
    if (bytes === undefined) return { path };
    return this.isModel(uri) ? { path, bytes } : { path, text: textOf(bytes) };
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
