import * as vscode from 'vscode';
import { rangeOf } from '../places';
import { tensorCard } from '../placed/placedView';
import type { ListingView, ListingViews } from './listingView';

const types = ['function', 'variable', 'parameter'] as const;
const modifiers = ['declaration', 'readonly'] as const;
const legend = new vscode.SemanticTokensLegend([...types], [...modifiers]);

interface Token {
  readonly range: vscode.Range;
  readonly type: (typeof types)[number];
  readonly modifiers: readonly (typeof modifiers)[number][];
}

/** Colours by meaning: operators, activations where they are made and used, constants. */
export function registerSemanticTokens(views: ListingViews): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    views.selector,
    {
      provideDocumentSemanticTokens: async (document, token) => {
        const view = await views.viewOf(document, token);
        if (view === undefined) return undefined;
        const builder = new vscode.SemanticTokensBuilder(legend);
        for (const each of tokensOf(view)) builder.push(each.range, each.type, [...each.modifiers]);
        return builder.build();
      },
    },
    legend,
  );
}

function tokensOf({ analysis }: ListingView): readonly Token[] {
  const operators = analysis.listing.operators.map(({ kindSpan }): Token => ({
    range: rangeOf(kindSpan),
    type: 'function',
    modifiers: [],
  }));
  const tensors = analysis.listing.tensors.map(({ span, role, graph, tensor }): Token => {
    const isConstant = tensorCard(analysis, graph, tensor)?.constant === true;
    if (isConstant) return { range: rangeOf(span), type: 'parameter', modifiers: ['readonly'] };
    return { range: rangeOf(span), type: 'variable', modifiers: role === 'definition' ? ['declaration'] : [] };
  });
  return [...operators, ...tensors]
    .filter(({ range }) => !range.isEmpty)
    .sort((left, right) => left.range.start.compareTo(right.range.start));
}
