import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { registerFolding } from './folding';
import type { ListingViews } from './listingView';
import { registerNavigation } from './navigation';
import { registerSemanticTokens } from './semanticTokens';

/** What an editor can do with a listing alone, since it is our own language. */
export function registerListingFeatures(views: ListingViews): Disposable {
  const disposables = new Disposables();
  disposables.add(registerFolding(views));
  disposables.add(registerNavigation(views));
  disposables.add(registerSemanticTokens(views));
  return disposables;
}
