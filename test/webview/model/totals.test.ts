import type { Report } from '../../../src/core/estimate/report';
import { totalParts, totals } from '../../../webview/model/totals';
import { all, drawn, fire, named, one, textOf, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { recorded, reportOf } from './pages';

const exact = { basis: 'exact', scratchBytes: 0, persistentBytes: 0 } as const;
const board = { ...reportOf({}).target, board: 'nano', boardName: 'Nano 33 BLE' };

/** The card of one total: figure, share of the budget, lines of explanation. */
function card(title: string, more: Partial<Report>): unknown {
  const report = reportOf(more);
  const view = drawn(totals(report, recorded().actions));
  const found = all(view, '.total').find((each) => textOf(one(each, 'h2')).startsWith(title));
  if (found === undefined) return undefined;
  const percent = texts(found, '.percent');
  return [textOf(one(found, '.value')), ...percent, ...partsOf(title, report)];
}

/** What the details say of a total. */
function partsOf(title: string, report: Report): readonly string[] {
  const parts = drawn(totalParts(report));
  const at = all(parts, 'h3').findIndex((heading) => textOf(heading).startsWith(title));
  return at < 0 ? [] : texts(all(parts, 'ul')[at], 'li');
}

const arena = { ...exact, minimumBytes: 2048, usedBytes: 2048, plannedBytes: 1024 };

check('model page: RAM', (more: Partial<Report>) => card('RAM', more), [
  { name: 'not planned', input: {}, expected: ['not known', 'The arena cannot be planned: see the problems.'] },
  {
    name: 'exact, without a budget',
    input: { arena },
    expected: ['2.00 KB', 'reserve 2,048 bytes', 'planned 1.00 KB · persistent 0 B · scratch 0 B'],
  },
  {
    name: 'in the region of a board',
    input: { arena, budget: { ramBytes: 4096, ramRegion: 'SRAM' } },
    expected: [
      '2.00 KB of 4.00 KB SRAM',
      '50 %',
      'reserve 2,048 bytes',
      'planned 1.00 KB · persistent 0 B · scratch 0 B',
    ],
  },
  {
    // 2,048 and 1,024 to spare.
    name: 'modelled: with what has to be to spare, in figure, share and firmware',
    input: { arena: { ...arena, basis: 'modelled' }, budget: { ramBytes: 3000 } },
    expected: [
      '3.00 KB of 2.93 KB',
      '102 %, does not fit',
      'reserve 3,072 bytes',
      'planned 1.00 KB · persistent 0 B · scratch 0 B',
    ],
  },
  {
    name: 'less in use than reserved, and the layer of the peak',
    input: {
      arena: { ...arena, usedBytes: 1, peakOperator: 0 },
      layers: [{ index: 0, graph: 0, position: 0, operator: 'RELU', name: 'relu' }],
    },
    expected: [
      '2.00 KB',
      'reserve 2,048 bytes',
      '1 byte in use when it runs',
      'planned 1.00 KB · persistent 0 B · scratch 0 B',
      'peak at relu',
    ],
  },
  {
    name: 'a lower bound within the budget fits nothing for sure',
    input: { arena: { ...arena, isLowerBound: true }, budget: { ramBytes: 4096 } },
    expected: ['over 2.00 KB of 4.00 KB', 'reserve 2,048 bytes', 'planned 1.00 KB · persistent 0 B · scratch 0 B'],
  },
]);

check('model page: flash', (more: Partial<Report>) => card('Flash', more), [
  { name: 'not known', input: {}, expected: ['not known'] },
  {
    name: 'the model alone',
    input: { flash: { modelBytes: 2000, totalBytes: 2000, basis: 'exact' } },
    expected: ['1.95 KB', 'model 2,000 bytes'],
  },
  {
    name: 'with code',
    input: { flash: { modelBytes: 2000, kernelBytes: 1024, runtimeBytes: 2048, totalBytes: 5072, basis: 'modelled' } },
    expected: ['4.95 KB', 'model 2,000 bytes', 'kernels 1.00 KB · interpreter 2.00 KB'],
  },
  {
    name: 'over the budget by less than a percent',
    input: { flash: { modelBytes: 1001, totalBytes: 1001, basis: 'exact' }, budget: { flashBytes: 1000 } },
    expected: ['1001 B of 1000 B', '>100 %, does not fit', 'model 1,001 bytes'],
  },
  {
    name: 'a lower bound over the budget does not fit',
    input: {
      flash: { modelBytes: 2000, totalBytes: 2000, basis: 'modelled', isLowerBound: true },
      budget: { flashBytes: 1000 },
    },
    expected: ['over 1.95 KB of 1000 B', '200 %, does not fit', 'model 2,000 bytes'],
  },
  {
    name: 'a limit of nothing is no limit',
    input: { flash: { modelBytes: 1, totalBytes: 1, basis: 'exact' }, budget: { flashBytes: 0 } },
    expected: ['1 B of 0 B', 'model 1 byte'],
  },
]);

check(
  'model page: the line below a total',
  (more: Partial<Report>) => texts(all(drawn(totals(reportOf(more), recorded().actions)), '.total')[0], '.facts'),
  [
    {
      name: 'how it is known, and what to write into the firmware',
      input: { arena },
      expected: ['exact reserve 2,048 bytes'],
    },
    { name: 'why it is not known', input: {}, expected: ['The arena cannot be planned: see the problems.'] },
  ],
);

const modelled = { basis: 'modelled' } as const;

check(
  'model page: time',
  (more: Partial<Report>) => [card('Time', more), card('Instructions', more), card('Cycles', more)].filter(Boolean),
  [
    {
      name: 'not known',
      input: {},
      expected: [['not known', 'No kernel of this runtime was measured on this core.']],
    },
    {
      name: 'with its band, within the budget',
      input: {
        latency: { ...modelled, ms: 10, lowMs: 9, highMs: 12, instructions: 5000, cycles: 6400 },
        budget: { latencyMs: 40 },
      },
      expected: [['10.0 ms of 40.0 ms', '25 %', '9.00 ms to 12.0 ms', '5.00 k instructions', '6.40 k cycles']],
    },
    {
      name: 'without a band',
      input: { latency: { ...modelled, ms: 10 } },
      expected: [['10.0 ms', '10.0 ms to 10.0 ms']],
    },
    {
      name: 'of a part of the operators: within the budget says nothing',
      input: { latency: { ...modelled, ms: 10, coverage: 0.5 }, budget: { latencyMs: 40 } },
      expected: [['over 10.0 ms of 40.0 ms', 'without the operators whose time is not known']],
    },
    {
      name: 'of a part of the operators: over the budget is over it',
      input: { latency: { ...modelled, ms: 50, coverage: 0.5 }, budget: { latencyMs: 40 } },
      expected: [['over 50.0 ms of 40.0 ms', '125 %, does not fit', 'without the operators whose time is not known']],
    },
    {
      name: 'instructions where no cycles are known',
      input: { latency: { ...modelled, instructions: 5000, source: 'Instructions only.' } },
      expected: [['5.00 k', 'Instructions only.']],
    },
    {
      name: 'instructions of a part',
      input: { latency: { ...modelled, instructions: 5000, coverage: 0.9 } },
      expected: [['over 5.00 k']],
    },
    {
      name: 'cycles without a clock',
      input: { latency: { ...modelled, cycles: 6400 } },
      expected: [['6.40 k']],
    },
    { name: 'nothing of it', input: { latency: modelled }, expected: [['not known']] },
  ],
);

const measured = { basis: 'measured', inferences: 1, recordedAt: '2026-03-01T10:00:00Z', source: 'x' } as const;

check('model page: measured', (more: Partial<Report>) => card('On the board', more), [
  { name: 'never', input: {}, expected: undefined },
  {
    name: 'a time of several inferences against the budget',
    input: {
      measured: { ...measured, ms: 20, cycles: 1280, difference: 0.1, inferences: 9 },
      budget: { latencyMs: 10 },
    },
    expected: [
      '20.0 ms of 10.0 ms',
      '200 %, does not fit',
      'the estimate is 10 % too high',
      '1.28 k cycles',
      '2026-03-01, median of 9 inferences',
    ],
  },
  {
    name: 'cycles without a clock meet no budget of time',
    input: { measured: { ...measured, cycles: 1280 }, budget: { latencyMs: 10 } },
    expected: ['1.28 k', '2026-03-01'],
  },
  {
    name: 'the arena as computed',
    input: { measured: { ...measured, arenaUsedBytes: 2048 } },
    expected: ['arena alone', 'arena 2,048 bytes in use, as computed', '2026-03-01'],
  },
  {
    name: 'an arena that needs more than computed',
    input: { measured: { ...measured, arenaUsedBytes: 2048, arenaDifferenceBytes: -16 } },
    expected: ['arena alone', 'arena 2,048 bytes in use, 16 bytes more than computed', '2026-03-01'],
  },
  {
    name: 'an arena that needs less than computed',
    input: { measured: { ...measured, arenaUsedBytes: 2048, arenaDifferenceBytes: 1 } },
    expected: ['arena alone', 'arena 2,048 bytes in use, 1 byte less than computed', '2026-03-01'],
  },
]);

check(
  'model page: energy',
  (more: Partial<Report>) => [card('Energy', more), card('Average power', more)].find(Boolean),
  [
    { name: 'not known', input: {}, expected: ['not known', 'Power or time of this board is not known.'] },
    {
      name: 'of an inference',
      input: { energy: { ...modelled, joulesPerInference: 2e-4, lowJoules: 1e-4, highJoules: 3e-4 } },
      expected: ['200 µJ', '100 µJ to 300 µJ'],
    },
    {
      name: 'with an average',
      input: { energy: { ...modelled, joulesPerInference: 2e-4, averageMilliwatts: 1.23456 } },
      expected: ['200 µJ', '1.23 mW on average'],
    },
    {
      name: 'against a budget of power',
      input: {
        energy: { ...modelled, joulesPerInference: 2e-4, averageMilliwatts: 1.2 },
        budget: { averageMilliwatts: 1 },
      },
      expected: ['1.2 mW of 1 mW', '120 %, does not fit', '200 µJ an inference'],
    },
    {
      name: 'a budget of power and no power to hold against it',
      input: { energy: { ...modelled, joulesPerInference: 2e-4 }, budget: { averageMilliwatts: 1 } },
      expected: ['200 µJ'],
    },
  ],
);

check(
  'model page: the meter of a budget, for screen readers',
  ([flashBytes, limit]: readonly [number, number]) => {
    const report = reportOf({
      flash: { modelBytes: 1, totalBytes: flashBytes, basis: 'exact' },
      budget: { flashBytes: limit },
    });
    const meter = one(drawn(totals(report, recorded().actions)), '[role=meter]');
    const bar = meter.children.find((child): child is Drawn => typeof child !== 'string');
    const { attributes } = meter;
    return [attributes['aria-label'], attributes['aria-valuenow'], attributes['aria-valuetext'], bar?.properties.style];
  },
  [
    { name: 'within', input: [250, 1000], expected: ['Flash: 25 % of the budget', '25', '25 %', 'width: 25%'] },
    {
      name: 'over it the bar is full, and the words tell by how much',
      input: [1500, 1000],
      expected: ['Flash: 150 % of the budget, over it', '100', '150 %', 'width: 100%'],
    },
    {
      name: 'a little over it is not the same as full',
      input: [1001, 1000],
      expected: ['Flash: >100 % of the budget, over it', '100', '>100 %', 'width: 100%'],
    },
    {
      name: 'all of it fits',
      input: [1000, 1000],
      expected: ['Flash: 100 % of the budget', '100', '100 %', 'width: 100%'],
    },
  ],
);

check(
  'model page: a board is asked for where there is none',
  (more: Partial<Report>) => {
    const { actions, done } = recorded();
    const view = drawn(totals(reportOf(more), actions));
    const buttons = all(view, 'mw-button');
    if (buttons.length > 0) fire(named(view, 'mw-button', 'Choose a board'), 'click');
    return [...done, ...texts(view, '.stale')];
  },
  [
    { name: 'no board', input: {}, expected: [{ type: 'pickBoard' }] },
    { name: 'a board', input: { target: board }, expected: [] },
    {
      name: 'costs that are not known',
      input: { target: board, lowerBound: true },
      expected: ['Some costs of operators are not known: the totals are lower bounds.'],
    },
  ],
);
