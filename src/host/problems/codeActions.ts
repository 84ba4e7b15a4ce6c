import * as vscode from 'vscode';
import type { CombinedViews } from '../placed/combinedViews';
import { registeredForAll } from '../placed/combinedViews';
import type { Disposable } from '../disposables';
import type { ActionSources, actionsAt } from './lineActions';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** What actions need, loaded when they are asked for first. */
type LoadActions = () => Promise<{ readonly actionsAt: typeof actionsAt }>;

/** Where layers stand: what can be done about a problem, and what compressions bring. */
export function registerCodeActions(views: CombinedViews, sources: ActionSources, load: LoadActions): Disposable {
  return registeredForAll(views, () =>
    vscode.languages.registerCodeActionsProvider(
      views.selector,
      {
        provideCodeActions: async (document, range, context, token) => {
          const found = await views.of(document, token);
          if (found.length === 0) return [];
          const { actionsAt: actions } = await load();
          return actions(found, range.start.line, context, sources);
        },
      },
      { providedCodeActionKinds: [QuickFix, RefactorRewrite] },
    ),
  );
}
