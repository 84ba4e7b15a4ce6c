import * as vscode from 'vscode';
import type { ListedTensor } from '../../core/listing/listing';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { rangeOf } from '../places';
import { targetHover, targetPlaces } from '../targetHover';
import type { ListingView, ListingViews } from './listingView';

/** From the use of a tensor to where it is made, and back: definition, references, highlights. */
export function registerNavigation(views: ListingViews): Disposable {
  const disposables = new Disposables();
  disposables.add(
    vscode.languages.registerDefinitionProvider(views.selector, {
      provideDefinition: async (document, position, token) => {
        if (position.line === 0) return targetPlacesOf(await views.viewOf(document, token));
        const found = await mentionsAt(views, document, position, token);
        return found.filter(({ role }) => role === 'definition').map((mention) => locationOf(document, mention));
      },
    }),
  );
  disposables.add(
    vscode.languages.registerHoverProvider(views.selector, {
      provideHover: async (document, position, token) => {
        const view = position.line === 0 ? await views.viewOf(document, token) : undefined;
        return view && new vscode.Hover(targetHover(view.analysis.report.target, view.state.layers ?? []));
      },
    }),
  );
  disposables.add(
    vscode.languages.registerReferenceProvider(views.selector, {
      provideReferences: async (document, position, { includeDeclaration }, token) => {
        const found = await mentionsAt(views, document, position, token);
        return found
          .filter(({ role }) => includeDeclaration || role !== 'definition')
          .map((mention) => locationOf(document, mention));
      },
    }),
  );
  disposables.add(
    vscode.languages.registerDocumentHighlightProvider(views.selector, {
      provideDocumentHighlights: async (document, position, token) => {
        const found = await mentionsAt(views, document, position, token);
        return found.map(({ span, role }) => new vscode.DocumentHighlight(rangeOf(span), highlightKind(role)));
      },
    }),
  );
  return disposables;
}

/** From the line that names the model to where its target was chosen. */
function targetPlacesOf(view: ListingView | undefined): vscode.Location[] {
  return view === undefined ? [] : [...targetPlaces(view.analysis.report.target, view.state.layers ?? [])];
}

async function mentionsAt(
  views: ListingViews,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<readonly ListedTensor[]> {
  const view = await views.viewOf(document, token);
  const mention = view?.mentionAt(position);
  return view && mention ? view.mentionsOf(mention) : [];
}

function locationOf({ uri }: vscode.TextDocument, { span }: ListedTensor): vscode.Location {
  return new vscode.Location(uri, rangeOf(span));
}

function highlightKind(role: ListedTensor['role']): vscode.DocumentHighlightKind {
  return role === 'definition' ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
}
