import * as vscode from 'vscode';
import { compactBytes } from '../../core/text/compact';
import type { PlacedSymbol, PlacedView, PlacedViews } from './placedView';
import { layerFacts } from './placedView';

/** Outline: each layer is a symbol, below the heading of its section where it stands in one, or what the view has. */
export function registerOutline(views: PlacedViews): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(views.selector, {
    provideDocumentSymbols: async (document, token) => {
      return (await views.of(document, token)).flatMap((view) => view.symbols?.map(symbolOf) ?? symbolsOf(view));
    },
  });
}

function symbolOf({ name, detail, isModel, place, children }: PlacedSymbol): vscode.DocumentSymbol {
  const kind = isModel ? vscode.SymbolKind.Module : vscode.SymbolKind.Function;
  // VS Code refuses a symbol without a name, which a half-typed program may give.
  const symbol = new vscode.DocumentSymbol(name === '' ? '?' : name, detail, kind, place.range, place.name);
  symbol.children = children.map(symbolOf);
  return symbol;
}

function symbolsOf(view: PlacedView): vscode.DocumentSymbol[] {
  const layers = layerSymbols(view);
  const sections = view.sections.map(({ line, endLine }) => {
    const heading = view.document.lineAt(line);
    const range = heading.range.union(view.document.lineAt(endLine).range);
    const name = heading.text.trim() === '' ? 'model' : heading.text.trim();
    const section = new vscode.DocumentSymbol(name, '', vscode.SymbolKind.Module, range, heading.range);
    section.children = layers.filter((layer) => range.contains(layer.range));
    return section;
  });
  const elsewhere = layers.filter((layer) => !sections.some(({ range }) => range.contains(layer.range)));
  return [...sections, ...elsewhere];
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
