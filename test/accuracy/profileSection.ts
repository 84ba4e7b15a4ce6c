import { timingSpread } from '../../src/core/estimate/timing/timingSpread';
import type { TimingSpread } from '../../src/core/estimate/timing/timingSpread';
import { estimateProfiles } from '../../src/core/measure/estimator';
import type { FitProfile } from '../../src/core/measure/estimator';
import { fitScale } from '../../src/core/measure/fitLine';
import { edgemarkSamples, type EdgemarkTable } from '../fit/edgemarkSamples';
import { median, quantile } from '../fit/statistics';
import { predict, solveRelative, type Sample } from '../fit/timingFormula';
import { readSharedJson } from '../support/models';
import type { Section } from './section';
import { percent } from './section';

const conversions = [
  { format: 'int8', type: 'int8' },
  { format: 'int16x8', type: 'int16' },
  { format: 'float32', type: 'float32' },
] as const;

/** Profiles of models this much smaller than the one that is predicted tell nothing of its loops. */
const smallestProfile = 0.1;

/** How many models were profiled before another one is predicted. */
const profileCounts = [0, 1, 2, 3] as const;
const mostProfiles = 3;

/** What the formula is taken to know of the board before the profile. */
const priors = [
  { prior: 'measured', of: { board: 'nucleo_l4r5zi' } },
  { prior: 'only its core', of: { core: 'cortex-m4f' } },
] as const;

function spreadOf(of: { readonly board?: string; readonly core?: string }, optimization: string): TimingSpread {
  const spread = timingSpread({ ...of, runtime: 'tflm-cmsis-nn', optimization });
  if (spread === undefined) throw new Error('The timing knows no such target.');
  return spread;
}

/** The reference board as if it were a user's: some models are profiled, which corrects another one. */
export function profileSection(): Section {
  const table = readSharedJson<EdgemarkTable>('edgemark_models.json');
  const rows = conversions.flatMap(({ format, type }) =>
    (['O3', 'Os'] as const).flatMap((optimization) => {
      const samples = edgemarkSamples(table, format, optimization).filter(({ isOtherKernel }) => !isOtherKernel);
      if (samples.length === 0) return [];
      return priors.map(({ prior, of }) => ({ type: `${type} ${optimization}`, prior, samples, of, optimization }));
    }),
  );
  return {
    title: 'Milliseconds: after profiles of the own board',
    about:
      "NUCLEO-L4R5ZI (EdgeMark study): up to three models are profiled, and their measured totals correct every other model of their type that takes at most ten times as long as each of them. One set of three begins with each model, the others stand a third of the table apart; the formula has seen none of the three, whether profiled or not, nor the one that is predicted, so that the columns differ by the profiles alone. It is this board's own formula, near which a profile can bring little but the deviation of its model: of a board that is known less, see the tables above. The last column hides the profiled and the predicted model alone, as a user's formula has seen all that were published. What the study timed besides inferences (see above) is part of what is measured and predicted, and small networks of 1 to 120 products (24 to 98 µs) are most of the worst. A profile is of one model, whose own deviation would carry over: profiles are weighed against what was known of the board before, as if the board was measured, or as if only its core was. Left out: CNN_7 with int16, for which CMSIS-NN of that time took another kernel than the one that is counted. Cells: median / 90 % / worst.",
    head: [
      'type and optimization',
      'the board was',
      'predictions',
      ...profileCounts.map((count) => (count === 1 ? '1 profile' : `${count} profiles`)),
      '1 profile, 2 models hidden',
    ],
    rows: rows.map(({ type, prior, samples, of, optimization }) => {
      const spread = spreadOf(of, optimization);
      const errors = errorsOf(samples, spread);
      const least = leastHiddenErrors(samples, spread);
      return [type, prior, `${errors[0].length}`, ...errors.map(errorText), errorText(least)];
    }),
  };
}

function errorText(errors: readonly number[]): string {
  return [median(errors), quantile(errors, 0.9), Math.max(...errors)].map((error) => percent(error)).join(' / ');
}

/** For each number of profiles the errors of each model, predicted after the first so many of each set of others. */
function errorsOf(samples: readonly Sample[], spread: TimingSpread): readonly (readonly number[])[] {
  const predictions = samples.flatMap((other) => setsFor(other, samples).map((set) => ({ other, set })));
  const made = predictions.map(({ other, set }) => {
    const hidden = new Set([other, ...set].map(({ model }) => model));
    const fit = solveRelative(samples.filter(({ model }) => !hidden.has(model)));
    return profileCounts.map((count) => errorAfter({ fit, spread, profiled: set.slice(0, count), other }));
  });
  return profileCounts.map((_, column) => made.map((errors) => errors[column]));
}

/** The error of each model after one profile of each other, by a formula that has seen all but these two. */
function leastHiddenErrors(samples: readonly Sample[], spread: TimingSpread): readonly number[] {
  return samples.flatMap((other) =>
    samples.filter(isUsableFor(other)).map((profiled) => {
      const hidden = new Set([other.model, profiled.model]);
      const fit = solveRelative(samples.filter(({ model }) => !hidden.has(model)));
      return errorAfter({ fit, spread, profiled: [profiled], other });
    }),
  );
}

interface Prediction {
  readonly fit: readonly number[];
  readonly spread: TimingSpread;
  readonly profiled: readonly Sample[];
  readonly other: Sample;
}

function errorAfter({ fit, spread, profiled, other }: Prediction): number {
  const profiles = profiled.map(({ features, cycles }) => profileOf(predict(fit, features), cycles));
  const scale = estimateProfiles({ fit: fitScale, spread }, profiles)?.line.scale ?? 1;
  return Math.abs((scale * predict(fit, other.features)) / other.cycles - 1);
}

function isUsableFor(other: Sample): (sample: Sample) => boolean {
  return ({ model, cycles }) => model !== other.model && cycles >= smallestProfile * other.cycles;
}

/** Sets of three models to profile before `other` is predicted. */
function setsFor(other: Sample, samples: readonly Sample[]): readonly (readonly Sample[])[] {
  const usable = samples.filter(isUsableFor(other));
  if (usable.length < mostProfiles) return [];
  const apart = Math.floor(usable.length / mostProfiles);
  return usable.map((_, first) =>
    Array.from({ length: mostProfiles }, (__, next) => usable[(first + next * apart) % usable.length]),
  );
}

/** A model of which the total alone was measured. */
function profileOf(modelled: number, measured: number): FitProfile {
  return [{ modelled, measured, count: 1, weight: 1 / modelled ** 2 }];
}
