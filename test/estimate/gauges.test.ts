import { gaugesOf, shareBar, summaryText } from '../../src/core/estimate/gauges';
import type { Report } from '../../src/core/estimate/report';
import { check } from '../support/check';

const empty: Report = {
  model: { path: 'm.tflite', format: 'tflite', bytes: 1000, operators: 1, macs: 1, parameters: 1 },
  target: { runtime: 'tflm-reference', tflmVersion: 'v', optimization: 'Os', rounding: 'double' },
  layers: [],
  findings: [],
};
const arena = {
  minimumBytes: 12 * 1024,
  usedBytes: 12 * 1024,
  plannedBytes: 8 * 1024,
  persistentBytes: 4 * 1024,
  scratchBytes: 0,
  basis: 'exact',
} as const;
const flash = { modelBytes: 2048, kernelBytes: 1024, runtimeBytes: 3072, totalBytes: 6144, basis: 'modelled' } as const;

check('gauges', (report: Report) => gaugesOf(report).map(({ name, text, share }) => [name, text, share]), [
  { name: 'nothing known, nothing shown', input: empty, expected: [] },
  {
    name: 'RAM without a budget has no share',
    input: { ...empty, arena },
    expected: [['RAM', '12.0 KB', undefined]],
  },
  {
    name: 'RAM and flash against their budgets',
    input: { ...empty, arena, flash, budget: { ramBytes: 48 * 1024, flashBytes: 3072 } },
    expected: [
      ['RAM', '12.0 KB of 48.0 KB', 0.25],
      ['Flash', '6.00 KB of 3.00 KB', 2],
    ],
  },
  {
    name: 'a modelled arena is shown with the reserve that it needs: 1 KB, being more than 1 %',
    input: { ...empty, arena: { ...arena, basis: 'modelled' }, budget: { ramBytes: 26 * 1024 } },
    expected: [['RAM', '13.0 KB of 26.0 KB', 0.5]],
  },
  {
    name: 'time against its budget',
    input: { ...empty, latency: { ms: 30, basis: 'modelled' }, budget: { latencyMs: 20 } },
    expected: [['Latency', '30.0 ms of 20.0 ms', 1.5]],
  },
  {
    name: 'instructions where no time is known',
    input: { ...empty, latency: { instructions: 2_500_000, basis: 'modelled' } },
    expected: [['Latency', '2.50 M instructions', undefined]],
  },
  {
    name: 'energy of an inference without a rate',
    input: { ...empty, energy: { joulesPerInference: 0.0025, basis: 'modelled' } },
    expected: [['Energy', '2.50 mJ an inference', undefined]],
  },
  {
    name: 'energy without an operator whose time is not known is more, and never within a limit',
    input: {
      ...empty,
      energy: { joulesPerInference: 0.0025, averageMilliwatts: 3, isLowerBound: true, basis: 'modelled' },
      budget: { averageMilliwatts: 4 },
    },
    expected: [['Energy', 'over 2.50 mJ an inference', undefined]],
  },
  {
    name: 'average power against its budget',
    input: {
      ...empty,
      energy: { joulesPerInference: 0.0025, averageMilliwatts: 5, basis: 'modelled' },
      budget: { averageMilliwatts: 4 },
    },
    expected: [['Energy', '5 mW of 4 mW', 1.25]],
  },
  {
    name: 'a budget of nothing is exceeded by anything',
    input: { ...empty, arena, budget: { ramBytes: 0 } },
    expected: [['RAM', '12.0 KB of 0 B', Infinity]],
  },
]);

check('share bar', shareBar, [
  { name: 'nothing', input: 0, expected: '▱▱▱▱▱ 0 %' },
  { name: 'a little shows one block', input: 0.01, expected: '▰▱▱▱▱ 1 %' },
  { name: 'half', input: 0.5, expected: '▰▰▰▱▱ 50 %' },
  { name: 'full', input: 1, expected: '▰▰▰▰▰ 100 %' },
  { name: 'a little too much', input: 1.001, expected: '▰▰▰▰▰ >100 %' },
  { name: 'too much', input: 1.42, expected: '▰▰▰▰▰ 142 %' },
]);

check('a model in one line', (report: Report) => summaryText(report), [
  {
    name: 'nothing known but its size',
    input: { ...empty, model: { ...empty.model, bytes: 18_712 } },
    expected: '18,712 bytes',
  },
  {
    name: 'what keeps its limits',
    input: { ...empty, arena, latency: { ms: 30, basis: 'modelled' }, budget: { ramBytes: 48 * 1024 } },
    expected: '1,000 bytes · arena 12.0 KB of 48.0 KB · 30.0 ms · fits',
  },
  {
    name: 'what does not keep one that is not shown',
    input: { ...empty, arena, flash, budget: { flashBytes: 3072 } },
    expected: '1,000 bytes · arena 12.0 KB · does not fit',
  },
]);
