import { totalsOf } from '../../src/core/compress/totals';
import type { LayerFacts, LatencyFacts, Report } from '../../src/core/estimate/report';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

/** A report of two layers with 100 and 300 cycles, that are of 1 and 2 instructions, with `changes` to the second and to the time. */
function report(second: Partial<LayerFacts>, latency: Partial<LatencyFacts> = {}): Report {
  const { layers, latency: time, ...rest } = reportOf([100, 300]);
  const [first, last] = layers;
  return {
    ...rest,
    latency: { basis: 'modelled', ...time, instructions: 3, ...latency },
    layers: [
      { ...first, instructions: 1 },
      { ...last, instructions: 2, ...second },
    ],
  };
}

check('totals that titles compare', totalsOf, [
  {
    name: 'all that is known',
    input: report({}),
    expected: { arenaBytes: 1040, instructions: 3, cycles: 400, ms: 4, macs: 0 },
  },
  {
    name: 'no time where one of the layers has none',
    input: report({ cycles: undefined }),
    expected: { arenaBytes: 1040, instructions: 3, macs: 0 },
  },
  {
    name: 'no instructions where those of a layer are not known',
    input: report({ instructions: undefined }),
    expected: { arenaBytes: 1040, cycles: 400, ms: 4, macs: 0 },
  },
  {
    name: 'no arena, flash or time at all',
    input: { ...report({}), arena: undefined, latency: undefined },
    expected: { macs: 0 },
  },
]);
