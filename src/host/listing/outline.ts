import * as vscode from 'vscode';
import { compactBytes } from '../../core/text/compact';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { rangeOf } from '../places';
import type { ListingView, ListingViews } from './listingView';
import { listingSelector, operatorFacts } from './listingView';

/** Outline and folding: an operator a symbol, a graph a stretch of lines. */
export function registerOutline(views: ListingViews): Disposable {
  const disposables = new Disposables();
  disposables.add(
    vscode.languages.registerDocumentSymbolProvider(listingSelector, {
      provideDocumentSymbols: async (document, token) => {
        const view = await views.of(document, token);
        return view && symbolsOf(view);
      },
    }),
  );
  disposables.add(
    vscode.languages.registerFoldingRangeProvider(listingSelector, {
      provideFoldingRanges: async (document, _context, token) => {
        const view = await views.of(document, token);
        return view?.analysis.listing.folds.map(({ line, endLine }) => new vscode.FoldingRange(line, endLine));
      },
    }),
  );
  return disposables;
}

function symbolsOf(view: ListingView): vscode.DocumentSymbol[] {
  const { folds } = view.analysis.listing;
  const operators = operatorSymbols(view);
  if (folds.length === 0) return operators;
  return folds.map(({ line, endLine }) => {
    const range = view.document.lineAt(line).range.union(view.document.lineAt(endLine).range);
    const heading = view.document.lineAt(line);
    const graph = new vscode.DocumentSymbol(heading.text, '', vscode.SymbolKind.Module, range, heading.range);
    graph.children = operators.filter((operator) => range.contains(operator.range));
    return graph;
  });
}

function operatorSymbols({ analysis }: ListingView): vscode.DocumentSymbol[] {
  return analysis.listing.operators.flatMap((_operator, position) => {
    const facts = operatorFacts(analysis, position);
    if (facts === undefined) return [];
    const { listed, layer, card } = facts;
    const detail = layer.ramBytes === undefined ? card.kind : `${card.kind}  RAM ${compactBytes(layer.ramBytes)}`;
    const span = rangeOf(listed.span);
    const kind = vscode.SymbolKind.Function;
    return [new vscode.DocumentSymbol(`${card.index} ${layer.name}`, detail, kind, span, rangeOf(listed.nameSpan))];
  });
}
