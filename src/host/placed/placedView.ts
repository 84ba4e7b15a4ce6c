import type * as vscode from 'vscode';
import type { Analysis, OperatorCard, TensorCard } from '../../core/analysis/analysis';
import type { LayerFacts } from '../../core/estimate/report';
import type { ModelKey, ModelState } from '../analysis/modelEntry';

/**
 * A document in which layers of a model stand, together with the analysis that its places are of: every feature only
 * looks up. A document that holds several models has one view for each. What kind of text it is, its implementation
 * alone knows.
 */
export interface PlacedView {
  readonly document: vscode.TextDocument;
  readonly key: ModelKey;
  readonly state: ModelState;
  readonly analysis: Analysis;
  /** What a problem of the model as a whole underlines; above its line stands what is said of the model. */
  readonly head: vscode.Range;
  /** Where costs are shown that are not in the text already. */
  readonly costs: readonly PlacedText[];
  /** Stretches of lines with a heading, whose layers belong together. */
  readonly sections: readonly { readonly line: number; readonly endLine: number }[];
  /**
   * Where a layer (index into the report's layers) stands: of several places the one that problems are shown at;
   * `undefined` where it stands nowhere in the document.
   */
  placeOf(layer: number): LayerPlace | undefined;
  /** The layers that a line is about, in the order of the report; the same layer may stand on other lines as well. */
  layersAt(line: number): readonly number[];
  /** What an outline has, where that is not the operators. */
  readonly symbols?: readonly PlacedSymbol[];
  /** Whether so much stands on a line that a hover leaves to `saidAt` what its operators are. */
  isSummedUpAt?(line: number): boolean;
  /** What is said at a place beside the operators that stand there, as Markdown. */
  saidAt?(position: vscode.Position): string | undefined;
  /** What can be done on a line beside what its operators offer. */
  actionsAt?(line: number): readonly vscode.CodeAction[];
  /** The tensor that is named at a place. */
  tensorAt(position: vscode.Position): PlacedTensor | undefined;
}

export interface LayerPlace {
  /** All of the text that describes the layer; it may span several lines. */
  readonly range: vscode.Range;
  /** Its name alone. */
  readonly name: vscode.Range;
  /** What a problem of the layer underlines. */
  readonly mark: vscode.Range;
}

/** A model or one of its layers in an outline. */
export interface PlacedSymbol {
  readonly name: string;
  readonly detail: string;
  readonly isModel: boolean;
  readonly place: Pick<LayerPlace, 'range' | 'name'>;
  readonly children: readonly PlacedSymbol[];
}

/** Text that is shown at a place without being in the document. */
export interface PlacedText {
  readonly position: vscode.Position;
  readonly text: string;
}

export interface PlacedTensor {
  readonly graph: number;
  readonly tensor: number;
  readonly range: vscode.Range;
}

/** The views of the open documents of one kind of text, or of all (`CombinedViews`). */
export interface PlacedViews {
  /** Documents outside of it are never asked about. */
  readonly selector: vscode.DocumentSelector;
  /** Its open documents. */
  readonly documents: readonly vscode.TextDocument[];
  /** Documents were opened or closed. */
  readonly onDidChange: vscode.Event<void>;
  /** One view for each model; waits for the first analysis where there is none yet. */
  of(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<readonly PlacedView[]>;
  /** Without those whose document differs from the text that was analysed: their places would be wrong. */
  current(document: vscode.TextDocument): readonly PlacedView[];
  /**
   * Where a layer of a model stands, or the model as a whole, whether or not its document is open; `undefined` where it
   * does not stand in this kind of text.
   */
  locationOf(state: ModelState, layer: number | undefined): vscode.Location | undefined;
}

/** A layer with all that is known of it. */
export interface PlacedLayer {
  readonly layer: LayerFacts;
  readonly card: OperatorCard;
}

/** What is known of a layer of the report. */
export function layerFacts({ report, operators }: Analysis, index: number): PlacedLayer | undefined {
  const layer = report.layers.at(index);
  const card = operators.at(index);
  return layer && card && { layer, card };
}

/** Facts about a tensor, from an index that is made once per analysis: models have thousands of tensors. */
export function tensorCard(analysis: Analysis, graph: number, tensor: number): TensorCard | undefined {
  const index =
    cardIndices.get(analysis) ?? new Map(analysis.tensors.map((card) => [`${card.graph} ${card.tensor}`, card]));
  cardIndices.set(analysis, index);
  return index.get(`${graph} ${tensor}`);
}

const cardIndices = new WeakMap<Analysis, ReadonlyMap<string, TensorCard>>();
