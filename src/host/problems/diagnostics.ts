import * as vscode from 'vscode';
import type { Finding } from '../../core/estimate/report';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { isOfChoice, nameOfKey } from '../analysis/modelEntry';
import { Disposables } from '../disposables';
import { fileUriOf } from '../places';
import { originLocation } from '../placed/originPlaces';
import type { PlacedView, PlacedViews } from '../placed/placedView';
import type { BoardFindings } from '../measure/boardFindings';
import type { CheckedModels } from './checkedModels';
import { FindingDiagnostic } from './findingDiagnostic';
import { summaryOf } from './modelSummary';

/** What the problems are published from. */
interface DiagnosticsSources {
  readonly analyses: Pick<Analyses, 'onDidChange'>;
  readonly views: PlacedViews;
  readonly checked: Pick<CheckedModels, 'onDidChange' | 'states'>;
  /** What boards said about the models. */
  readonly board: Pick<BoardFindings, 'of' | 'onDidChange' | 'revision'>;
}

/** What one model has to say at one document. */
interface Contribution {
  readonly uri: vscode.Uri;
  /** Names all that the problems are made from: of equal ones the problems are equal. */
  readonly stamp: string;
  readonly make: () => readonly vscode.Diagnostic[];
}

/**
 * Publishes findings: each where its layer came from in a file of the workspace, else where its layer stands in an open
 * document; on a model file of which nothing else is published, one summary with related locations. No finding appears
 * twice.
 */
export class Diagnostics {
  readonly #sources: DiagnosticsSources;
  readonly #disposables = new Disposables();
  readonly #collection = this.#disposables.add(vscode.languages.createDiagnosticCollection('milliwatt'));
  /** What each document's problems were made from: what did not change is not published again. */
  #published = new Map<string, string>();

  constructor(sources: DiagnosticsSources) {
    this.#sources = sources;
    const { analyses, views, checked, board } = sources;
    const publish = (): void => this.#publish();
    for (const event of [views.onDidChange, checked.onDidChange, board.onDidChange]) {
      this.#disposables.add(event(publish));
    }
    this.#disposables.add(analyses.onDidChange(publish));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (views.documents.includes(document)) publish();
      }),
    );
    publish();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #publish(): void {
    const before = this.#published;
    const byDocument = groupedBy(this.#contributions(), ({ uri }) => uri.toString());
    this.#published = new Map();
    for (const [name, contributions] of byDocument) {
      const stamp = contributions.map((each) => each.stamp).join('\n');
      this.#published.set(name, stamp);
      if (before.get(name) === stamp) continue;
      const problems = contributions.flatMap(({ make }) => make());
      this.#collection.set(contributions[0].uri, problems);
    }
    for (const name of before.keys()) {
      if (!this.#published.has(name)) this.#collection.delete(vscode.Uri.parse(name, true));
    }
  }

  #contributions(): readonly Contribution[] {
    const { views, checked } = this.#sources;
    const placed = views.documents.flatMap((document) => views.current(document)).filter(({ key }) => isOfChoice(key));
    const all = [...placed.map(({ state }) => state), ...checked.states()];
    const states = new Map(all.map((state) => [nameOfKey(state.key), state]));
    const atOrigins = [...states.values()].flatMap((state) => this.#atOrigins(state, placed));
    const summaries = checked.states().filter((state) => !this.#hasOwnPlaces(state));
    return [
      ...placed.map((view) => this.#inDocument(view)),
      ...atOrigins,
      ...summaries.map((state) => this.#onModel(state)),
    ];
  }

  #inDocument(view: PlacedView): Contribution {
    const { uri, version } = view.document;
    const stamp = `document ${this.#stampOf(view.state)} ${version}`;
    const isHere = (finding: Finding): boolean => {
      const origin = originLocation(view.key.uri, finding.origin);
      return origin === undefined || origin.uri.toString() === uri.toString();
    };
    const make = (): readonly vscode.Diagnostic[] =>
      this.#findingsOf(view.state)
        .filter(isHere)
        .map((finding) => new FindingDiagnostic(finding, view.key.uri, rangeFor(finding, view)));
    return { uri, stamp, make };
  }

  /** Findings whose layers came from files in which no view places them. */
  #atOrigins(state: ModelState, placed: readonly PlacedView[]): readonly Contribution[] {
    const name = nameOfKey(state.key);
    const viewed = placed.filter(({ key }) => nameOfKey(key) === name).map(({ document }) => document.uri.toString());
    const findings = this.#findingsOf(state).flatMap((finding) => {
      const location = originLocation(state.key.uri, finding.origin);
      return location === undefined || viewed.includes(location.uri.toString()) ? [] : [{ finding, location }];
    });
    return [...groupedBy(findings, ({ location }) => location.uri.toString()).values()].map((group) => ({
      uri: group[0].location.uri,
      stamp: `origin ${this.#stampOf(state)}`,
      make: () => group.map(({ finding, location }) => new FindingDiagnostic(finding, state.key.uri, location.range)),
    }));
  }

  /** One problem for the file: that it cannot be read, or how many findings there are and where. */
  #onModel(state: ModelState): Contribution {
    const stamp = `model ${this.#stampOf(state)}`;
    return {
      uri: fileUriOf(state.key.uri),
      stamp,
      make: () => summaryOf(state, this.#findingsOf(state), this.#sources.views),
    };
  }

  /** Whether a finding stands in the model's own file, as in a program: then a summary there would say it again. */
  #hasOwnPlaces(state: ModelState): boolean {
    if (state.error !== undefined) return false;
    const file = fileUriOf(state.key.uri).toString();
    return this.#findingsOf(state).some(({ origin }) => originLocation(state.key.uri, origin)?.uri.toString() === file);
  }

  #findingsOf({ key, analysis }: ModelState): readonly Finding[] {
    return [...(analysis?.report.findings ?? []), ...this.#sources.board.of(key.uri)];
  }

  #stampOf({ key, revision }: ModelState): string {
    return `${nameOfKey(key)} ${revision} ${this.#sources.board.revision}`;
  }
}

function rangeFor({ layer, origin }: Finding, view: PlacedView): vscode.Range {
  const place = layer === undefined ? undefined : view.placeOf(layer);
  if (place !== undefined) return place.mark;
  const location = originLocation(view.key.uri, origin);
  if (location?.uri.toString() === view.document.uri.toString()) return location.range;
  return view.head;
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
