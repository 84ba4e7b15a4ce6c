import * as vscode from 'vscode';
import type { HeldModel } from '../../core/analysis/firmwareIndex';
import type { FirmwareReply } from '../../protocol/firmware';
import type { Choices } from '../choices';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import { failureSentence } from '../log';
import type { FirmwareThread } from './firmwareThread';
import { SourceFiles } from './sourceFiles';

export interface FirmwareServices {
  readonly thread: FirmwareThread;
  readonly choices: Choices;
  readonly log: Log;
}

/** Milliseconds in which keys that are struck count as one change. */
const pauseMs = 30;
/** Sources that are sent at once: between two lots the thread answers other folders. */
const lotSize = 200;

const nothing: FirmwareReply = { findings: [], notes: [] };

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

  dispose(): void {
    this.#services.thread.forget(this.uri.toString());
    this.#disposables.dispose();
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
    this.#changed.clear();
    for (const uri of changed) this.#known.add(uri.toString());
    for (let at = 0; at < changed.length; at += lotSize) await this.#send(changed.slice(at, at + lotSize));
    if (this.#models.length === 0) {
      this.#result = nothing;
      return;
    }
    this.#result = await thread.analyse({ folder: this.uri.toString(), requests: await this.#requests() });
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
    const root = this.uri.scheme === 'file' ? this.uri.fsPath : undefined;
    const { models, leftOut } = await thread.update({ folder: this.uri.toString(), root, changes });
    for (const sentence of leftOut) log.warn(sentence);
    this.#models = models;
  }

  /** What is chosen for each model, as for one that lies in a file of its own. */
  #requests(): Promise<Parameters<FirmwareThread['analyse']>[0]['requests']> {
    return Promise.all(
      this.#models.map(async (model) => {
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
