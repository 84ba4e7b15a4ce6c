import type { Analyses } from '../analysis/analyses';
import type { Offers } from '../compress/offers';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { registerCodeActions } from '../problems/codeActions';
import type { BoardFindings } from '../measure/boardFindings';
import type { SettingsReader } from '../settings';
import { CostDecorations } from './costDecorations';
import { CostHints } from './hints';
import { registerHover } from './hover';
import { TotalLenses } from './lenses';
import type { ListingViews } from './listingView';
import { registerNavigation } from './navigation';
import { registerOutline } from './outline';
import { registerSemanticTokens } from './semanticTokens';

/** What the features of a listing look things up in. */
export interface ListingSources {
  readonly views: ListingViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly offers: Offers;
  readonly board: BoardFindings;
}

/** Everything an editor can do with a listing. A new feature is a file beside these and a line here. */
export function registerListingFeatures(sources: ListingSources): Disposable {
  const { views, analyses, settings, offers, board } = sources;
  const disposables = new Disposables();
  disposables.add(new CostHints(views, analyses, settings));
  disposables.add(new CostDecorations(views, analyses, settings));
  disposables.add(new TotalLenses(sources));
  disposables.add(registerHover(views, analyses));
  disposables.add(registerNavigation(views));
  disposables.add(registerOutline(views));
  disposables.add(registerSemanticTokens(views));
  disposables.add(registerCodeActions(views, { offers, board }));
  return disposables;
}
