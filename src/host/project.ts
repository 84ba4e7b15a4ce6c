import * as vscode from 'vscode';
import type { Project, ProjectModel, ProjectReading } from '../core/project/project';
import { Disposables } from './disposables';
import type { Log } from './log';
import { placeOf, textOf } from './places';

export const projectFileName = 'milliwatt.json';

/** A `milliwatt.json` with the place that its paths are relative to. */
export interface LoadedProject extends ProjectReading {
  readonly uri: vscode.Uri;
}

/** Where the text of a project file is read off this thread. */
export interface ProjectParser {
  readProject(text: string): Promise<ProjectReading>;
}

/** Finds and follows the `milliwatt.json` files of all workspace folders. */
export class Projects {
  readonly onDidChange: vscode.Event<void>;
  readonly #parser: ProjectParser;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #loaded = new Map<string, Promise<LoadedProject | undefined>>();

  constructor(parser: ProjectParser, log: Log) {
    this.#parser = parser;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
    const forget = (): void => this.#forget();
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(`**/${projectFileName}`));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#disposables.add(event(forget));
    }
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
    this.#disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith(`/${projectFileName}`)) this.#forget();
      }),
    );
  }

  /** The nearest project file above a model within its workspace folder. */
  async forModel(model: vscode.Uri): Promise<LoadedProject | undefined> {
    const place = placeOf(model);
    const root = vscode.workspace.getWorkspaceFolder(place)?.uri;
    if (root === undefined) return undefined;
    for (let folder = vscode.Uri.joinPath(place, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
      const project = await this.#load(vscode.Uri.joinPath(folder, projectFileName));
      if (project !== undefined) return project;
      if (folder.path.length <= root.path.length) return undefined;
    }
  }

  /** All project files of the workspace. */
  async all(): Promise<readonly LoadedProject[]> {
    const files = await vscode.workspace.findFiles(`**/${projectFileName}`, '**/node_modules/**');
    const projects = await Promise.all(files.map((file) => this.#load(file)));
    return projects.filter((project) => project !== undefined);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #forget(): void {
    this.#loaded.clear();
    this.#emitter.fire();
  }

  #load(uri: vscode.Uri): Promise<LoadedProject | undefined> {
    const key = uri.toString();
    const loading = this.#loaded.get(key) ?? this.#read(uri);
    this.#loaded.set(key, loading);
    return loading;
  }

  async #read(uri: vscode.Uri): Promise<LoadedProject | undefined> {
    const bytes = await readIfThere(uri);
    if (bytes === undefined) return undefined;
    const reading = await this.#parser.readProject(textOf(bytes));
    for (const problem of reading.problems) this.#log.warn(`${uri.toString(true)}: ${problem}`);
    return { ...reading, uri };
  }
}

/** The project's own entry for a model, by its path. */
export function entryOf({ project, uri }: LoadedProject, model: vscode.Uri): ProjectModel | undefined {
  const path = placeOf(model).path;
  return project.models?.find((entry) => modelUri(uri, entry).path === path);
}

/** The models that the project names. */
export function modelsOf({ project, uri }: LoadedProject): readonly vscode.Uri[] {
  return (project.models ?? []).map((entry) => modelUri(uri, entry));
}

/** Choices of a project that is absent. */
export const noProject: Project = {};

function modelUri(project: vscode.Uri, entry: ProjectModel): vscode.Uri {
  return vscode.Uri.joinPath(project, '..', entry.path);
}

async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
