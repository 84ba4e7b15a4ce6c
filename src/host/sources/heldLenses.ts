import * as vscode from 'vscode';
import type { LensesOf } from './sourceLenses';

/** What is known of programs' models in the firmware beside them. */
export interface HeldModels {
  readonly onDidChange: vscode.Event<void>;
  /** Ways to where a model is held, each with what is said of it. */
  commandsFor(model: vscode.Uri): readonly vscode.Command[];
}

/** Above a model: where the firmware holds it. Modules that only make some of its layers say nothing of that. */
export function heldLenses(held: HeldModels): LensesOf {
  return ({ uri }, { head, key }) => {
    if (uri.path !== key.uri.path) return [];
    const place = new vscode.Range(head.start.line, 0, head.start.line, 0);
    return held.commandsFor(key.uri).map((command) => new vscode.CodeLens(place, command));
  };
}
