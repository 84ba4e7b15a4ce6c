import * as vscode from 'vscode';
import type { ListingViews } from './listingView';

/** Each graph of several folds. */
export function registerFolding(views: ListingViews): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider(views.selector, {
    provideFoldingRanges: async (document, _context, token) => {
      const view = await views.viewOf(document, token);
      return view?.sections.map(({ line, endLine }) => new vscode.FoldingRange(line, endLine));
    },
  });
}
