import type * as vscode from 'vscode';
import type { Analysis, OperatorCard, TensorCard } from '../../core/analysis/analysis';
import type { LayerFacts } from '../../core/estimate/report';
import type { ListedOperator, ListedTensor } from '../../core/listing/listing';
import type { Analyses } from '../analysis/analyses';
import type { ModelKey, ModelState } from '../analysis/modelEntry';
import { rangeOf } from '../places';
import { keyOfListing, listingScheme } from './listingAddress';
import { contentOf } from './listingContent';

/** Documents that the features of a listing are for. */
export const listingSelector: vscode.DocumentSelector = { scheme: listingScheme, language: 'milliwatt-listing' };

/** A listing document together with the analysis that its text was made from: every feature only looks up. */
export interface ListingView {
  readonly document: vscode.TextDocument;
  readonly key: ModelKey;
  readonly state: ModelState;
  readonly analysis: Analysis;
}

/** An operator with all that is known of it. */
export interface OperatorFacts {
  readonly listed: ListedOperator;
  readonly layer: LayerFacts;
  readonly card: OperatorCard;
}

/** Finds the view behind a document. A document that lags behind its analysis has none: its places would be wrong. */
export class ListingViews {
  readonly #analyses: Analyses;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
  }

  /** Waits for the first analysis where there is none yet. */
  async of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<ListingView | undefined> {
    const key = keyOfListing(document.uri);
    if (this.#analyses.current(key)?.analysis === undefined) await this.#analyses.settled(key);
    return token.isCancellationRequested ? undefined : this.current(document);
  }

  current(document: vscode.TextDocument): ListingView | undefined {
    const key = keyOfListing(document.uri);
    const state = this.#analyses.current(key);
    if (state?.analysis === undefined || document.getText() !== contentOf(state)) return undefined;
    return { document, key, state, analysis: state.analysis };
  }
}

/** The operator on a line. */
export function operatorAt({ analysis }: ListingView, line: number): OperatorFacts | undefined {
  const position = analysis.listing.operators.findIndex((operator) => operator.line === line);
  return position < 0 ? undefined : operatorFacts(analysis, position);
}

/** The operator of a layer of the report. */
export function operatorFacts(analysis: Analysis, layer: number): OperatorFacts | undefined {
  const listed = analysis.listing.operators.at(layer);
  const facts = analysis.report.layers.at(layer);
  const card = analysis.operators.at(layer);
  return listed && facts && card && { listed, layer: facts, card };
}

/** The mention of a tensor at a place. */
export function tensorAt({ analysis }: ListingView, position: vscode.Position): ListedTensor | undefined {
  return analysis.listing.tensors.find(({ span }) => rangeOf(span).contains(position));
}

/** Facts about a tensor, from an index that is made once per analysis: models have thousands of tensors. */
export function tensorCard(analysis: Analysis, graph: number, tensor: number): TensorCard | undefined {
  const index =
    cardIndices.get(analysis) ?? new Map(analysis.tensors.map((card) => [`${card.graph} ${card.tensor}`, card]));
  cardIndices.set(analysis, index);
  return index.get(`${graph} ${tensor}`);
}

const cardIndices = new WeakMap<Analysis, ReadonlyMap<string, TensorCard>>();

/** Every mention of the same tensor. */
export function mentionsOf({ analysis }: ListingView, { graph, tensor }: ListedTensor): readonly ListedTensor[] {
  return analysis.listing.tensors.filter((other) => other.graph === graph && other.tensor === tensor);
}
