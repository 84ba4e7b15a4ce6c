import type { Analyses } from '../analysis/analyses';
import type { Offers } from '../compress/offers';
import type { SettingsReader } from '../settings';
import type { CombinedViews } from './combinedViews';

/** What the features of placed documents look things up in. */
export interface PlacedSources {
  readonly views: CombinedViews;
  readonly analyses: Analyses;
  readonly settings: SettingsReader;
  readonly offers: Offers;
}
