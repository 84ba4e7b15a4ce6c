import * as vscode from 'vscode';
import type { PlacedViews } from '../placed/placedView';
import type { ActionSources } from './lineActions';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** Where layers stand: what can be done about a problem, and what compressions bring. Loaded when it is asked for first. */
export function registerCodeActions(views: PlacedViews, sources: ActionSources): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    views.selector,
    {
      provideCodeActions: async (document, range, context, token) => {
        const view = await views.of(document, token);
        if (view === undefined) return [];
        const { actionsAt } = await import('../later');
        return actionsAt(view, range.start.line, context, sources);
      },
    },
    { providedCodeActionKinds: [QuickFix, RefactorRewrite] },
  );
}
