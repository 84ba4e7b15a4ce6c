import * as vscode from 'vscode';
import type { ListingView, ListingViews } from '../listing/listingView';
import { listingSelector } from '../listing/listingView';
import type { BoardFindings } from '../measure/boardFindings';
import { diagnosticSource } from './diagnostics';
import type { Fix } from './fixes';
import { fixesFor } from './fixes';
import { projectFileFor } from './projectFile';

/** Quick fixes on the listing, joined to their problem by its code. */
export function registerCodeActions(views: ListingViews, board: BoardFindings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    listingSelector,
    {
      provideCodeActions: async (document, _range, { diagnostics }, token) => {
        const ours = diagnostics.filter(({ source }) => source === diagnosticSource);
        const view = ours.length === 0 ? undefined : await views.of(document, token);
        if (view === undefined) return [];
        const actions = await Promise.all(ours.map((diagnostic) => actionsFor(diagnostic, view, board)));
        return actions.flat();
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

async function actionsFor(
  diagnostic: vscode.Diagnostic,
  { state, analysis }: ListingView,
  board: BoardFindings,
): Promise<vscode.CodeAction[]> {
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
  const findings = [...analysis.report.findings, ...board.of(state.key.uri)];
  const finding = findings.find((each) => each.code === code && each.message === diagnostic.message);
  if (finding === undefined) return [];
  const file = await projectFileFor(state.key.uri, state.project);
  return fixesFor({ finding, state, file }).map((fix) => actionOf(fix, diagnostic));
}

function actionOf({ title, edit, command, isPreferred }: Fix, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = edit;
  action.isPreferred = isPreferred;
  if (command !== undefined) {
    action.command = { title, command: command.command, arguments: [...command.arguments] };
  }
  return action;
}
