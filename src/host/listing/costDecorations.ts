import * as vscode from 'vscode';
import { costCellText } from '../../core/listing/costs';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import { cellsToShow } from './hints';
import { listingScheme } from './listingAddress';
import type { ListingViews } from './listingView';

/** Costs as decorations, for those who keep inlay hints off (`milliwatt.annotations`). */
export class CostDecorations {
  readonly #views: ListingViews;
  readonly #settings: SettingsReader;
  readonly #disposables = new Disposables();
  readonly #type = this.#disposables.add(
    vscode.window.createTextEditorDecorationType({
      before: { color: new vscode.ThemeColor('editorInlayHint.foreground') },
    }),
  );

  constructor(views: ListingViews, analyses: Analyses, settings: SettingsReader) {
    this.#views = views;
    this.#settings = settings;
    const refresh = (): void => this.#refresh();
    this.#disposables.add(analyses.onDidChange(refresh));
    this.#disposables.add(settings.onDidChange(refresh));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(refresh));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === listingScheme) refresh();
      }),
    );
    refresh();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #refresh(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.scheme === listingScheme) editor.setDecorations(this.#type, this.#decorations(editor));
    }
  }

  #decorations({ document }: vscode.TextEditor): vscode.DecorationOptions[] {
    const view = this.#views.current(document);
    if (view === undefined || this.#settings.read(view.key.uri).annotations !== 'decorations') return [];
    return cellsToShow(view).map((cell) => ({
      range: new vscode.Range(cell.line, cell.column, cell.line, cell.column),
      // A decoration collapses blanks: no-break spaces keep the columns.
      renderOptions: { before: { contentText: costCellText(cell, view.analysis.report).replaceAll(' ', '\u00a0') } },
    }));
  }
}
