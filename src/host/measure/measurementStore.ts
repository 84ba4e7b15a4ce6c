import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { MeasurementsFile } from '../../core/measure/measurementsFile';
import { measurementsText, noMeasurements, readMeasurements } from '../../core/measure/measurementsFile';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { bytesOf, placeOf, textOf } from '../places';
import type { Projects } from '../project';

const folderName = '.milliwatt';
const fileName = 'measurements.json';

/** Keeps what was measured in `.milliwatt/measurements.json`, beside the `milliwatt.json` that holds for a model. */
export class MeasurementStore {
  readonly onDidChange: vscode.Event<void>;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #loaded = new Map<string, Promise<MeasurementsFile>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(projects: Projects, log: Log) {
    this.#projects = projects;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
    // The folder too: when it is deleted, nothing is told of what was in it.
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(`**/${folderName}{,/${fileName}}`));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#disposables.add(event(() => this.#forget()));
    }
  }

  /** Where the measurements of a model are kept; nowhere outside of a workspace folder. */
  async placeFor(model: vscode.Uri): Promise<vscode.Uri | undefined> {
    const project = await this.#projects.forModel(model);
    const folder = vscode.workspace.getWorkspaceFolder(placeOf(model))?.uri;
    const beside = project === undefined ? folder : vscode.Uri.joinPath(project.uri, '..');
    return beside && vscode.Uri.joinPath(beside, folderName, fileName);
  }

  /** What was measured where this model lies. A file that cannot be understood counts as none, and the log says why. */
  async forModel(model: vscode.Uri): Promise<MeasurementsFile> {
    const uri = await this.placeFor(model);
    if (uri === undefined) return noMeasurements;
    const key = uri.toString();
    const loading = this.#loaded.get(key) ?? this.#readOrNone(uri);
    this.#loaded.set(key, loading);
    return loading;
  }

  /** Changes the file, one change after the other. @throws {HumanError} where it is not ours to overwrite. */
  change(model: vscode.Uri, change: (file: MeasurementsFile) => MeasurementsFile): Promise<vscode.Uri> {
    const done = this.#turn.then(() => this.#change(model, change));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #change(model: vscode.Uri, change: (file: MeasurementsFile) => MeasurementsFile): Promise<vscode.Uri> {
    const uri = await this.placeFor(model);
    if (uri === undefined) {
      throw new HumanError(
        'no-folder',
        'Measurements are kept in the folder of the model, and this model lies in no workspace folder. Open its folder first.',
      );
    }
    const text = measurementsText(change(await this.#read(uri)));
    const beside = uri.with({ path: `${uri.path}.${process.pid}.tmp` });
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    // Whole or not at all.
    await vscode.workspace.fs.writeFile(beside, bytesOf(text));
    await vscode.workspace.fs.rename(beside, uri, { overwrite: true });
    this.#forget();
    return uri;
  }

  #forget(): void {
    this.#loaded.clear();
    this.#emitter.fire();
  }

  async #readOrNone(uri: vscode.Uri): Promise<MeasurementsFile> {
    try {
      const file = await this.#read(uri);
      for (const problem of file.problems) this.#log.warn(`${uri.toString(true)}: ${problem}`);
      return file;
    } catch (error) {
      this.#log.warn(`${uri.toString(true)}: ${error instanceof Error ? error.message : String(error)}`);
      return noMeasurements;
    }
  }

  async #read(uri: vscode.Uri): Promise<MeasurementsFile> {
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(uri);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return noMeasurements;
      throw error;
    }
    return readMeasurements(textOf(bytes));
  }
}
