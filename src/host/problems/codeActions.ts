import * as vscode from 'vscode';
import type { PlacedViews } from '../placed/placedView';
import type { ActionSources, actionsAt } from './lineActions';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** What actions need, loaded when they are asked for first. */
type LoadActions = () => Promise<{ readonly actionsAt: typeof actionsAt }>;

/** Where layers stand: what can be done about a problem, and what compressions bring. */
export function registerCodeActions(views: PlacedViews, sources: ActionSources, load: LoadActions): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    views.selector,
    {
      provideCodeActions: async (document, range, context, token) => {
        const view = await views.of(document, token);
        if (view === undefined) return [];
        const { actionsAt: actions } = await load();
        return actions(view, range.start.line, context, sources);
      },
    },
    { providedCodeActionKinds: [QuickFix, RefactorRewrite] },
  );
}
