import * as vscode from 'vscode';
import type { TensorCard } from '../../core/analysis/analysis';
import type { ListedTensor } from '../../core/listing/listing';
import type { Analyses } from '../analysis/analyses';
import { rangeOf } from '../places';
import type { OperandFacts, TensorRange } from './hoverText';
import { operatorHover, tensorHover } from './hoverText';
import type { ListingView, ListingViews, OperatorFacts } from './listingView';
import { listingSelector, operatorAt, tensorAt, tensorCard } from './listingView';

/** Hovers over operators and tensors. Ranges of weights are read only here, when somebody looks. */
export function registerHover(views: ListingViews, analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(listingSelector, {
    provideHover: async (document, position, token) => {
      const view = await views.of(document, token);
      if (view === undefined) return undefined;
      const tensor = tensorAt(view, position);
      const operator = operatorAt(view, position.line);
      if (tensor !== undefined && !isNameOf(operator, tensor)) return hoverOverTensor(view, tensor, analyses);
      return operator && hoverOverOperator(view, operator, analyses);
    },
  });
}

/** The name column of an operator stands for the operator, though it defines a tensor. */
function isNameOf(operator: OperatorFacts | undefined, { span }: ListedTensor): boolean {
  return operator !== undefined && span.column === operator.listed.nameSpan.column;
}

async function hoverOverTensor(
  view: ListingView,
  mention: ListedTensor,
  analyses: Analyses,
): Promise<vscode.Hover | undefined> {
  const card = tensorCard(view.analysis, mention.graph, mention.tensor);
  if (card === undefined) return undefined;
  return new vscode.Hover(
    new vscode.MarkdownString(tensorHover(card, await rangeOfValues(view, card, analyses))),
    rangeOf(mention.span),
  );
}

async function hoverOverOperator(
  view: ListingView,
  facts: OperatorFacts,
  analyses: Analyses,
): Promise<vscode.Hover | undefined> {
  const operands = await Promise.all([
    ...facts.card.inputs.map((tensor, position) => operand(view, facts, { tensor, place: `in ${position}` }, analyses)),
    ...facts.card.outputs.map((tensor, position) =>
      operand(view, facts, { tensor, place: `out ${position}` }, analyses),
    ),
  ]);
  const known = operands.filter((each) => each !== undefined);
  return new vscode.Hover(
    new vscode.MarkdownString(operatorHover(facts, known, view.analysis)),
    rangeOf(facts.listed.span),
  );
}

async function operand(
  view: ListingView,
  { card: { graph } }: OperatorFacts,
  { tensor, place }: { readonly tensor: number; readonly place: string },
  analyses: Analyses,
): Promise<OperandFacts | undefined> {
  const card = tensor < 0 ? undefined : tensorCard(view.analysis, graph, tensor);
  return card && { place, card, range: await rangeOfValues(view, card, analyses) };
}

/** Nothing where the constant cannot be read any more (the file is gone): the rest of the hover still holds. */
async function rangeOfValues({ key }: ListingView, card: TensorCard, analyses: Analyses): Promise<TensorRange> {
  if (!card.constant) return undefined;
  try {
    return await analyses.entry(key).tensorRange(card.graph, card.tensor);
  } catch {
    return undefined;
  }
}
