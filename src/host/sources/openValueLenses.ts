import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import { isPlaceIn } from './programPlaces';
import type { SourceViews } from './sourceViews';

/** Asks, where a program leaves a value open, what is to be taken for it. */
export class OpenValueLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #views: SourceViews;
  readonly #settings: SettingsReader;
  readonly #disposables = new Disposables();

  constructor(views: SourceViews, settings: SettingsReader) {
    this.#views = views;
    this.#settings = settings;
    this.onDidChangeCodeLenses = views.onDidChange;
    this.#disposables.add(vscode.languages.registerCodeLensProvider(views.selector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const views = await this.#views.of(document, token);
    const lenses = new Map<string, vscode.CodeLens>();
    for (const { analysis, key } of views.filter((view) => this.#settings.read(view.key.uri).codeLens)) {
      for (const { name, canBeGiven, place, reason } of analysis.program?.openValues ?? []) {
        if (!canBeGiven || place?.span === undefined || !isPlaceIn(document, key.uri, place)) continue;
        const { line } = place.span;
        const title = `$(edit) ${name} = ?`;
        const command = { title, tooltip: reason, command: 'milliwatt.giveOpenValue' };
        const at = new vscode.Range(line, 0, line, 0);
        lenses.set(
          `${line} ${name}`,
          new vscode.CodeLens(at, { ...command, arguments: [document.uri, name, undefined, line] }),
        );
      }
    }
    return [...lenses.values()];
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
