import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import type { PlacedViews } from './placedView';

/** Costs as decorations, for users who turn inlay hints off (`milliwatt.annotations`). */
export class CostDecorations {
  readonly #views: PlacedViews;
  readonly #settings: SettingsReader;
  readonly #disposables = new Disposables();
  readonly #type = this.#disposables.add(
    vscode.window.createTextEditorDecorationType({
      before: { color: new vscode.ThemeColor('editorInlayHint.foreground') },
    }),
  );

  constructor(views: PlacedViews, analyses: Analyses, settings: SettingsReader) {
    this.#views = views;
    this.#settings = settings;
    const refresh = (): void => this.#refresh();
    this.#disposables.add(analyses.onDidChange(refresh));
    this.#disposables.add(settings.onDidChange(refresh));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(refresh));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (views.documents.includes(document)) refresh();
      }),
    );
    refresh();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #refresh(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (this.#views.documents.includes(editor.document)) editor.setDecorations(this.#type, this.#decorations(editor));
    }
  }

  #decorations({ document }: vscode.TextEditor): vscode.DecorationOptions[] {
    const views = this.#views
      .current(document)
      .filter(({ key }) => this.#settings.read(key.uri).annotations === 'decorations');
    return views
      .flatMap(({ costs }) => costs)
      .map(({ position, text }) => ({
        range: new vscode.Range(position, position),
        // A decoration collapses blanks: no-break spaces keep the columns.
        renderOptions: { before: { contentText: text.replaceAll(' ', '\u00a0') } },
      }));
  }
}
