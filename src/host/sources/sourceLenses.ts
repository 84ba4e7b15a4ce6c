import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { PlacedView } from '../placed/placedView';
import type { SettingsReader } from '../settings';
import { isPlaceIn } from './programPlaces';
import type { SourceViews } from './sourceViews';

/** What stands above lines of a document about one of its models. */
export type LensesOf = (document: vscode.TextDocument, view: PlacedView) => readonly vscode.CodeLens[];

/** Lenses in sources, of models whose settings want any. */
export class SourceLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #views: SourceViews;
  readonly #settings: SettingsReader;
  readonly #lensesOf: LensesOf;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  /** `also`: after these, lenses may be others though the views are the same. */
  constructor(
    views: SourceViews,
    settings: SettingsReader,
    lensesOf: LensesOf,
    also: readonly vscode.Event<void>[] = [],
  ) {
    this.#views = views;
    this.#settings = settings;
    this.#lensesOf = lensesOf;
    this.onDidChangeCodeLenses = this.#emitter.event;
    for (const event of [views.onDidChange, ...also]) this.#disposables.add(event(() => this.#emitter.fire()));
    this.#disposables.add(vscode.languages.registerCodeLensProvider(views.selector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const views = await this.#views.of(document, token);
    return views
      .filter(({ key }) => this.#settings.read(key.uri).codeLens)
      .flatMap((view) => this.#lensesOf(document, view));
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** What can be opened of a model whose text says nothing to people. */
const openings = [
  { title: '$(list-flat) Listing', command: 'milliwatt.openListing' },
  { title: '$(graph) Model', command: 'milliwatt.openModel' },
  { title: '$(git-compare) HEAD', command: 'milliwatt.compareWithHead' },
] as const;

/** Ways into a model, above its declaration. */
export const openingLenses: LensesOf = (_document, { head, key }) => {
  const place = new vscode.Range(head.start.line, 0, head.start.line, 0);
  return openings.map((opening) => new vscode.CodeLens(place, { ...opening, arguments: [key.uri] }));
};

/** Asks, where a program leaves a value open, what is to be taken for it, also once it is given. */
export const openValueLenses: LensesOf = (document, { analysis, key }) => {
  const lenses = new Map<string, vscode.CodeLens>();
  for (const { name, canBeGiven, place, reason } of analysis.program?.openValues ?? []) {
    if (!canBeGiven || place?.span === undefined || !isPlaceIn(document, key.uri, place)) continue;
    const { line } = place.span;
    const command = { title: `$(edit) ${name} = ?`, tooltip: reason, command: 'milliwatt.giveOpenValue' };
    const at = new vscode.Range(line, 0, line, 0);
    const values = [document.uri, name, undefined, line];
    lenses.set(`${line} ${name}`, new vscode.CodeLens(at, { ...command, arguments: values }));
  }
  for (const { name, value, origin, parameter } of analysis.program?.given ?? []) {
    if (parameter?.span === undefined || !isPlaceIn(document, key.uri, parameter)) continue;
    const { line } = parameter.span;
    const where = origin === 'comment' ? 'comment' : 'entry';
    const title = `$(edit) ${name} = ${value}`;
    const tooltip = `Shown for this value (${origin}). Give another one.`;
    const command = { title, tooltip, command: 'milliwatt.giveOpenValue' };
    const values = [document.uri, name, undefined, line, where, key.uri];
    lenses.set(
      `${line} ${name}`,
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { ...command, arguments: values }),
    );
  }
  return [...lenses.values()];
};
