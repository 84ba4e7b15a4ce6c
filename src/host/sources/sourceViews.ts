import * as vscode from 'vscode';
import { firmwareKinds, modelPattern } from '../../core/formats/kinds';
import { summaryText } from '../../core/estimate/gauges';
import type { Analysis } from '../../core/analysis/analysis';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey, ModelState } from '../analysis/modelEntry';
import { Disposables } from '../disposables';
import { fileUriOf } from '../places';
import type { LayerPlace, PlacedText, PlacedView, PlacedViews } from '../placed/placedView';
import { FollowedSource, type ArrayFinder, type PlacedModel } from './followedSource';

/** Where a text of C or C++ can be a source: generated documents of other schemes are none. */
const schemes = ['file', 'git', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata'];

/** The open C and C++ sources whose arrays hold models: one view for each, at its declaration. */
export class SourceViews implements PlacedViews {
  readonly selector: vscode.DocumentSelector = schemes.map((scheme) => ({
    scheme,
    pattern: modelPattern(firmwareKinds),
  }));
  readonly onDidChange: vscode.Event<void>;
  readonly #analyses: Analyses;
  readonly #finder: ArrayFinder;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #followed = new Map<vscode.TextDocument, FollowedSource>();

  constructor(analyses: Analyses, finder: ArrayFinder) {
    this.#analyses = analyses;
    this.#finder = finder;
    this.onDidChange = this.#emitter.event;
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
    const { workspace } = vscode;
    this.#disposables.add(workspace.onDidOpenTextDocument((document) => this.#opened(document)));
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    this.#disposables.add(workspace.onDidChangeTextDocument(({ document }) => this.#followed.get(document)?.update()));
    this.#disposables.add(analyses.onDidChange(({ key }) => this.#analysed(key)));
  }

  get documents(): readonly vscode.TextDocument[] {
    return [...this.#followed.keys()];
  }

  /** Every model that is there, whether or not it can be read, in documents that are open. */
  get found(): ReadonlyMap<vscode.TextDocument, readonly PlacedModel[]> {
    return new Map([...this.#followed].map(([document, followed]) => [document, followed.current]));
  }

  async of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly PlacedView[]> {
    const models = (await this.#followed.get(document)?.settled()) ?? [];
    const readable = models.filter(({ found }) => found.bytes !== undefined);
    await Promise.all(readable.map(async ({ key }) => this.#analyses.settled(key)));
    return token.isCancellationRequested ? [] : this.current(document);
  }

  current(document: vscode.TextDocument): readonly PlacedView[] {
    return (this.#followed.get(document)?.current ?? []).flatMap((model) => {
      const state = this.#analyses.current(model.key);
      return state?.analysis === undefined
        ? []
        : [new SourceView(document, model, { state, analysis: state.analysis })];
    });
  }

  locationOf({ key }: ModelState): vscode.Location | undefined {
    const file = fileUriOf(key.uri).toString();
    for (const [document, followed] of this.#followed) {
      if (document.uri.toString() !== file) continue;
      const model = followed.current.find(({ found }) => found.id === key.uri.fragment);
      if (model !== undefined) return new vscode.Location(document.uri, model.name);
    }
    return undefined;
  }

  dispose(): void {
    for (const followed of this.#followed.values()) followed.dispose();
    this.#followed.clear();
    this.#disposables.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (vscode.languages.match(this.selector, document) === 0 || this.#followed.has(document)) return;
    this.#followed.set(
      document,
      new FollowedSource(document, this.#finder, this.#analyses, () => this.#emitter.fire()),
    );
  }

  #closed(document: vscode.TextDocument): void {
    this.#followed.get(document)?.dispose();
    if (this.#followed.delete(document)) this.#emitter.fire();
  }

  #analysed({ uri }: ModelKey): void {
    if (uri.fragment !== '') this.#emitter.fire();
  }
}

/** An array with the analysis of the model that it holds. */
class SourceView implements PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: ModelKey;
  readonly state: ModelState;
  readonly analysis: Analysis;
  readonly head: vscode.Range;
  readonly sections = [];
  readonly #model: PlacedModel;

  constructor(
    document: vscode.TextDocument,
    model: PlacedModel,
    { state, analysis }: { readonly state: ModelState; readonly analysis: Analysis },
  ) {
    this.document = document;
    this.key = model.key;
    this.state = state;
    this.analysis = analysis;
    this.head = model.name;
    this.#model = model;
  }

  get costs(): readonly PlacedText[] {
    const position = this.document.lineAt(this.head.start.line).range.end;
    return [{ position, text: `  ${summaryText(this.analysis.report)}` }];
  }

  /** All that is said of a layer stands at the name of the array: its body says nothing to people. */
  placeOf(): LayerPlace {
    const { name } = this.#model;
    return { range: name, name, mark: name };
  }

  layersAt(): readonly number[] {
    return [];
  }

  tensorAt(): undefined {
    return undefined;
  }
}
