import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import type { SourceViews } from './sourceViews';

/** What can be opened of a model whose text says nothing to people. */
const openings = [
  { title: '$(list-flat) Listing', command: 'milliwatt.openListing' },
  { title: '$(graph) Model', command: 'milliwatt.openModel' },
  { title: '$(git-compare) HEAD', command: 'milliwatt.compareWithHead' },
] as const;

/** Ways into a model of a source, above its declaration. */
export class SourceLenses implements vscode.CodeLensProvider {
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
    return views
      .filter(({ key }) => this.#settings.read(key.uri).codeLens)
      .flatMap(({ head, key }) => {
        const place = new vscode.Range(head.start.line, 0, head.start.line, 0);
        return openings.map((opening) => new vscode.CodeLens(place, { ...opening, arguments: [key.uri] }));
      });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
