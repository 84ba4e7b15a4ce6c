import * as vscode from 'vscode';
import type { FoundModel } from '../../core/formats/foundModel';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey } from '../analysis/modelEntry';
import type { Disposable } from '../disposables';
import { rangeOf } from '../places';

/** Finds the models of a text, off this thread. */
export interface ModelFinder {
  findModels(uri: vscode.Uri, text: string): Promise<readonly FoundModel[]>;
  /** Calls `changed` when the same text may hold other models: files beside it or choices are others. */
  follow(uri: vscode.Uri, changed: () => void): Disposable;
}

/** A file of models that is open: a text, or a notebook with a document for each of its cells. */
export interface OpenSource {
  /** Of the file. */
  readonly uri: vscode.Uri;
  readonly version: number;
  readonly documents: readonly vscode.TextDocument[];
  getText(): string;
  /** The document in which a model was found; `undefined` where it is no more. */
  documentOf(found: FoundModel): vscode.TextDocument | undefined;
}

/** One model of one version of a source. */
export interface PlacedModel {
  readonly key: ModelKey;
  readonly found: FoundModel;
  readonly document: vscode.TextDocument;
  readonly name: vscode.Range;
}

/** The models of one open source: found again after each change, the last version alone, and kept analysed. */
export class FollowedSource implements Disposable {
  readonly source: OpenSource;
  readonly #finder: ModelFinder;
  readonly #analyses: Analyses;
  readonly #changed: () => void;
  readonly #holds = new Map<string, Disposable>();
  #found: { readonly version: number; readonly models: readonly PlacedModel[] } = { version: -1, models: [] };
  #search?: Promise<void>;
  #isClosed = false;
  /** What was found is of other choices, or of other files beside the text. */
  #isOutdated = false;
  readonly #following: Disposable;

  constructor(source: OpenSource, finder: ModelFinder, analyses: Analyses, changed: () => void) {
    this.source = source;
    this.#finder = finder;
    this.#analyses = analyses;
    this.#changed = changed;
    this.#following = finder.follow(source.uri, () => {
      this.#isOutdated = true;
      this.update();
    });
    this.update();
  }

  /** The models of the present version; nothing while they are being looked for. */
  get current(): readonly PlacedModel[] {
    return this.#found.version === this.source.version ? this.#found.models : [];
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
    this.#following.dispose();
    for (const hold of this.#holds.values()) hold.dispose();
    this.#holds.clear();
  }

  async #searchAll(): Promise<void> {
    while (!this.#isClosed && (this.#isOutdated || this.#found.version !== this.source.version)) {
      const { version, uri } = this.source;
      this.#isOutdated = false;
      const found = await this.#finder.findModels(uri, this.source.getText());
      if (this.#isClosed) return;
      if (this.source.version === version) this.#take(version, found);
    }
  }

  #take(version: number, found: readonly FoundModel[]): void {
    // What is a part of another model is told of with that.
    const whole = found.filter(({ within }) => within === undefined);
    const models = whole.flatMap((each) => this.#placed(each) ?? []);
    const readable = new Set(whole.filter(({ problem }) => problem === undefined).map(({ id }) => id));
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

  #placed(found: FoundModel): PlacedModel | undefined {
    const document = this.source.documentOf(found);
    if (document === undefined) return undefined;
    const { id } = found;
    const name = document.validateRange(nameIn(document, found));
    return { key: { uri: this.source.uri.with({ fragment: id }), costs: 'hints' }, found, document, name };
  }
}

/** Of what goes on for several lines the first; the begin of the text for what is made in another file. */
function nameIn(document: vscode.TextDocument, { nameSpan, place }: FoundModel): vscode.Range {
  if (nameSpan !== undefined) {
    return new vscode.Range(document.positionAt(nameSpan.start), document.positionAt(nameSpan.end));
  }
  if (place?.span === undefined) return new vscode.Range(0, 0, 0, 0);
  const range = rangeOf(place.span);
  return range.isSingleLine ? range : new vscode.Range(range.start, range.start.with({ character: 10_000 }));
}
