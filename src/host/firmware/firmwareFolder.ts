import * as vscode from 'vscode';
import type { HeldModel } from '../../core/analysis/indexedSource';
import type { RecordedArray } from '../../core/firmwareRules/rule';
import { resultKind } from '../../core/formats/kinds';
import { builtFilePattern } from '../../core/lastBuild/buildFolders';
import type { FirmwareFinding } from '../../core/firmwareRules/firmwareProblems';
import type { ExportRenewal } from '../../core/firmwareRules/rule';
import type { TextEdit } from '../../core/model/problem';
import type { FirmwareReply } from '../../protocol/firmware';
import type { BuildTargets } from '../buildTargets';
import type { Choices } from '../choices';
import { Disposables } from '../disposables';
import type { ExportedBefore, ExportServices, exportAgain } from '../export/exporting';
import type { Log } from '../log';
import { failureSentence } from '../log';
import type { applyAndSave } from '../projectFile';
import type { SettingsReader } from '../settings';
import type { FirmwareThread } from './firmwareThread';
import type { FolderPrograms } from './folderPrograms';
import { recordedArrays } from './recordedArrays';
import { SourceFiles } from './sourceFiles';

export interface FirmwareServices {
  readonly thread: FirmwareThread;
  readonly choices: Choices;
  readonly settings: SettingsReader;
  readonly exporting: ExportServices;
  /** Told what the last builds of a folder leave to its models. */
  readonly builds: Pick<BuildTargets, 'takeRooms'>;
  /** What writes files, loaded when something is written first. */
  readonly load: () => Promise<{
    readonly applyAndSave: typeof applyAndSave;
    readonly exportAgain: typeof exportAgain;
    readonly FolderPrograms: typeof FolderPrograms;
  }>;
  readonly log: Log;
}

/** Milliseconds in which keys that are struck count as one change. */
const pauseMs = 30;
/** Sources that are sent at once: between two lots the thread answers other folders. */
const lotSize = 200;

const nothing: FirmwareReply = { findings: [], notes: [], rooms: [], links: [] };

/** What is known of the firmware of one workspace folder, followed as its sources and choices change. */
export class FirmwareFolder {
  readonly uri: vscode.Uri;
  readonly sources: SourceFiles;
  readonly onDidChange: vscode.Event<void>;
  readonly #services: FirmwareServices;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  /** Sources that changed and have not been sent, by address. */
  readonly #changed = new Map<string, vscode.Uri>();
  /** Addresses of sources that were sent. */
  readonly #known = new Set<string>();
  #models: readonly HeldModel[] = [];
  #result: FirmwareReply = nothing;
  #isStale = true;
  #generation = -1;
  #work?: Promise<void>;
  /** What builds its models, loaded where it has any. */
  #programs?: Promise<FolderPrograms>;

