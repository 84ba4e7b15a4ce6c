import * as vscode from 'vscode';
import { firmwarePatterns } from '../../core/analysis/firmwareFiles';
import { kindOfPath, modelPattern, programKinds } from '../../core/formats/kinds';
import { mostBytesOf } from '../../files/limits';
import type { UnsavedFile } from '../../protocol/beside';
import type { ProgramChange } from '../../protocol/firmware';
import type { Choices } from '../choices';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { failureSentence } from '../log';
import { notebookText } from '../notebooks';
import { textOf } from '../places';
import { readIfThere } from '../reading';
import type { FirmwareThread } from './firmwareThread';
import type { SourceFiles } from './sourceFiles';

interface ProgramServices {
  readonly thread: FirmwareThread;
  readonly choices: Choices;
  readonly log: Log;
}

/** Programs of a folder of which more are not looked at. */
const mostPrograms = 400;
/** Programs that are sent at once: following one takes up to a second, and sources are answered between them. */
const lotSize = 4;
/** Milliseconds in which keys that are struck count as one change. */
const pauseMs = 400;

/** The programs of a workspace folder that may build the models of its firmware, followed once there are any. */
export class FolderPrograms {
  readonly #folder: vscode.Uri;
  readonly #sources: SourceFiles;
  readonly #services: ProgramServices;
  /** Told when what programs build may be something else. */
  readonly #read: () => void;
  readonly #disposables = new Disposables();
  readonly #changed = new Map<string, vscode.Uri>();
  /** What was chosen for programs that build models, by their addresses. */
  readonly #chosen = new Map<string, string>();
  #isFollowed = false;
  #generation = -1;
  #work?: Promise<void>;

  constructor(folder: vscode.Uri, sources: SourceFiles, services: ProgramServices, read: () => void) {
    this.#folder = folder;
    this.#sources = sources;
    this.#services = services;
    this.#read = read;
  }

  /** Looks for programs, the first time for all: the folder has firmware with models. */
  follow(): void {
    if (!this.#isFollowed) this.#begin();
    if (this.#generation === this.#services.thread.generation) return;
    this.#generation = this.#services.thread.generation;
    this.#start(async () => this.#discover());
  }

  /** What is chosen may be something else: programs for which it is are read again. */
  choicesChanged(): void {
    if (this.#chosen.size === 0) return;
    this.#start(async () => {
      for (const [address, chosen] of this.#chosen) {
        const uri = vscode.Uri.parse(address, true);
        if (JSON.stringify(await this.#choiceOf(uri)) !== chosen) this.#changed.set(address, uri);
      }
    });
  }

  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #begin(): void {
    this.#isFollowed = true;
    const { workspace } = vscode;
    const changed = (uri: vscode.Uri): void => {
      if (!this.#isProgram(uri)) return;
      this.#changed.set(uri.toString(), uri);
      this.#start();
    };
    const pattern = new vscode.RelativePattern(this.#folder, modelPattern(programKinds));
    const watcher = this.#disposables.add(workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#disposables.add(event(changed));
    }
    this.#disposables.add(workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)));
    this.#disposables.add(workspace.onDidCloseTextDocument(({ uri }) => changed(uri)));
    this.#disposables.add(workspace.onDidChangeNotebookDocument(({ notebook }) => changed(notebook.uri)));
    this.#disposables.add(workspace.onDidCloseNotebookDocument(({ uri }) => changed(uri)));
  }

  #isProgram(uri: vscode.Uri): boolean {
    return this.#sources.placeOf(uri) !== undefined && kindOfPath(uri.path, programKinds) !== undefined;
  }

  async #discover(): Promise<void> {
    const pattern = new vscode.RelativePattern(this.#folder, modelPattern(programKinds));
    const found = await vscode.workspace.findFiles(pattern, firmwarePatterns().leftOut, mostPrograms);
    for (const uri of found) this.#changed.set(uri.toString(), uri);
  }

  #start(before?: () => Promise<void>): void {
    const earlier = this.#work ?? Promise.resolve();
    const work = earlier.then(async () => {
      await before?.();
      await this.#sendAll();
    });
    const done = work
      .catch((error: unknown) => this.#services.log.warn(failureSentence(error, this.#services.log)))
      .finally(() => {
        if (this.#work === done) this.#work = undefined;
      });
    this.#work = done;
  }

  async #sendAll(): Promise<void> {
    if (this.#changed.size === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    let isNews = false;
    while (this.#changed.size > 0 && !this.#disposables.isDisposed) {
      const lot = [...this.#changed.values()].slice(0, lotSize);
      for (const uri of lot) this.#changed.delete(uri.toString());
      isNews = (await this.#send(lot)) || isNews;
    }
    if (isNews && !this.#disposables.isDisposed) this.#read();
  }

  /** Whether models were built by one of the programs, or are now. */
  async #send(lot: readonly vscode.Uri[]): Promise<boolean> {
    const changes = await Promise.all(lot.map(async (uri) => this.#present(uri)));
    const { built, outdated } = await this.#services.thread.updatePrograms({
      folder: this.#folder.toString(),
      ...(this.#folder.scheme === 'file' && { root: this.#folder.fsPath }),
      changes,
      unsaved: this.#unsaved(),
    });
    const known = new Set(built);
    let isNews = built.length > 0;
    for (const [index, uri] of lot.entries()) {
      const { path, choice } = changes[index];
      if (known.has(path)) this.#chosen.set(uri.toString(), JSON.stringify(choice));
      else isNews = this.#chosen.delete(uri.toString()) || isNews;
    }
    for (const path of outdated) {
      const uri = this.#sources.uriOf(path);
      this.#changed.set(uri.toString(), uri);
    }
    return isNews;
  }

  async #choiceOf(uri: vscode.Uri): Promise<ProgramChange['choice']> {
    return (await this.#services.choices.of(uri)).request.programChoice;
  }

  /** What stands in an editor, else what lies on disk, where the thread reads it itself. */
  async #present(uri: vscode.Uri): Promise<ProgramChange> {
    const path = this.#sources.placeOf(uri) ?? '';
    const choice = await this.#choiceOf(uri);
    const text = openText(uri);
    if (text !== undefined) return { path, choice, text };
    if (uri.scheme === 'file') return { path, choice, file: uri.fsPath };
    const bytes = await readIfThere(uri, mostBytesOf.source).catch(() => undefined);
    return bytes === undefined ? { path } : { path, choice, text: textOf(bytes) };
  }

  #unsaved(): readonly UnsavedFile[] {
    return vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file' && this.#isProgram(uri))
      .map((document) => ({ file: document.uri.fsPath, text: document.getText() }));
  }
}

/** Of a text or a notebook that is open and not saved. */
function openText(uri: vscode.Uri): string | undefined {
  const address = uri.toString();
  const isIt = (open: { readonly isDirty: boolean; readonly uri: vscode.Uri }): boolean =>
    open.isDirty && open.uri.toString() === address;
  const notebook = vscode.workspace.notebookDocuments.find(isIt);
  return notebook === undefined ? vscode.workspace.textDocuments.find(isIt)?.getText() : notebookText(notebook);
}
