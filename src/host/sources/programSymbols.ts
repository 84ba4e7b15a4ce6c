import type * as vscode from 'vscode';
import type { OutlineLayer } from '../../core/analysis/programOutline';
import { summaryText } from '../../core/estimate/gauges';
import type { PlacedSymbol, PlacedView } from '../placed/placedView';
import { placeAt } from './programPlaces';

/** A model of a program with those of its layers that stand in the document. */
export function modelSymbol(view: PlacedView, layers: readonly OutlineLayer[]): PlacedSymbol {
  const { document, head, analysis, key } = view;
  const children = layers.map((layer) => layerSymbol(document, layer));
  const range = children.reduce<vscode.Range>((whole, { place }) => whole.union(place.range), head);
  return {
    name: analysis.program?.name ?? key.uri.fragment,
    detail: analysis.program?.isCosted === true ? summaryText(analysis.report) : '',
    isModel: true,
    place: { range, name: head },
    children,
  };
}

function layerSymbol(document: vscode.TextDocument, layer: OutlineLayer): PlacedSymbol {
  const { name, detail, span, children } = layer;
  const below = children.map((child) => layerSymbol(document, child));
  return { name, detail, isModel: below.length > 0, place: placeAt(document, span), children: below };
}
