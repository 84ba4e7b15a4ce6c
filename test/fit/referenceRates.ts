import type { StandInRates, WindowRates } from '../../src/core/estimate/timing/timingFacts';
import type { StandInSample } from './standInSamples';
import { partsOf, rateBeside } from './standIns';
import { median } from './statistics';

/** Runs of reference kernels on a core, and on the other ones whose instructions nobody counted. */
export interface ReferenceSamples {
  readonly own: readonly StandInSample[];
  readonly elsewhere: readonly StandInSample[];
}

export type ReferenceClass = keyof WindowRates | 'other';

/** What most of a sample's instructions are of. */
export function referenceClass(sample: StandInSample): ReferenceClass {
  const { windows, reference } = partsOf(sample);
  const counts: readonly (readonly [ReferenceClass, number])[] = [
    ['other', reference],
    ['integerOs', windows.integerOs],
    ['integerO3', windows.integerO3],
    ['floatO3', windows.floatO3],
  ];
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/** Cycles for each instruction: the median of a core's own models, of those on the other cores where it has none. */
export function referenceRates({ own, elsewhere }: ReferenceSamples): Pick<StandInRates, 'windows' | 'reference'> {
  const reference = rateOf('other', { own, elsewhere }, 0);
  const windowRate = (window: keyof WindowRates): number => rateOf(window, { own, elsewhere }, reference);
  return {
    reference,
    windows: {
      integerOs: windowRate('integerOs'),
      integerO3: windowRate('integerO3'),
      floatO3: windowRate('floatO3'),
    },
  };
}

function rateOf(kind: ReferenceClass, { own, elsewhere }: ReferenceSamples, otherRate: number): number {
  const rates = (samples: readonly StandInSample[]): readonly number[] =>
    samples
      .filter((sample) => referenceClass(sample) === kind)
      .map((sample) =>
        kind === 'other'
          ? rateBeside(
              sample,
              ({ reference }) => reference,
              () => 0,
            )
          : rateBeside(
              sample,
              ({ windows }) => windows[kind],
              ({ reference }) => reference * otherRate,
            ),
      )
      .filter((rate) => rate > 0);
  const known = rates(own);
  return Number(median(known.length > 0 ? known : rates(elsewhere)).toPrecision(5));
}
