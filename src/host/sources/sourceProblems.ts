import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { SourceViews } from './sourceViews';

/** Says at its name why what is meant to hold a model, or to build one, cannot be read. */
export class SourceProblems {
  readonly #views: readonly SourceViews[];
  readonly #disposables = new Disposables();
  readonly #collection = this.#disposables.add(vscode.languages.createDiagnosticCollection('milliwatt-sources'));

  constructor(views: readonly SourceViews[]) {
    this.#views = views;
    for (const each of views) this.#disposables.add(each.onDidChange(() => this.#publish()));
    this.#publish();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #publish(): void {
    const byDocument = new Map<string, { readonly uri: vscode.Uri; readonly problems: vscode.Diagnostic[] }>();
    for (const { document, found, name } of this.#views.flatMap((each) => each.found)) {
      if (found.problem === undefined) continue;
      const diagnostic = new vscode.Diagnostic(name, found.problem.message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = 'milliwatt';
      diagnostic.code = found.problem.code;
      const at = document.uri.toString();
      const known = byDocument.get(at) ?? { uri: document.uri, problems: [] };
      known.problems.push(diagnostic);
      byDocument.set(at, known);
    }
    this.#collection.clear();
    for (const { uri, problems } of byDocument.values()) this.#collection.set(uri, problems);
  }
}
