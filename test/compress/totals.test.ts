import { changesText } from '../../src/core/compress/changesText';
import { distances, isMet } from '../../src/core/compress/goals/distances';
import type { Goal } from '../../src/core/compress/goals/goal';
import { totalsOf } from '../../src/core/compress/totals';
import type { LayerFacts, LatencyFacts, Report } from '../../src/core/estimate/report';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

/**
 * A report of two layers with 100 and 300 cycles, that are of 1 and 2 instructions, with `changes` to the second and to
 * the time.
 */
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
    name: 'no arena where that of an operator is not known',
    input: { ...report({}), arena: { ...report({}).arena!, isLowerBound: true } },
    expected: { instructions: 3, cycles: 400, ms: 4, macs: 0 },
  },
  {
    name: 'no arena, flash or time at all',
    input: { ...report({}), arena: undefined, latency: undefined },
    expected: { macs: 0 },
  },
]);

interface Asked {
  readonly goal: Goal;
  readonly report: Report;
}

/** An arena of 1040 bytes whose figure is modelled, so that 1 KB more has to be free. */
const modelled: Report = { ...report({}), arena: { ...report({}).arena!, basis: 'modelled' } };

check(
  'goals that costs decide',
  ({ goal, report: now }: Asked) => [isMet(goal, now, report({})), distances(goal, now, report({}))[0].over] as const,
  [
    { name: '4 ms of 5', input: { goal: { latencyMs: 5 }, report: report({}) }, expected: [true, 0] },
    { name: '4 ms of 2', input: { goal: { latencyMs: 2 }, report: report({}) }, expected: [false, 1] },
    {
      name: 'a part of the time meets none',
      input: { goal: { latencyMs: 5 }, report: report({ cycles: undefined }) },
      expected: [false, Infinity],
    },
    { name: 'an exact arena', input: { goal: { ramBytes: 1040 }, report: report({}) }, expected: [true, 0] },
    {
      name: 'a modelled arena with what is kept free: 2064 bytes',
      input: { goal: { ramBytes: 1032 }, report: modelled },
      expected: [false, 1],
    },
    {
      name: 'a part of the arena meets none',
      input: { goal: { ramBytes: 9999 }, report: { ...modelled, arena: { ...modelled.arena!, isLowerBound: true } } },
      expected: [false, Infinity],
    },
  ],
);

check(
  'titles with an operator of unknown cost',
  ({ layers, ...rest }: Report) => {
    const before = { ...rest, layers, model: { ...rest.model, macs: 10 } };
    const after = {
      ...before,
      model: { ...rest.model, macs: 5 },
      latency: { ...rest.latency!, cycles: 200, instructions: 2 },
    };
    return changesText(totalsOf(before), totalsOf(after));
  },
  [
    { name: 'all is known', input: report({}), expected: '-50 % MACs, -50 % cycles, RAM unchanged' },
    {
      name: 'neither cycles nor instructions are promised',
      input: report({ cycles: undefined, instructions: undefined }),
      expected: '-50 % MACs, RAM unchanged',
    },
  ],
);
