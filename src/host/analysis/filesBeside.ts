import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import { isJsonObject, parsedJson } from '../../core/text/json';
import type { Handlers } from '../../protocol/rpc';
import type { BesideFile, BesideQuestions } from '../../protocol/beside';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { bytesOf, fileUriOf, placeOf, watchFile } from '../places';
import { readUri } from '../reading';
import type { SourceChange } from './modelSource';

/** What threads ask about files beside models. */
export type BesideHandlers = Handlers<BesideQuestions>;

const absent = 'absent';

/**
 * Files beside models: read for the threads where no path leads to them, and followed for those who show a model, since
 * it is another one when such a file is. None is read outside of the model's folder of the workspace, or of its own
 * folder where it lies in none.
 */
export class FilesBeside implements Disposable {
  readonly #followed = new Map<string, Set<FollowedFiles>>();

  readonly handlers: BesideHandlers = {
    readBeside: ({ model, name, mostBytes }) => read(besideUri(model, name), mostBytes),
    stampBeside: ({ model, names }) => Promise.all(names.map((name) => stampOf(besideUri(model, name)))),
    usedBeside: ({ model, names }) => {
      for (const files of this.#followed.get(model) ?? []) files.add(names.map((name) => besideUri(model, name)));
    },
  };

  /** Calls `changed` when a file changes that is asked for beside a model from now on. */
  follow(model: vscode.Uri, changed: (change: SourceChange) => void): Disposable {
    const address = model.toString();
    const files = new FollowedFiles(changed);
    const all = this.#followed.get(address) ?? new Set();
    this.#followed.set(address, all.add(files));
    return {
      dispose: () => {
        files.dispose();
        all.delete(files);
        if (all.size === 0) this.#followed.delete(address);
      },
    };
  }

  dispose(): void {
    for (const all of this.#followed.values()) for (const files of all) files.dispose();
    this.#followed.clear();
  }
}

/** Files that are watched, each once, on disk and in editors. */
class FollowedFiles implements Disposable {
  readonly #changed: (change: SourceChange) => void;
  readonly #disposables = new Disposables();
  readonly #known = new Set<string>();

  constructor(changed: (change: SourceChange) => void) {
    this.#changed = changed;
    const edited = ({ uri }: vscode.TextDocument): void => {
      if (this.#known.has(uri.toString())) this.#changed('edit');
    };
    this.#disposables.add(vscode.workspace.onDidChangeTextDocument(({ document }) => edited(document)));
    // What was not saved counts no more.
    this.#disposables.add(vscode.workspace.onDidCloseTextDocument(edited));
  }

  add(uris: readonly (vscode.Uri | undefined)[]): void {
    for (const uri of uris) {
      if (uri === undefined || this.#known.has(uri.toString())) continue;
      this.#known.add(uri.toString());
      const watcher = this.#disposables.add(watchFile(uri));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
        event(() => this.#changed('disk'));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

async function read(uri: vscode.Uri | undefined, mostBytes: number): Promise<BesideFile> {
  const stamp = await stampOf(uri);
  const unsaved = uri && unsavedDocument(uri);
  if (unsaved !== undefined) return { stamp, bytes: bytesOf(unsaved.getText()) };
  if (uri === undefined || stamp === absent) return { stamp };
  try {
    return { stamp, bytes: await readUri(uri, mostBytes) };
  } catch (error) {
    if (error instanceof HumanError && error.code !== 'file-too-large') return { stamp };
    throw error;
  }
}

async function stampOf(uri: vscode.Uri | undefined): Promise<string> {
  if (uri === undefined) return absent;
  const unsaved = unsavedDocument(uri);
  if (unsaved !== undefined) return `unsaved ${unsaved.version}`;
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return `${mtime} ${size}`;
  } catch {
    return absent;
  }
}

/** The file in an editor, where it is not saved. */
function unsavedDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const address = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === address);
}

/** The file with a name relative to a model's folder; `undefined` where none of that name may be read. */
function besideUri(model: string, name: string): vscode.Uri | undefined {
  if (name.startsWith('/')) return undefined;
  const file = fileUriOf(vscode.Uri.parse(model, true));
  const folder = vscode.Uri.joinPath(file, '..');
  const root = vscode.workspace.getWorkspaceFolder(placeOf(file))?.uri ?? folder;
  const { path } = vscode.Uri.joinPath(folder, name);
  if (!path.startsWith(root.path.endsWith('/') ? root.path : `${root.path}/`)) return undefined;
  return file.scheme === 'git' ? inSameVersion(file, path) : file.with({ path });
}

/** Another file of the version that an address of VS Code's Git extension names: its query holds the path once more. */
function inSameVersion(file: vscode.Uri, path: string): vscode.Uri | undefined {
  const version = parsedJson(file.query);
  if (!isJsonObject(version)) return undefined;
  return file.with({ path, query: JSON.stringify({ ...version, path: vscode.Uri.file(path).fsPath }) });
}
