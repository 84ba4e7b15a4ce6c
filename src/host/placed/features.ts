import type { Analyses } from '../analysis/analyses';
import type { Offers } from '../compress/offers';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import type { SettingsReader } from '../settings';
import { CostDecorations } from './costDecorations';
import { CostHints } from './hints';
import { registerHover } from './hover';
import { TotalLenses } from './lenses';
import { registerOutline } from './outline';
import type { PlacedViews } from './placedView';

/** What the features of placed documents look things up in. */
export interface PlacedSources {
  readonly views: PlacedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly offers: Offers;
}

/** Everything an editor says of layers where they stand. A new feature is a file beside these and a line here. */
export function registerPlacedFeatures(sources: PlacedSources): Disposable {
  const { views, analyses, settings } = sources;
  const disposables = new Disposables();
  disposables.add(new CostHints(views, analyses, settings));
  disposables.add(new CostDecorations(views, analyses, settings));
  disposables.add(new TotalLenses(sources));
  disposables.add(registerHover(views, analyses));
  disposables.add(registerOutline(views));
  return disposables;
}
