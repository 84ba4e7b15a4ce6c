import * as vscode from 'vscode';
import type { MadeOffer } from '../../core/compress/offers';
import { CancelledError } from '../../protocol/rpc';
import type { ModelState } from '../analysis/modelEntry';
import { besideOf, bytesOfModel } from '../analysis/modelEntry';
import { modelSourceOf } from '../analysis/modelSources';
import type { AnalysisWorker } from '../analysis/workerClient';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { OpenModels } from '../openModels';

/** Contents on targets whose offers are kept. */
const keptOffers = 64;

interface Entry {
  readonly uri: vscode.Uri;
  readonly controller: AbortController;
  offers?: readonly MadeOffer[];
  /** Somebody waits for them, not only looks. */
  isAwaited: boolean;
  done: Promise<void>;
}

/**
 * What compressions would bring, computed ahead on a thread of its own: a look starts the computation for a content and
 * target that is new, and never waits for it. Estimates queue on that thread; one that waits there for a model whose
 * tabs are closed is taken back.
 */
export class Offers {
  /** A model whose offers have become known. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  readonly #worker: AnalysisWorker;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  /** In order of first use. */
  readonly #entries = new Map<string, Entry>();

  constructor(worker: AnalysisWorker, open: OpenModels, log: Log) {
    this.#worker = worker;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
    this.#disposables.add(open.onDidChange(() => this.#takeBack(open)));
  }

  /** The offers for a model in its present state; nothing while they are being estimated. */
  lookUp(state: ModelState): readonly MadeOffer[] | undefined {
    return this.#entry(state)?.offers;
  }

  /** The offers once they are known. */
  async of(state: ModelState): Promise<readonly MadeOffer[]> {
    const entry = this.#entry(state);
    if (entry === undefined) return [];
    entry.isAwaited = true;
    await entry.done;
    return entry.offers ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #entry({ key: { uri }, contentHash, request }: ModelState): Entry | undefined {
    if (contentHash === undefined || request === undefined) return undefined;
    const name = `${contentHash} ${JSON.stringify(request)}`;
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    const entry: Entry = { uri, controller: new AbortController(), isAwaited: false, done: Promise.resolve() };
    entry.done = this.#estimate(entry, request);
    this.#entries.set(name, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= keptOffers) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  /** A failure is no reason to disturb anybody: there are no offers then, and the log says why. */
  async #estimate(entry: Entry, request: NonNullable<ModelState['request']>): Promise<void> {
    const { uri, controller } = entry;
    try {
      const source = modelSourceOf(uri);
      const { name: content } = await source.version();
      const { signal } = controller;
      entry.offers = await this.#worker.offers(
        { content, request, beside: besideOf(uri) },
        { ...bytesOfModel(source), signal },
      );
    } catch (error) {
      if (error instanceof CancelledError) return;
      this.#log.error(error instanceof Error ? error : String(error));
      entry.offers = [];
    }
    this.#emitter.fire(uri);
  }

  #takeBack(open: OpenModels): void {
    const shown = new Set(open.all.map(({ uri }) => uri.toString()));
    for (const [name, { uri, offers, isAwaited, controller }] of this.#entries) {
      if (offers !== undefined || isAwaited || shown.has(uri.toString())) continue;
      controller.abort();
      this.#entries.delete(name);
    }
  }
}