  constructor(uri: vscode.Uri, services: FirmwareServices) {
    this.uri = uri;
    this.#services = services;
    this.onDidChange = this.#emitter.event;
    this.sources = this.#disposables.add(new SourceFiles(uri));
    this.#disposables.add(
      this.sources.onDidChange((source) => {
        this.#changed.set(source.toString(), source);
        this.update();
      }),
    );
    const builds = new vscode.RelativePattern(uri, builtFilePattern);
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(builds));
    // What was deleted says no more than before; the next build comes as a change.
    for (const event of [watcher.onDidCreate, watcher.onDidChange]) this.#disposables.add(event(() => this.update()));
    this.update();
  }

  /** What was found last; of places in texts that have changed since, where they were. */
  get result(): FirmwareReply {
    return this.#result;
  }

  /** Nothing has changed since the last result. */
  get isCurrent(): boolean {
    return !this.#isStale;
  }

  /** The arrays that hold models, by their addresses. */
  get arrays(): readonly vscode.Uri[] {
    return this.#models.filter(({ array }) => array !== undefined).map((model) => this.modelUri(model));
  }

  /** Looks again: at what changed, with what is chosen now. */
  update(): void {
    this.#isStale = true;
    this.#work ??= this.#followAll().finally(() => (this.#work = undefined));
  }

  /** Resolves when nothing is left to be looked at. */
  async settled(): Promise<FirmwareReply> {
    while (this.#work !== undefined) await this.#work;
    return this.#result;
  }

  /** What is chosen may be something else, about its programs too. */
  choicesChanged(): void {
    void this.#programs?.then((programs) => programs.choicesChanged());
    this.update();
  }

  /** Resolves when nothing is left to be looked at, programs included. */
  async settledWholly(): Promise<void> {
    await this.settled();
    await (await this.#programs)?.settled();
    await this.settled();
  }

  dispose(): void {
    this.#services.thread.forget(this.uri.toString());
    this.#disposables.dispose();
  }

  /** Where the thread reads by itself. */
  get #root(): string | undefined {
    return this.uri.scheme === 'file' ? this.uri.fsPath : undefined;
  }

  async #followAll(): Promise<void> {
    while (this.#isStale && !this.#disposables.isDisposed) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      this.#isStale = false;
      try {
        await this.#follow();
      } catch (error) {
        this.#services.log.warn(failureSentence(error, this.#services.log));
        this.#result = nothing;
      }
      if (!this.#disposables.isDisposed) this.#emitter.fire();
    }
  }

  async #follow(): Promise<void> {
    const { thread } = this.#services;
    if (this.#generation !== thread.generation) {
      this.#known.clear();
      this.#generation = thread.generation;
      await this.#discover();
    } else if ([...this.#changed.keys()].some((address) => !this.#known.has(address))) await this.#discover();
    const changed = [...this.#changed.values()];
    const again = changed.filter((uri) => this.sources.isModel(uri) && this.#known.has(uri.toString()));
    this.#changed.clear();
    for (const uri of changed) this.#known.add(uri.toString());
    for (let at = 0; at < changed.length; at += lotSize) await this.#send(changed.slice(at, at + lotSize));
    const beside = this.modelUri({ path: `model${resultKind.written}` });
    const uris = [beside, ...this.#models.map((model) => this.modelUri(model))];
    const recorded = await recordedArrays(uris, this.sources, this.#services.choices);
    const requests = await this.#requests(recorded);
    if (requests.length === 0 && this.#models.length === 0) {
      this.#result = nothing;
      return;
    }
    this.#result = await thread.analyse({ folder: this.uri.toString(), root: this.#root, requests, recorded });
    if (this.#models.length > 0) this.#followPrograms();
    this.#services.builds.takeRooms(this.uri, this.#result.rooms);
    await this.#writeArrays(again);
    await this.#exportAgain(again);
  }

  /** Programs are read apart, so that nothing about sources waits for them. */
  #followPrograms(): void {
    const { load } = this.#services;
    this.#programs ??= load().then(({ FolderPrograms: Programs }) =>
      this.#disposables.add(new Programs(this.uri, this.sources, this.#services, () => this.update())),
    );
    void this.#programs.then((programs) => programs.follow());
  }

  /** Of a folder that is new not every file may have an event: with one new source all are looked for. */
  async #discover(): Promise<void> {
    for (const uri of await this.sources.all()) {
      if (!this.#known.has(uri.toString())) this.#changed.set(uri.toString(), uri);
    }
  }

  async #send(lot: readonly vscode.Uri[]): Promise<void> {
    const { thread, log } = this.#services;
    const changes = await Promise.all(lot.map(async (uri) => this.sources.present(uri)));
    const root = this.#root;
    const { models, leftOut } = await thread.update({ folder: this.uri.toString(), root, changes });
    for (const sentence of leftOut) log.warn(sentence);
    this.#models = models;
  }

  /** Writes the arrays again that surely are made from files that have changed, where that is wished. */
  async #writeArrays(models: readonly vscode.Uri[]): Promise<void> {
    const paths = models.map((uri) => this.sources.pathOf(uri));
    if (paths.length === 0 || !this.#services.settings.read(this.uri).updatesArrays) return;
    for (const finding of this.#result.findings) {
      const { rewrite, file } = finding;
      if (rewrite?.isCertain !== true || !paths.includes(rewrite.from)) continue;
      const address = this.sources.uriOf(file).toString();
      // What somebody is writing there is not saved for them.
      if (vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === address)) continue;
      const writing = await this.#services.load();
      await writing.applyAndSave(await this.rewriteEdits(finding));
    }
  }

  /** Exports the models again that have changed, where that is wished: what nobody has edited is written. */
  async #exportAgain(models: readonly vscode.Uri[]): Promise<void> {
    const paths = models.map((uri) => this.sources.pathOf(uri));
    const { exporting, load, log, settings } = this.#services;
    if (paths.length === 0 || !settings.read(this.uri).updatesExports) return;
    for (const { renewal } of this.#result.findings) {
      if (renewal === undefined || !paths.includes(renewal.from)) continue;
      const { exportAgain: run } = await load();
      const sentence = await run(exporting, this.renewed(renewal));
      if (sentence !== undefined) log.warn(sentence);
    }
  }

  /** What is to be exported again, by addresses. */
  renewed({ from, folder, style }: ExportRenewal): ExportedBefore {
    return { model: this.sources.uriOf(from), folder: vscode.Uri.joinPath(this.uri, folder), style };
  }

  /** Edits, in files named by their addresses, that write an array again; none where nothing is to be written. */
  async rewriteEdits({ file, rewrite }: FirmwareFinding): Promise<readonly TextEdit[]> {
    if (rewrite === undefined) return [];
    const [source, model] = [file, rewrite.from].map((path) => this.sources.uriOf(path));
    const edits = await this.#services.thread.writeArray({
      root: this.#root,
      source: await this.sources.present(source),
      array: rewrite.array,
      model: await this.sources.present(model),
    });
    return edits.map((edit) => ({ ...edit, file: source.toString() }));
  }

  /**
   * What is chosen for each model, as for one that lies in a file of its own; files of which arrays are made may have
   * none in the sources.
   */
  #requests(recorded: readonly RecordedArray[]): Promise<Parameters<FirmwareThread['analyse']>[0]['requests']> {
    const known = new Set(this.#models.map(({ path, array }) => array ?? path));
    const files = recorded.filter(({ path, array }) => !known.has(array) && !known.has(path));
    return Promise.all(
      [...this.#models, ...files.map(({ path }): HeldModel => ({ path }))].map(async (model) => {
        const { request } = await this.#services.choices.of(this.modelUri(model));
        return { model, request };
      }),
    );
  }

  /** The project file that holds for a source. */
  async projectOf(source: vscode.Uri): Promise<vscode.Uri | undefined> {
    return (await this.#services.choices.of(source)).project?.uri;
  }

  /** The address of a model: its file's, with the array's name as its fragment. */
  modelUri({ path, array }: HeldModel): vscode.Uri {
    const uri = this.sources.uriOf(path);
    return array === undefined ? uri : uri.with({ fragment: array });
  }
}
