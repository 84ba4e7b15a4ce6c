import type { Analyses } from '../analysis/analyses';
import type { Offers } from '../compress/offers';
import type { SettingsReader } from '../settings';
import type { PlacedViews } from './placedView';

/** What the features of placed documents look things up in. */
export interface PlacedSources {
  readonly views: PlacedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly offers: Offers;
}
