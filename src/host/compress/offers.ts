import * as vscode from 'vscode';
import type { MadeOffer } from '../../core/compress/offers';
import { CancelledError } from '../../protocol/rpc';
import type { ModelState } from '../analysis/modelEntry';
import { contentName, readBytes } from '../analysis/modelEntry';
import type { AnalysisWorker } from '../analysis/workerClient';
import { Disposables } from '../disposables';
import type { Log } from '../log';

/** Contents on targets whose offers are kept. */
const keptOffers = 64;

interface Entry {
  offers?: readonly MadeOffer[];
  readonly done: Promise<void>;
}

/**
 * What compressions would bring, computed ahead on a thread of its own: a look starts the computation for a content and target that is
 * new, and never waits for it.
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

  constructor(worker: AnalysisWorker, log: Log) {
    this.#worker = worker;
    this.#log = log;
    this.onDidChange = this.#emitter.event;
  }

  /** The offers for a model in its present state; nothing while they are being estimated. */
  lookUp(state: ModelState): readonly MadeOffer[] | undefined {
    return this.#entry(state)?.offers;
  }

  /** The offers once they are known. */
  async of(state: ModelState): Promise<readonly MadeOffer[]> {
    const entry = this.#entry(state);
    await entry?.done;
    return entry?.offers ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #entry({ key: { uri }, contentHash, request }: ModelState): Entry | undefined {
    if (contentHash === undefined || request === undefined) return undefined;
    const name = `${contentHash} ${JSON.stringify(request)}`;
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    const entry: Entry = { done: this.#estimate(uri, request).then((offers) => this.#set(uri, entry, offers)) };
    this.#entries.set(name, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= keptOffers) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  /** A failure is no reason to disturb anybody: there are no offers then, and the log says why. */
  async #estimate(uri: vscode.Uri, request: NonNullable<ModelState['request']>): Promise<readonly MadeOffer[]> {
    try {
      const content = contentName(uri, await vscode.workspace.fs.stat(uri));
      return await this.#worker.offers({ content, request }, { read: () => readBytes(uri) });
    } catch (error) {
      if (!(error instanceof CancelledError)) this.#log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  #set(uri: vscode.Uri, entry: Entry, offers: readonly MadeOffer[]): void {
    entry.offers = offers;
    this.#emitter.fire(uri);
  }
}
