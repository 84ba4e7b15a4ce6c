import * as vscode from 'vscode';
import type { Finding } from '../../core/estimate/report';
import type { Severity } from '../../core/model/problem';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { Disposables } from '../disposables';
import { fileNameOf } from '../places';
import type { PlacedView, PlacedViews } from '../placed/placedView';
import type { BoardFindings } from '../measure/boardFindings';
import type { CheckedModels } from './checkedModels';

const diagnosticSource = 'Milliwatt';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What the problems are published from. */
interface DiagnosticsSources {
  readonly analyses: Analyses;
  readonly views: PlacedViews;
  readonly checked: CheckedModels;
  /** What boards said about the models. */
  readonly board: BoardFindings;
}

/**
 * Publishes findings: each where its layer stands in an open document, and on the model file one summary with related
 * locations, so that no finding appears twice.
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
    const { views, checked, board } = this.#sources;
    const before = this.#published;
    this.#published = new Map();
    for (const document of views.documents) {
      const view = views.current(document);
      if (view?.key.costs === 'hints') {
        const stamp = `document ${view.state.revision} ${board.revision}`;
        this.#set(document.uri, stamp, before, () => onDocument(view, board.of(view.key.uri)));
      }
    }
    for (const state of checked.states()) {
      const stamp = `model ${state.revision} ${board.revision}`;
      this.#set(state.key.uri, stamp, before, () => onModel(state, board.of(state.key.uri), views));
    }
    for (const name of before.keys()) {
      if (!this.#published.has(name)) this.#collection.delete(vscode.Uri.parse(name, true));
    }
  }

  #set(
    uri: vscode.Uri,
    stamp: string,
    before: ReadonlyMap<string, string>,
    make: () => readonly vscode.Diagnostic[],
  ): void {
    const name = uri.toString();
    this.#published.set(name, stamp);
    if (before.get(name) !== stamp) this.#collection.set(uri, make());
  }
}

/** A problem that knows its finding: VS Code hands the very object to whoever is asked for actions. */
export class FindingDiagnostic extends vscode.Diagnostic {
  /** Id of the finding. */
  readonly finding: string;

  constructor({ id, code, message, severity }: Finding, range: vscode.Range) {
    super(range, message, severities[severity]);
    this.finding = id;
    this.source = diagnosticSource;
    this.code = code.startsWith('board-') ? code : { value: code, target: explainUri(code) };
  }
}

function onDocument(view: PlacedView, ofBoard: readonly Finding[]): vscode.Diagnostic[] {
  return [...view.analysis.report.findings, ...ofBoard].map((finding) => {
    return new FindingDiagnostic(finding, rangeFor(finding, view));
  });
}

function rangeFor({ layer }: Finding, view: PlacedView): vscode.Range {
  const place = layer === undefined ? undefined : view.placeOf(layer);
  return place?.mark ?? view.document.lineAt(view.headLine).range;
}

/** A link that explains the rule. */
function explainUri(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:milliwatt.explainRule?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** One problem for the file: that it cannot be read, or how many findings there are and where. */
function onModel(state: ModelState, ofBoard: readonly Finding[], views: PlacedViews): vscode.Diagnostic[] {
  const start = new vscode.Range(0, 0, 0, 0);
  if (state.error !== undefined) return [problem(start, state.error, 'error')];
  const findings = [...(state.analysis?.report.findings ?? []), ...ofBoard];
  if (findings.length === 0) return [];
  const summary = problem(start, summarySentence(state, findings), worst(findings));
  summary.relatedInformation = findings.map((finding) => relatedInformation(finding, state, views));
  return [summary];
}

/** Leads to the finding where its layer stands, which alone carries its message. */
function relatedInformation(
  { code, layer }: Finding,
  state: ModelState,
  views: PlacedViews,
): vscode.DiagnosticRelatedInformation {
  const name = layer === undefined ? 'the model' : state.analysis?.report.layers.at(layer)?.name;
  const location = views.locationOf(state, layer);
  return new vscode.DiagnosticRelatedInformation(location, `${code} at ${name ?? 'an operator'}`);
}

function problem(range: vscode.Range, message: string, severity: Severity): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}

function summarySentence({ key, analysis }: ModelState, findings: readonly Finding[]): string {
  const board = analysis?.report.target.boardName;
  const counts = (['error', 'warning', 'information', 'hint'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${nouns[severity][count === 1 ? 0 : 1]}`);
  const place = board === undefined ? '' : ` on ${board}`;
  return `${fileNameOf(key.uri)}${place}: ${counts.join(', ')}. The listing shows them at their operators.`;
}

const nouns: Readonly<Record<Severity, readonly [one: string, several: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['note', 'notes'],
  hint: ['hint', 'hints'],
};

function worst(findings: readonly Finding[]): Severity {
  const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
  return order.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'hint';
}
