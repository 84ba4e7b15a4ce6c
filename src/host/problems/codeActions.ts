import * as vscode from 'vscode';
import type { ListingViews } from '../listing/listingView';
import { listingSelector } from '../listing/listingView';
import type { ActionSources } from './listingActions';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** On the listing: what can be done about a problem, and what compressions bring. Loaded when it is asked for first. */
export function registerCodeActions(views: ListingViews, sources: ActionSources): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    listingSelector,
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
