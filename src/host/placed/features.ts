import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { registeredForAll } from './combinedViews';
import { CostDecorations } from './costDecorations';
import { CostHints } from './hints';
import { registerHover } from './hover';
import { TotalLenses } from './lenses';
import { registerOutline } from './outline';
import type { PlacedSources } from './placedSources';

/** Everything an editor says of layers where they stand. A new feature is a file beside these and a line here. */
export function registerPlacedFeatures(sources: PlacedSources): Disposable {
  const { views, analyses, settings } = sources;
  return registeredForAll(views, () => {
    const disposables = new Disposables();
    disposables.add(new CostHints(views, analyses, settings));
    disposables.add(new CostDecorations(views, analyses, settings));
    disposables.add(new TotalLenses(sources));
    disposables.add(registerHover(views, analyses));
    disposables.add(registerOutline(views));
    return disposables;
  });
}
