import * as vscode from 'vscode';
import { compactBytes } from '../../core/text/compact';
import type { PlacedView, PlacedViews } from './placedView';
import { layerFacts } from './placedView';

/** Outline: a layer a symbol, below the heading of its section. */
export function registerOutline(views: PlacedViews): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(views.selector, {
    provideDocumentSymbols: async (document, token) => {
      const view = await views.of(document, token);
      return view && symbolsOf(view);
    },
  });
}

function symbolsOf(view: PlacedView): vscode.DocumentSymbol[] {
  const layers = layerSymbols(view);
  if (view.sections.length === 0) return layers;
  return view.sections.map(({ line, endLine }) => {
    const heading = view.document.lineAt(line);
    const range = heading.range.union(view.document.lineAt(endLine).range);
    const section = new vscode.DocumentSymbol(heading.text, '', vscode.SymbolKind.Module, range, heading.range);
    section.children = layers.filter((layer) => range.contains(layer.range));
    return section;
  });
}

function layerSymbols(view: PlacedView): vscode.DocumentSymbol[] {
  return view.analysis.report.layers.flatMap((_layer, index) => {
    const facts = layerFacts(view.analysis, index);
    const place = view.placeOf(index);
    if (facts === undefined || place === undefined) return [];
    const { layer, card } = facts;
    const detail = layer.ramBytes === undefined ? card.kind : `${card.kind}  RAM ${compactBytes(layer.ramBytes)}`;
    const kind = vscode.SymbolKind.Function;
    return [new vscode.DocumentSymbol(`${card.index} ${layer.name}`, detail, kind, place.range, place.name)];
  });
}
