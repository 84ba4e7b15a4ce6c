import * as vscode from 'vscode';
import type { TensorCard } from '../../core/analysis/analysis';
import type { Analyses } from '../analysis/analyses';
import type { OperandFacts, TensorRange } from './hoverText';
import { operatorHover, tensorHover } from './hoverText';
import type { PlacedLayer, PlacedTensor, PlacedView, PlacedViews } from './placedView';
import { layerFacts, tensorCard } from './placedView';

/** Hovers over operators and tensors. Ranges of weights are read only here, when somebody looks. */
export function registerHover(views: PlacedViews, analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(views.selector, {
    provideHover: async (document, position, token) => {
      const view = await views.of(document, token);
      if (view === undefined) return undefined;
      const tensor = view.tensorAt(position);
      const layer = view.layerAt(position.line);
      if (tensor !== undefined && !isNameOf(view, layer, tensor)) return hoverOverTensor(view, tensor, analyses);
      return layer === undefined ? undefined : hoverOverLayer(view, layer, analyses);
    },
  });
}

/** The name of a layer stands for the layer, though it defines a tensor. */
function isNameOf(view: PlacedView, layer: number | undefined, { range }: PlacedTensor): boolean {
  const place = layer === undefined ? undefined : view.placeOf(layer);
  return place?.name.start.isEqual(range.start) === true;
}

async function hoverOverTensor(
  view: PlacedView,
  { graph, tensor, range }: PlacedTensor,
  analyses: Analyses,
): Promise<vscode.Hover | undefined> {
  const card = tensorCard(view.analysis, graph, tensor);
  if (card === undefined) return undefined;
  return new vscode.Hover(
    new vscode.MarkdownString(tensorHover(card, await rangeOfValues(view, card, analyses))),
    range,
  );
}

async function hoverOverLayer(view: PlacedView, layer: number, analyses: Analyses): Promise<vscode.Hover | undefined> {
  const facts = layerFacts(view.analysis, layer);
  if (facts === undefined) return undefined;
  const operands = await Promise.all([
    ...facts.card.inputs.map((tensor, position) => operand(view, facts, { tensor, place: `in ${position}` }, analyses)),
    ...facts.card.outputs.map((tensor, position) =>
      operand(view, facts, { tensor, place: `out ${position}` }, analyses),
    ),
  ]);
  const known = operands.filter((each) => each !== undefined);
  return new vscode.Hover(
    new vscode.MarkdownString(operatorHover(facts, known, view.analysis)),
    view.placeOf(layer)?.range,
  );
}

async function operand(
  view: PlacedView,
  { card: { graph } }: PlacedLayer,
  { tensor, place }: { readonly tensor: number; readonly place: string },
  analyses: Analyses,
): Promise<OperandFacts | undefined> {
  const card = tensor < 0 ? undefined : tensorCard(view.analysis, graph, tensor);
  return card && { place, card, range: await rangeOfValues(view, card, analyses) };
}

/** Nothing where the constant cannot be read any more (the file is gone): the rest of the hover still holds. */
async function rangeOfValues({ key }: PlacedView, card: TensorCard, analyses: Analyses): Promise<TensorRange> {
  if (!card.constant) return undefined;
  try {
    return await analyses.entry(key).tensorRange(card.graph, card.tensor);
  } catch {
    return undefined;
  }
}
