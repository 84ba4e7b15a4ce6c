import * as vscode from 'vscode';
import type { Analysis } from '../../core/analysis/analysis';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey, ModelState } from '../analysis/modelEntry';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { fileUriOf } from '../places';
import type { PlacedView, PlacedViews } from '../placed/placedView';
import { FollowedSource, type ModelFinder, type OpenSource, type PlacedModel } from './followedSource';

/** An analysis of the present content of a model in a source. */
export interface AnalysedModel extends PlacedModel {
  readonly state: ModelState;
  readonly analysis: Analysis;
}

/** What tells kinds of sources apart. */
export interface SourceKind {
  readonly selector: vscode.DocumentSelector;
  /** Tells of the files that are open, and of what happens to them. */
  follow(events: {
    readonly opened: (source: OpenSource) => void;
    readonly changed: (uri: vscode.Uri) => void;
    readonly closed: (uri: vscode.Uri) => void;
  }): Disposable;
  /** What a document says of a model; `undefined` where nothing of it stands there. */
  viewOf(document: vscode.TextDocument, model: AnalysedModel): PlacedView | undefined;
  /** Where a layer stands; of no layer, the model as a whole. */
  locationOf(model: PlacedModel, state: ModelState, layer: number | undefined): vscode.Location | undefined;
}

/** The open sources of one kind: a view for each model that stands, or of which something stands, in a document. */
export class SourceViews implements PlacedViews {
  readonly selector: vscode.DocumentSelector;
  readonly onDidChange: vscode.Event<void>;
  readonly #kind: SourceKind;
  readonly #analyses: Analyses;
  readonly #finder: ModelFinder;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  /** By the address of their files. */
  readonly #followed = new Map<string, FollowedSource>();

  constructor(kind: SourceKind, analyses: Analyses, finder: ModelFinder) {
    this.selector = kind.selector;
    this.#kind = kind;
    this.#analyses = analyses;
    this.#finder = finder;
    this.onDidChange = this.#emitter.event;
    this.#disposables.add(
      kind.follow({
        opened: (source) => this.#opened(source),
        changed: (uri) => this.#followed.get(uri.toString())?.update(),
        closed: (uri) => this.#closed(uri),
      }),
    );
    this.#disposables.add(analyses.onDidChange(({ key }) => this.#analysed(key)));
  }

  get documents(): readonly vscode.TextDocument[] {
    return [...this.#followed.values()].flatMap(({ source }) => source.documents);
  }

  /** Every model that is there, whether or not it can be read, in sources that are open. */
  get found(): readonly PlacedModel[] {
    return [...this.#followed.values()].flatMap(({ current }) => current);
  }

  async of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly PlacedView[]> {
    const own = [...this.#followed.values()].filter(({ source }) => source.documents.includes(document));
    const models = (await Promise.all(own.map(async (followed) => followed.settled()))).flat();
    await Promise.all(models.filter(isReadable).map(async ({ key }) => this.#analyses.settled(key)));
    return token.isCancellationRequested ? [] : this.current(document);
  }

  current(document: vscode.TextDocument): readonly PlacedView[] {
    return this.found.flatMap((model) => {
      const state = this.#analyses.current(model.key);
      if (state?.analysis === undefined) return [];
      return this.#kind.viewOf(document, { ...model, state, analysis: state.analysis }) ?? [];
    });
  }

  locationOf(state: ModelState, layer: number | undefined): vscode.Location | undefined {
    const { uri } = state.key;
    const followed = this.#followed.get(fileUriOf(uri).toString());
    const model = followed?.current.find(({ found }) => found.id === uri.fragment);
    return model && this.#kind.locationOf(model, state, layer);
  }

  dispose(): void {
    for (const followed of this.#followed.values()) followed.dispose();
    this.#followed.clear();
    this.#disposables.dispose();
  }

  #opened(source: OpenSource): void {
    const name = source.uri.toString();
    if (this.#followed.has(name)) return;
    this.#followed.set(name, new FollowedSource(source, this.#finder, this.#analyses, () => this.#emitter.fire()));
  }

  #closed(uri: vscode.Uri): void {
    this.#followed.get(uri.toString())?.dispose();
    if (this.#followed.delete(uri.toString())) this.#emitter.fire();
  }

  #analysed({ uri }: ModelKey): void {
    if (this.#followed.has(fileUriOf(uri).toString())) this.#emitter.fire();
  }
}

function isReadable({ found: { problem } }: PlacedModel): boolean {
  return problem === undefined;
}
