import * as vscode from 'vscode';
import type { FoundModel } from '../../core/formats/foundModel';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey } from '../analysis/modelEntry';
import type { Disposable } from '../disposables';

/** Finds the models of a text, off this thread. */
export interface ArrayFinder {
  findModels(uri: vscode.Uri, text: string): Promise<readonly FoundModel[]>;
}

/** One model of one version of a document. */
export interface PlacedModel {
  readonly key: ModelKey;
  readonly found: FoundModel;
  readonly name: vscode.Range;
}

/** The models of one open source: found again after each change, the last version alone, and kept analysed. */
export class FollowedSource implements Disposable {
  readonly document: vscode.TextDocument;
  readonly #finder: ArrayFinder;
  readonly #analyses: Analyses;
  readonly #changed: () => void;
  readonly #holds = new Map<string, Disposable>();
  #found: { readonly version: number; readonly models: readonly PlacedModel[] } = { version: -1, models: [] };
  #search?: Promise<void>;
  #isClosed = false;

  constructor(document: vscode.TextDocument, finder: ArrayFinder, analyses: Analyses, changed: () => void) {
    this.document = document;
    this.#finder = finder;
    this.#analyses = analyses;
    this.#changed = changed;
    this.update();
  }

  /** The models of the present version; nothing while they are being looked for. */
  get current(): readonly PlacedModel[] {
    return this.#found.version === this.document.version ? this.#found.models : [];
  }

  /** Looks for the models of the present version, after a search that is under way. */
  update(): void {
    this.#search ??= this.#searchAll().finally(() => (this.#search = undefined));
  }

  /** The models of the present version. */
  async settled(): Promise<readonly PlacedModel[]> {
    while (this.#search !== undefined) await this.#search;
    return this.current;
  }

  dispose(): void {
    this.#isClosed = true;
    for (const hold of this.#holds.values()) hold.dispose();
    this.#holds.clear();
  }

  async #searchAll(): Promise<void> {
    while (!this.#isClosed && this.#found.version !== this.document.version) {
      const { version, uri } = this.document;
      const found = await this.#finder.findModels(uri, this.document.getText());
      if (this.#isClosed) return;
      if (this.document.version === version) this.#take(version, found);
    }
  }

  #take(version: number, found: readonly FoundModel[]): void {
    const models = found.map((each) => this.#placed(each));
    const readable = new Set(found.filter(({ bytes }) => bytes !== undefined).map(({ id }) => id));
    for (const [id, hold] of this.#holds) {
      if (readable.has(id)) continue;
      hold.dispose();
      this.#holds.delete(id);
    }
    for (const { key, found: each } of models) {
      if (readable.has(each.id) && !this.#holds.has(each.id)) this.#holds.set(each.id, this.#analyses.hold(key));
    }
    this.#found = { version, models };
    this.#changed();
  }

  #placed(found: FoundModel): PlacedModel {
    const { nameSpan, id } = found;
    const at = (offset: number): vscode.Position => this.document.positionAt(offset);
    const name = new vscode.Range(at(nameSpan.start), at(nameSpan.end));
    return { key: { uri: this.document.uri.with({ fragment: id }), costs: 'hints' }, found, name };
  }
}
