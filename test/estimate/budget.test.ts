import { budgetFacts } from '../../src/core/estimate/budget';
import { estimate } from '../../src/core/estimate/estimate';
import { gaugesOf } from '../../src/core/estimate/gauges';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Report } from '../../src/core/estimate/report';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';

const { target } = resolveTarget({ board: 'arduino_nano33ble_sense_rev1', runtime: 'tflm-cmsis-nn' });

const arena = {
  minimumBytes: 10_000,
  usedBytes: 10_000,
  plannedBytes: 8000,
  persistentBytes: 2000,
  scratchBytes: 0,
  basis: 'exact',
} as const;
const flash = { modelBytes: 2000, totalBytes: 5000, basis: 'modelled' } as const;

check(
  'whether a model fits its budget',
  (source: Omit<Parameters<typeof budgetFacts>[0], 'target'>) => budgetFacts({ ...source, target })?.fits,
  [
    {
      name: 'to the byte',
      input: { arena, flash, limits: { ramBytes: 10_000, flashBytes: 5000 } },
      expected: true,
    },
    { name: 'not with a byte of RAM less', input: { arena, flash, limits: { ramBytes: 9999 } }, expected: false },
    { name: 'not with a byte of flash less', input: { arena, flash, limits: { flashBytes: 4999 } }, expected: false },
    {
      name: 'a modelled arena needs 1 KB more than is expected, being more than 1 %',
      input: { arena: { ...arena, basis: 'modelled' }, flash, limits: { ramBytes: 11_023 } },
      expected: false,
    },
    {
      name: 'and fits with it',
      input: { arena: { ...arena, basis: 'modelled' }, flash, limits: { ramBytes: 11_024 } },
      expected: true,
    },
    {
      name: 'is not known while the memory is a lower bound within the limit',
      input: { arena: { ...arena, isLowerBound: true }, flash, limits: { ramBytes: 20_000 } },
      expected: undefined,
    },
    {
      name: 'is known where the lower bound is above the limit already',
      input: { arena: { ...arena, isLowerBound: true }, flash, limits: { ramBytes: 9999 } },
      expected: false,
    },
    {
      name: 'is not known while the code of an operator is not',
      input: { arena, flash: { ...flash, isLowerBound: true }, limits: { flashBytes: 6000 } },
      expected: undefined,
    },
    { name: 'is not known without an arena', input: { flash, limits: { flashBytes: 6000 } }, expected: undefined },
  ],
);

/** RELU, and behind it what `kind` says. */
function reluAnd(kind: string, more: Parameters<typeof operator>[3] = {}): Report {
  const tensors = ['x', 'y', 'z'].map((name) => tensor(name, 'float32', [1, 16]));
  const operators = [operator('RELU', [0], [1]), operator(kind, [1], [2], more)];
  return estimate(model(graph(tensors, operators, { inputs: [0], outputs: [2] })), 'a', target, {}).report as Report;
}

check('totals are lower bounds where the cost of an operator is missing', (report: Report) => report.lowerBound, [
  { name: 'all costs are known', input: reluAnd('RELU'), expected: undefined },
  { name: 'an operator that no table knows', input: reluAnd('CUSTOM', { customCode: 'MyFilter' }), expected: true },
  { name: 'an operator that TFLM lacks', input: reluAnd('GELU'), expected: true },
]);

const partial: Report = {
  model: { path: 'm.tflite', format: 'tflite', bytes: 1000, operators: 2, macs: 1, parameters: 1 },
  target: { runtime: 'tflm-reference', tflmVersion: 'v', optimization: 'Os', rounding: 'double' },
  latency: { ms: 30, coverage: 0.5, basis: 'modelled' },
  layers: [],
  findings: [],
};

check(
  'a time of which a part is missing is "over" what is known, and is within no limit',
  (report: Report) => gaugesOf(report).map(({ name, text, share }) => [name, text, share]),
  [
    { name: 'without a limit', input: partial, expected: [['Latency', 'over 30.0 ms', undefined]] },
    {
      name: 'below the limit, which it may exceed',
      input: { ...partial, budget: { latencyMs: 40 } },
      expected: [['Latency', 'over 30.0 ms', undefined]],
    },
    {
      name: 'above the limit already',
      input: { ...partial, budget: { latencyMs: 20 } },
      expected: [['Latency', 'over 30.0 ms of 20.0 ms', 1.5]],
    },
  ],
);
