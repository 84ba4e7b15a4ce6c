import * as vscode from 'vscode';
import { buildFilePattern, projectAbove, vendoredPattern } from '../core/buildFiles/fileNames';
import type { ProjectRoom } from '../core/firmwareRules/projectRooms';
import type { ProjectTarget } from '../core/buildFiles/projectTargets';
import { mostBytesOf } from '../files/limits';
import type { SourceChange, UpdateBuildFilesMessage, UpdateBuildFilesReply } from '../protocol/firmware';
import { Disposables } from './disposables';
import type { Log } from './log';
import { failureSentence } from './log';
import { placeOf, textOf } from './places';
import { readIfThere } from './reading';

/** Where build files are read: the thread that keeps the index of firmware. */
interface BuildReader {
  /** Grows with each thread that has ended, and with it what it was told. */
  readonly generation: number;
  updateBuild(message: Omit<UpdateBuildFilesMessage, 'type'>): Promise<UpdateBuildFilesReply>;
}

/** What the project of a file is built for. */
export interface FoundTarget extends ProjectTarget {
  /** What its last build leaves to a model. */
  readonly room?: ProjectRoom;
  /** The workspace folder that it lies in. */
  readonly root: vscode.Uri;
}

/** What is known of the build files of one workspace folder. */
interface FolderState {
  readonly changed: Map<string, vscode.Uri>;
  generation: number;
  targets: readonly ProjectTarget[];
  work?: Promise<void>;
}

/** Build files of a folder that are looked at. */
const mostFiles = 5000;
/** Folders in which nobody keeps build files of his own, whatever their names say, nor copies of libraries. */
const leftOut = '**/{node_modules,.git,.venv,venv,third_party,tflite-micro}/**';
const leftOutOfCopies = '**/{node_modules,.git,.venv,venv,build,managed_components}/**';
/** Files of copies of TFLM that are looked at: some thirty tell the version of one. */
const mostCopied = 500;
/** Where environments that were chosen are kept. */
const memoryKey = 'buildEnvironments';

/** Follows the build files of all workspace folders: read at first need, then what changes. Nothing of them is run. */
export class BuildTargets {
  readonly onDidChange: vscode.Event<void>;
  readonly #reader: BuildReader;
  readonly #memory: vscode.Memento;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #folders = new Map<string, FolderState>();
  /** By the address of the workspace folder. */
  readonly #rooms = new Map<string, readonly ProjectRoom[]>();

  constructor(reader: BuildReader, memory: vscode.Memento, log: Log) {
    this.#reader = reader;
    this.#memory = memory;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
    for (const pattern of [buildFilePattern(), vendoredPattern()]) {
      const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        this.#disposables.add(event((uri) => this.#changed(uri)));
      }
    }
    this.#disposables.add(
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
        for (const { uri } of removed) this.#folders.delete(uri.toString());
        this.#emitter.fire();
      }),
    );
  }

  /** What the project of a file is built for; nothing where no project says. */
  async of(file: vscode.Uri): Promise<FoundTarget | undefined> {
    const place = placeOf(file);
    const root = vscode.workspace.getWorkspaceFolder(place)?.uri;
    if (root === undefined) return undefined;
    const targets = await this.#targetsIn(root);
    const found = projectAbove(targets, place.path.slice(root.path.replace(/\/?$/, '/').length));
    const room = this.#rooms.get(root.toString())?.find(({ folder }) => folder === found?.folder);
    return found && { ...found, root, ...(room === undefined ? {} : { room }) };
  }

  /** Keeps which environment of a project counts; nothing for what its files say. */
  async choose({ root, folder }: FoundTarget, environment: string | undefined): Promise<void> {
    const key = keyOf(root, folder);
    const others = Object.entries(this.#chosen).filter(([each]) => each !== key);
    const chosen = environment === undefined ? others : [...others, [key, environment]];
    await this.#memory.update(memoryKey, Object.fromEntries(chosen));
    const state = this.#folders.get(root.toString());
    if (state !== undefined) state.generation = -1;
    this.#emitter.fire();
  }

  /** Takes in what the last builds of a workspace folder leave to models. */
  takeRooms(root: vscode.Uri, rooms: readonly ProjectRoom[]): void {
    const before = this.#rooms.get(root.toString()) ?? [];
    this.#rooms.set(root.toString(), rooms);
    if (JSON.stringify(before) !== JSON.stringify(rooms)) this.#emitter.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  get #chosen(): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(memoryKey) ?? {};
  }

  #changed(uri: vscode.Uri): void {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const state = root && this.#folders.get(root.toString());
    // A folder that nobody asked about is read when somebody does.
    if (state === undefined) return;
    state.changed.set(uri.toString(), uri);
    this.#emitter.fire();
  }

  async #targetsIn(root: vscode.Uri): Promise<readonly ProjectTarget[]> {
    const address = root.toString();
    const state: FolderState = this.#folders.get(address) ?? {
      changed: new Map(),
      generation: -1,
      targets: [],
    };
    this.#folders.set(address, state);
    const isStale = (): boolean => state.changed.size > 0 || state.generation !== this.#reader.generation;
    while (isStale()) {
      state.work ??= this.#follow(root, state).finally(() => (state.work = undefined));
      await state.work;
    }
    return state.targets;
  }

  async #follow(root: vscode.Uri, state: FolderState): Promise<void> {
    try {
      const isNew = state.generation !== this.#reader.generation;
      state.generation = this.#reader.generation;
      if (isNew) {
        const find = (pattern: string, without: string, most: number): Thenable<readonly vscode.Uri[]> =>
          vscode.workspace.findFiles(new vscode.RelativePattern(root, pattern), without, most);
        const found = await Promise.all([
          find(buildFilePattern(), leftOut, mostFiles),
          find(vendoredPattern(), leftOutOfCopies, mostCopied),
        ]);
        for (const uri of found.flat()) state.changed.set(uri.toString(), uri);
      }
      const changes = await Promise.all([...state.changed.values()].map(async (uri) => presentFile(root, uri)));
      state.changed.clear();
      if (changes.length === 0) return;
      const { targets, leftOut: sentences } = await this.#reader.updateBuild({
        folder: root.toString(),
        root: root.scheme === 'file' ? root.fsPath : undefined,
        changes,
        chosen: this.#chosenIn(root),
      });
      state.targets = targets;
      for (const sentence of [...sentences, ...targets.flatMap(({ problems }) => problems)]) this.#log.warn(sentence);
    } catch (error) {
      // The next change of a file tries again.
      state.generation = this.#reader.generation;
      state.changed.clear();
      this.#log.warn(failureSentence(error, this.#log));
    }
  }

  #chosenIn(root: vscode.Uri): Readonly<Record<string, string>> {
    const start = keyOf(root, '');
    const entries = Object.entries(this.#chosen).filter(([key]) => key.startsWith(start));
    return Object.fromEntries(entries.map(([key, name]) => [key.slice(start.length), name]));
  }
}

function keyOf(root: vscode.Uri, folder: string): string {
  return `${root.toString()}\n${folder}`;
}

/** What a file is now: the thread reads it itself where a path leads to it. */
async function presentFile(root: vscode.Uri, uri: vscode.Uri): Promise<SourceChange> {
  const path = uri.path.slice(root.path.replace(/\/?$/, '/').length);
  if (uri.scheme === 'file') return { path, file: uri.fsPath };
  const bytes = await readIfThere(uri, mostBytesOf.source).catch(() => undefined);
  return { path, ...(bytes === undefined ? {} : { text: textOf(bytes) }) };
}
