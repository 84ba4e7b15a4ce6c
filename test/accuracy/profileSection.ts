import { evidenceWeight, timingSpread } from '../../src/core/estimate/timing/timingSpread';
import type { TimingSpread } from '../../src/core/estimate/timing/timingSpread';
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

/** The reference board as if it were a user's: one model is profiled, its ratio to the formula corrects another one. */
export function profileSection(): Section {
  const table = readSharedJson<EdgemarkTable>('edgemark_models.json');
  const rows = conversions.flatMap(({ format, type }) =>
    (['O3', 'Os'] as const).flatMap((optimization) => {
      const samples = edgemarkSamples(table, format, optimization);
      const name = `${type} ${optimization}`;
      return samples.length === 0
        ? []
        : priors.map(({ prior, of }) => {
            const counted = samples.filter(({ isOtherKernel }) => !isOtherKernel);
            return { name, prior, errors: errorsOf(counted, spreadOf(of, optimization)) };
          });
    }),
  );
  return {
    title: 'Milliseconds: after one profile of the own board',
    about:
      'NUCLEO-L4R5ZI (EdgeMark study): each model in turn is the one that was profiled, and the ratio of its measured total to the formula corrects every other model of its type that takes at most ten times as long. The formula has seen neither of the two. A profile is of one model, whose own deviation would carry over: it is weighed against what was known of the board before, as if the board was measured, or as if only its core was. Left out: CNN_7 with int16, for which CMSIS-NN of that time took another kernel than the one that is counted.',
    head: ['type and optimization', 'the board was', 'pairs', 'median', '90 %', 'worst'],
    rows: rows
      .sort((a, b) => median(b.errors) - median(a.errors))
      .map(({ name, prior, errors }) => [
        name,
        prior,
        `${errors.length}`,
        percent(median(errors)),
        percent(quantile(errors, 0.9)),
        percent(Math.max(...errors)),
      ]),
  };
}

function errorsOf(samples: readonly Sample[], spread: TimingSpread): readonly number[] {
  return samples.flatMap((profiled, p) =>
    samples.flatMap((other, o) => {
      if (o === p || other.model === profiled.model || profiled.cycles < smallestProfile * other.cycles) return [];
      const rest = samples.filter(({ model }) => model !== profiled.model && model !== other.model);
      const fit = solveRelative(rest);
      const logRatio = Math.log(profiled.cycles / predict(fit, profiled.features));
      const scale = Math.exp(evidenceWeight(spread, 1, logRatio) * logRatio);
      return [Math.abs((scale * predict(fit, other.features)) / other.cycles - 1)];
    }),
  );
}
