import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import type { PlacedViews } from './placedView';

/** Costs shown on every line of a layer, as inlay hints. */
export class CostHints implements vscode.InlayHintsProvider {
  readonly onDidChangeInlayHints: vscode.Event<void>;
  readonly #views: PlacedViews;
  readonly #settings: SettingsReader;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  constructor(views: PlacedViews, analyses: Analyses, settings: SettingsReader) {
    this.#views = views;
    this.#settings = settings;
    this.onDidChangeInlayHints = this.#emitter.event;
    this.#disposables.add(analyses.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(settings.onDidChange(() => this.#emitter.fire()));
    this.#disposables.add(vscode.languages.registerInlayHintsProvider(views.selector, this));
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    const views = await this.#views.of(document, token);
    return views
      .filter(({ key }) => this.#settings.read(key.uri).annotations === 'inlayHints')
      .flatMap(({ costs }) => costs)
      .filter(({ position }) => position.line >= range.start.line && position.line <= range.end.line)
      .map(({ position, text }) => new vscode.InlayHint(position, text));
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
