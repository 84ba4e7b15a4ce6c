import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { SourceViews } from './sourceViews';

/** Says at its name why an array that is meant to hold a model cannot be read. */
export class ArrayProblems {
  readonly #views: SourceViews;
  readonly #disposables = new Disposables();
  readonly #collection = this.#disposables.add(vscode.languages.createDiagnosticCollection('milliwatt-arrays'));

  constructor(views: SourceViews) {
    this.#views = views;
    this.#disposables.add(views.onDidChange(() => this.#publish()));
    this.#publish();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #publish(): void {
    this.#collection.clear();
    for (const [{ uri }, models] of this.#views.found) {
      const problems = models.flatMap(({ found: { problem }, name }) => {
        if (problem === undefined) return [];
        const diagnostic = new vscode.Diagnostic(name, problem.message, vscode.DiagnosticSeverity.Warning);
        diagnostic.source = 'milliwatt';
        diagnostic.code = problem.code;
        return [diagnostic];
      });
      if (problems.length > 0) this.#collection.set(uri, problems);
    }
  }
}
