import * as vscode from 'vscode';
import { costCellText } from '../../core/listing/costs';
import type { CostCell } from '../../core/listing/listing';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import { keyOfListing } from './listingAddress';
import { listingSelector } from './listingView';
import type { ListingView, ListingViews } from './listingView';

/** Costs in view on every line: one hint of fixed width in front of the operator's name. */
export class CostHints implements vscode.InlayHintsProvider {
  readonly onDidChangeInlayHints: vscode.Event<void>;
  readonly #views: ListingViews;
  readonly #settings: SettingsReader;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  constructor(views: ListingViews, analyses: Analyses, settings: SettingsReader) {
    this.#views = views;
    this.#settings = settings;
    this.onDidChangeInlayHints = this.#emitter.event;
    this.#disposables.add(analyses.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(settings.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(vscode.languages.registerInlayHintsProvider(listingSelector, this));
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    if (this.#settings.read(keyOfListing(document.uri).uri).annotations !== 'inlayHints') return [];
    const view = await this.#views.of(document, token);
    if (view === undefined) return [];
    return cellsToShow(view)
      .filter(({ line }) => line >= range.start.line && line <= range.end.line)
      .map(
        (cell) =>
          new vscode.InlayHint(new vscode.Position(cell.line, cell.column), costCellText(cell, view.analysis.report)),
      );
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** The cells that are not in the text already. */
export function cellsToShow({ key, analysis }: ListingView): readonly CostCell[] {
  return key.costs === 'text' ? [] : analysis.listing.costCells;
}
