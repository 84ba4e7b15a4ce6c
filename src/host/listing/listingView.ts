import * as vscode from 'vscode';
import type { Analysis } from '../../core/analysis/analysis';
import { costCellText } from '../../core/listing/costs';
import type { ListedTensor } from '../../core/listing/listing';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey, ModelState } from '../analysis/modelEntry';
import { rangeOf } from '../places';
import type { LayerPlace, PlacedTensor, PlacedText, PlacedView, PlacedViews } from '../placed/placedView';
import { keyOfListing, listingScheme, listingUri } from './listingAddress';
import { contentOf } from './listingContent';
import type { OpenListings } from './openListings';

/** Documents that the features of a listing are for. */
const listingSelector: vscode.DocumentSelector = { scheme: listingScheme, language: 'milliwatt-listing' };

/** Finds the view behind a listing. */
export class ListingViews implements PlacedViews {
  readonly selector = listingSelector;
  readonly onDidChange: vscode.Event<void>;
  readonly #analyses: Analyses;
  readonly #listings: OpenListings;

  constructor(analyses: Analyses, listings: OpenListings) {
    this.#analyses = analyses;
    this.#listings = listings;
    this.onDidChange = listings.onDidChange;
  }

  get documents(): readonly vscode.TextDocument[] {
    return this.#listings.documents;
  }

  async of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly ListingView[]> {
    const view = await this.viewOf(document, token);
    return view === undefined ? [] : [view];
  }

  current(document: vscode.TextDocument): readonly ListingView[] {
    const view = this.#currentView(document);
    return view === undefined ? [] : [view];
  }

  /** A listing is of one model. Waits for the first analysis where there is none yet. */
  async viewOf(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<ListingView | undefined> {
    const key = keyOfListing(document.uri);
    if (this.#analyses.current(key)?.analysis === undefined) await this.#analyses.settled(key);
    return token.isCancellationRequested ? undefined : this.#currentView(document);
  }

  locationOf({ key, analysis }: ModelState, layer: number | undefined): vscode.Location {
    const place = layer === undefined ? undefined : analysis?.listing.operators.at(layer);
    const position = new vscode.Position(place?.line ?? 0, place?.nameSpan.column ?? 0);
    return new vscode.Location(listingUri(key), position);
  }

  #currentView(document: vscode.TextDocument): ListingView | undefined {
    const state = this.#analyses.current(keyOfListing(document.uri));
    if (state?.analysis === undefined || document.getText() !== contentOf(state)) return undefined;
    return new ListingView(document, state, state.analysis);
  }
}

/** A listing with the analysis that its text was made from. */
export class ListingView implements PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: ModelKey;
  readonly state: ModelState;
  readonly analysis: Analysis;
  readonly head: vscode.Range;

  constructor(document: vscode.TextDocument, state: ModelState, analysis: Analysis) {
    this.document = document;
    this.key = keyOfListing(document.uri);
    this.state = state;
    this.analysis = analysis;
    this.head = document.lineAt(0).range;
  }

  get costs(): readonly PlacedText[] {
    if (this.key.costs === 'text') return [];
    const { listing, report } = this.analysis;
    return listing.costCells.map((cell) => ({
      position: new vscode.Position(cell.line, cell.column),
      text: costCellText(cell, report),
    }));
  }

  get sections(): PlacedView['sections'] {
    return this.analysis.listing.folds;
  }

  placeOf(layer: number): LayerPlace | undefined {
    const listed = this.analysis.listing.operators.at(layer);
    if (listed === undefined) return undefined;
    const { span, nameSpan, kindSpan } = listed;
    return {
      range: rangeOf(span),
      name: rangeOf(nameSpan),
      mark: rangeOf({ ...nameSpan, endColumn: kindSpan.endColumn }),
    };
  }

  layersAt(line: number): readonly number[] {
    const layer = this.analysis.listing.operators.findIndex((operator) => operator.line === line);
    return layer < 0 ? [] : [layer];
  }

  tensorAt(position: vscode.Position): PlacedTensor | undefined {
    const mention = this.mentionAt(position);
    return mention && { graph: mention.graph, tensor: mention.tensor, range: rangeOf(mention.span) };
  }

  /** The mention of a tensor at a place. */
  mentionAt(position: vscode.Position): ListedTensor | undefined {
    return this.analysis.listing.tensors.find(({ span }) => rangeOf(span).contains(position));
  }

  /** Every mention of the same tensor. */
  mentionsOf({ graph, tensor }: ListedTensor): readonly ListedTensor[] {
    return this.analysis.listing.tensors.filter((other) => other.graph === graph && other.tensor === tensor);
  }
}
