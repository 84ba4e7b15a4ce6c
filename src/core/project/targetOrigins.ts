import type { TargetFacts } from '../estimate/report';
import { hertzText } from '../text/units';
import type { ChoiceLayer, ChosenAt } from './layers';
import { chosenAt } from './layers';

/** One value of a target as people read it, and where it comes from. */
export interface TargetOrigin {
  readonly name: string;
  readonly value: string;
  /** The layer's own words, or the kind of default. */
  readonly origin: string;
  /** Where it was chosen; absent for a default. */
  readonly chosen?: ChosenAt;
}

/** The values of a target that figures hang on, with the layer that each comes from. */
export function targetOrigins(target: TargetFacts, layers: readonly ChoiceLayer[]): readonly TargetOrigin[] {
  const { board, boardName = board, clockHz, runtime, tflmVersion, optimization, rounding } = target;
  const rows: readonly (readonly [key: string, name: string, value: string | undefined])[] = [
    ['board', 'Board', boardName],
    ['clockHz', 'Clock', clockHz === undefined ? undefined : hertzText(clockHz)],
    ['runtime', 'Runtime', runtime],
    ['tflmVersion', 'TFLM', tflmVersion],
    ['optimization', 'Optimization', optimization],
    ['rounding', 'Rounding', rounding],
    ['arenaRegion', 'Arena in', target.arenaRegion],
    ['weightsRegion', 'Weights in', target.weightsRegion],
    ['flashMode', 'Flash mode', target.flashMode],
    ['flashHz', 'Flash clock', target.flashHz === undefined ? undefined : hertzText(target.flashHz)],
  ];
  return rows.flatMap(([key, name, value]) => {
    if (value === undefined) return [];
    const origin = target.origins?.[key] ?? 'default';
    const chosen = chosenAt(layers, key);
    // What was chosen and cannot be, such as a runtime that is not for the core, is not where the value comes from.
    return [chosen?.origin === origin ? { name, value, origin, chosen } : { name, value, origin }];
  });
}
