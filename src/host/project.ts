import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ProjectFileName } from '../core/project/fileNames';
import { ownProjectFile, projectFileNames } from '../core/project/fileNames';
import type { ProjectReading } from '../core/project/project';
import type { ProjectModel } from '../core/project/projectValues';
import { modelPlaceOf } from '../core/formats/kinds';
import { entryPlace } from '../core/project/entryPlace';
import { mostBytesOf } from '../files/limits';
import { Disposables } from './disposables';
import type { Log } from './log';
import { fileUriOf, placeOf, textOf } from './places';
import { readIfThere } from './reading';
import { isFollowed } from './trust';
import { isInWorkspace } from './workspaceFolders';

/** A project file with the place that its paths are relative to. */
export interface LoadedProject extends ProjectReading {
  readonly fileName: ProjectFileName;
  readonly uri: vscode.Uri;
}

/** Project files of a workspace, and models that one of them names, that are followed: each is watched and analysed. */
const mostProjects = 100;
const mostModels = 100;

/** Where the text of a project file is read off this thread. */
interface ProjectParser {
  readProject(fileName: ProjectFileName, text: string): Promise<ProjectReading>;
}

/** Finds and follows the project files of all workspace folders. */
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
    for (const fileName of projectFileNames) {
      const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(`**/${fileName}`));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        this.#disposables.add(event(forget));
      }
    }
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
    this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(forget));
    this.#disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (projectFileNames.some((name) => uri.path.endsWith(`/${name}`))) this.#forget();
      }),
    );
  }

  /** The nearest file of each kind above a model within its workspace folder, the most binding first. */
  async allFor(model: vscode.Uri): Promise<readonly LoadedProject[]> {
    const found = await Promise.all(projectFileNames.map((fileName) => this.forModel(model, fileName)));
    return found.filter((project) => project !== undefined);
  }

  /** The nearest project file above a model within its workspace folder. */
  async forModel(model: vscode.Uri, fileName = ownProjectFile): Promise<LoadedProject | undefined> {
    const place = placeOf(fileUriOf(model));
    const root = vscode.workspace.getWorkspaceFolder(place)?.uri;
    if (root === undefined) return undefined;
    for (let folder = vscode.Uri.joinPath(place, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
      const project = await this.#load(vscode.Uri.joinPath(folder, fileName), fileName);
      if (project !== undefined) return project;
      if (folder.path.length <= root.path.length) return undefined;
    }
  }

  /** All of the project's own files in the workspace. */
  async all(): Promise<readonly LoadedProject[]> {
    const files = await vscode.workspace.findFiles(`**/${ownProjectFile}`, '**/node_modules/**', mostProjects);
    const projects = await Promise.all(files.map((file) => this.#load(file, ownProjectFile)));
    return projects.filter((project) => project !== undefined);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #forget(): void {
    this.#loaded.clear();
    this.#emitter.fire();
  }

  #load(uri: vscode.Uri, fileName: ProjectFileName): Promise<LoadedProject | undefined> {
    const key = uri.toString();
    const loading = this.#loaded.get(key) ?? this.#read(uri, fileName);
    this.#loaded.set(key, loading);
    return loading;
  }

  async #read(uri: vscode.Uri, fileName: ProjectFileName): Promise<LoadedProject | undefined> {
    const bytes = await readIfThere(uri, mostBytesOf.project).catch((error: unknown) => {
      this.#log.warn(error instanceof Error ? error.message : String(error));
    });
    if (bytes === undefined) return undefined;
    const reading = await this.#parser.readProject(fileName, textOf(bytes));
    for (const problem of reading.problems) this.#log.warn(`${uri.toString(true)}: ${problem}`);
    return { ...reading, uri, fileName };
  }
}

/** The project's own entry for a model, by its path. */
export function entryOf(loaded: LoadedProject, model: vscode.Uri): ProjectModel | undefined {
  return loaded.project.models?.[entryPlace(loaded.project, pathWithin(loaded, model))];
}

/** Path of a model relative to a project file, with its name behind it where it is one of several of a file. */
export function pathWithin({ uri }: { readonly uri: vscode.Uri }, model: vscode.Uri): string {
  const path = posix.relative(posix.dirname(uri.path), placeOf(model).path);
  return model.fragment === '' ? path : `${path}#${model.fragment}`;
}

/**
 * The models that the project names, as many as are looked at; none outside of the workspace, whatever the file says,
 * and none at all while the workspace is not trusted.
 */
export function modelsOf({ project, uri }: LoadedProject): readonly vscode.Uri[] {
  if (!isFollowed('models[].path')) return [];
  return (project.models ?? [])
    .slice(0, mostModels)
    .map((entry) => modelUri(uri, entry))
    .filter(isInWorkspace);
}

function modelUri(project: vscode.Uri, entry: ProjectModel): vscode.Uri {
  const { file, name } = modelPlaceOf(entry.path);
  const uri = vscode.Uri.joinPath(project, '..', file);
  return name === undefined ? uri : uri.with({ fragment: name });
}
