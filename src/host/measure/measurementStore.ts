import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { MeasurementsFile } from '../../core/measure/measurementsFile';
import { measurementsText, noMeasurements, readMeasurements } from '../../core/measure/measurementsFile';
import { mostBytesOf } from '../../files/limits';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { bytesOf, placeOf, textOf } from '../places';
import { readIfThere } from '../reading';
import { changeUri } from '../writing';
import type { Projects } from '../project';

const folderName = '.milliwatt';
const fileName = 'measurements.json';

/** A file as it is known: its text tells whether it has been changed by somebody else. */
interface LoadedFile {
  readonly file: MeasurementsFile;
  /** Absent where there is no file. */
  readonly text?: string;
}

/** Stands for the text of a file that cannot be read: whether it has changed is not known. */
const unreadable = '\0';

/** Keeps what was measured in `.milliwatt/measurements.json`, beside the `milliwatt.json` that holds for a model. */
export class MeasurementStore {
  readonly onDidChange: vscode.Event<void>;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(projects: Projects, log: Log) {
    this.#projects = projects;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
    // The folder too: when it is deleted, nothing is told of what was in it.
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(`**/${folderName}{,/${fileName}}`));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#disposables.add(event(() => this.#look()));
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
    return (await loading).file;
  }

  /**
   * Changes what is known, at once, and the file, one change after the other. @throws {HumanError} where it is not ours
   * to overwrite.
   */
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
    await changeUri(uri, mostBytesOf.measurements, (before) => {
      const file = change(loadedFrom(before).file);
      const text = measurementsText(file);
      this.#loaded.set(uri.toString(), Promise.resolve({ file, text }));
      this.#emitter.fire();
      return bytesOf(text);
    });
    return uri;
  }

  /**
   * Something has happened to one of the files: one that holds what is known, as after a change made here, is no news.
   */
  #look(): void {
    this.#turn = this.#turn.then(async () => {
      for (const [key, loading] of [...this.#loaded]) {
        const known = (await loading).text;
        const { text } = await this.#read(vscode.Uri.parse(key, true)).catch(() => ({ text: unreadable }));
        if (text !== unreadable && text === known) continue;
        this.#loaded.delete(key);
        this.#emitter.fire();
      }
    });
  }

  async #readOrNone(uri: vscode.Uri): Promise<LoadedFile> {
    try {
      const loaded = await this.#read(uri);
      for (const problem of loaded.file.problems) this.#log.warn(`${uri.toString(true)}: ${problem}`);
      return loaded;
    } catch (error) {
      this.#log.warn(`${uri.toString(true)}: ${error instanceof Error ? error.message : String(error)}`);
      return { file: noMeasurements, text: unreadable };
    }
  }

  async #read(uri: vscode.Uri): Promise<LoadedFile> {
    return loadedFrom(await readIfThere(uri, mostBytesOf.measurements));
  }
}

function loadedFrom(bytes: Uint8Array | undefined): LoadedFile {
  if (bytes === undefined) return { file: noMeasurements };
  const text = textOf(bytes);
  return { file: readMeasurements(text), text };
}
