import { arenaUnknown } from '../../src/core/rules/arenaUnknown';
import { latencyOver } from '../../src/core/rules/latencyOver';
import { powerOver } from '../../src/core/rules/powerOver';
import type { Rule, RuleContext } from '../../src/core/rules/rule';
import { perChannelDense } from '../../src/core/rules/perChannelDense';
import { ruleByCode } from '../../src/core/rules/rules';
import { graph, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** Findings of one rule from figures as a report carries them. */
function found(rule: Rule, estimate: object, support: ReadonlyMap<unknown, unknown> = new Map()): unknown {
  const target = { tflmVersion: '90b983c2', origins: { tflmVersion: 'default' } };
  return rule.find({ estimate, support, target } as unknown as RuleContext);
}

const layers = [
  { name: 'a', cycles: 5, measured: { ms: 9 } },
  { name: 'b', cycles: 7, measured: { ms: 2 } },
  { name: 'c' },
];

check(
  'rules: one inference takes too long',
  (report: object) => found(latencyOver, { report: { layers, ...report } }),
  [
    { name: 'at the limit', input: { latency: { ms: 4 }, budget: { latencyMs: 4 } }, expected: [] },
    { name: 'no limit', input: { latency: { ms: 4 }, budget: {} }, expected: [] },
    { name: 'no figure', input: { budget: { latencyMs: 4 } }, expected: [] },
    { name: 'an end of a band is no figure', input: { latency: { lowMs: 9 }, budget: { latencyMs: 4 } }, expected: [] },
    ...[
      {
        name: 'a layer without a time is none of the slowest',
        layers: [{ name: 'a', cycles: 0 }, { name: 'b' }],
        slowest: 'a',
      },
      {
        name: 'a layer of one cycle is slower than it',
        layers: [{ name: 'a' }, { name: 'b', cycles: 1 }],
        slowest: 'b',
      },
      {
        name: 'of two equal ones the first',
        layers: [
          { name: 'a', cycles: 2 },
          { name: 'b', cycles: 2 },
        ],
        slowest: 'a',
      },
    ].map(({ name, slowest, ...rest }) => ({
      name,
      input: { ...rest, latency: { ms: 5 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message: `One inference takes 5.00 ms, the budget is 3.00 ms. The slowest layer is ${slowest}: make it smaller, or raise latencyMs in milliwatt.json.`,
        },
      ],
    })),
    ...[
      { name: 'a measured time of 0', layers: [{ name: 'a', measured: { ms: 0 } }, { name: 'b' }], slowest: 'a' },
      { name: 'a measured time of one', layers: [{ name: 'a' }, { name: 'b', measured: { ms: 1 } }], slowest: 'b' },
    ].map(({ name, slowest, ...rest }) => ({
      name,
      input: { ...rest, measured: { ms: 9 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message: `One inference took 9.00 ms on the board, the budget is 3.00 ms. The slowest layer is ${slowest}: make it smaller, or raise latencyMs in milliwatt.json.`,
        },
      ],
    })),
    {
      name: 'the fast end of its band is in time',
      input: { latency: { ms: 5, lowMs: 4, highMs: 6 }, budget: { latencyMs: 4 } },
      expected: [],
    },
    {
      name: 'even the fast end is not',
      input: { latency: { ms: 5, lowMs: 4, highMs: 6 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message:
            'One inference takes 5.00 ms (4.00 ms to 6.00 ms), the budget is 3.00 ms. The slowest layer is b: make it smaller, or raise latencyMs in milliwatt.json.',
        },
      ],
    },
    {
      name: 'without a band',
      input: { latency: { ms: 5 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message:
            'One inference takes 5.00 ms, the budget is 3.00 ms. The slowest layer is b: make it smaller, or raise latencyMs in milliwatt.json.',
        },
      ],
    },
    {
      name: 'what was measured decides: in time',
      input: { latency: { ms: 9 }, measured: { ms: 3 }, budget: { latencyMs: 3 } },
      expected: [],
    },
    {
      name: 'what was measured decides: late',
      input: { latency: { ms: 1 }, measured: { ms: 9 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message:
            'One inference took 9.00 ms on the board, the budget is 3.00 ms. The slowest layer is a: make it smaller, or raise latencyMs in milliwatt.json.',
        },
      ],
    },
    {
      name: 'measured as a whole only',
      input: { layers: [{ name: 'a' }], measured: { ms: 9 }, budget: { latencyMs: 3 } },
      expected: [
        {
          message:
            'One inference took 9.00 ms on the board, the budget is 3.00 ms. Make the model smaller, or raise latencyMs in milliwatt.json.',
        },
      ],
    },
  ],
);

check('rules: average power', (report: object) => found(powerOver, { report }), [
  {
    name: 'at the budget',
    input: {
      energy: { averageMilliwatts: 2, joulesPerInference: 1, powerBasis: 'measured' },
      budget: { averageMilliwatts: 2 },
    },
    expected: [],
  },
  { name: 'not known', input: { energy: { joulesPerInference: 1 }, budget: { averageMilliwatts: 2 } }, expected: [] },
  { name: 'no budget', input: { energy: { averageMilliwatts: 2, joulesPerInference: 1 } }, expected: [] },
  {
    name: 'measured',
    input: {
      energy: { averageMilliwatts: 3, joulesPerInference: 1, powerBasis: 'measured' },
      budget: { averageMilliwatts: 2 },
    },
    expected: [
      {
        severity: 'warning',
        message:
          'The average power is about 3.00 mW (1.00 J an inference), above the budget of 2 mW. The power is your own measurement. Infer less often or make the model smaller.',
      },
    ],
  },
  {
    name: 'modelled: information only',
    input: {
      energy: { averageMilliwatts: 3, joulesPerInference: 1, powerBasis: 'modelled' },
      budget: { averageMilliwatts: 2 },
    },
    expected: [
      {
        severity: 'information',
        message:
          'The average power is about 3.00 mW (1.00 J an inference), above the budget of 2 mW. This is modelled, not measured: measure the board. Infer less often or make the model smaller.',
      },
    ],
  },
]);

const [first, second] = [operator('RELU', [0], [1], { index: 0 }), operator('ABS', [1], [2], { index: 1 })];
const placed = [first, second].map((each, layer) => ({ operator: each, graph: { index: 0 }, layer }));

interface Unknown {
  readonly arena: object;
  readonly supported?: boolean;
}

check(
  'rules: an arena that is not known',
  ({ arena, supported = true }: Unknown) => found(arenaUnknown, { arena, placed }, new Map([[second, { supported }]])),
  [
    { name: 'it is', input: { arena: { known: true } }, expected: [] },
    {
      name: 'a lower bound, by an operator',
      input: { arena: { known: true, lowerBound: { reason: 'Why.', operator: { graph: 0, index: 1 } } } },
      expected: [{ message: 'Why.', layer: 1 }],
    },
    {
      name: 'an operator that is refused has a finding of its own',
      input: { arena: { known: false, reason: 'Why.', operator: { graph: 0, index: 1 } }, supported: false },
      expected: [],
    },
    {
      name: 'an operator of another graph',
      input: { arena: { known: false, reason: 'Why.', operator: { graph: 1, index: 1 } }, supported: false },
      expected: [{ message: 'Why.', layer: undefined }],
    },
    {
      name: 'no operator',
      input: { arena: { known: false, reason: 'Why.' } },
      expected: [{ message: 'Why.', layer: undefined }],
    },
  ],
);

/** An operator whose weights have so many scales. */
function withScales([kind, scales]: readonly [string, number]): unknown {
  const weights = tensor('w', 'int8', [2, 4], { quantization: quantized(Array<number>(scales).fill(0.5)) });
  const only = operator(kind, [0, 1], [2]);
  const main = graph([tensor('x', 'int8', [1, 4]), weights, tensor('y', 'int8', [1, 2])], [only]);
  return found(perChannelDense, { placed: [{ operator: only, graph: main, layer: 0 }] });
}

check('rules: scales of dense weights', withScales, [
  { name: 'one', input: ['FULLY_CONNECTED', 1], expected: [] },
  { name: 'none', input: ['FULLY_CONNECTED', 0], expected: [] },
  { name: 'two of a convolution', input: ['CONV_2D', 2], expected: [] },
  {
    name: 'two',
    input: ['FULLY_CONNECTED', 2],
    expected: [
      {
        layer: 0,
        message:
          'The weights have 2 scales, one per output channel. TensorFlow Lite Micro before September 2024 uses only the first and gives wrong results without an error. Use a newer version in the firmware, or convert the model with one scale for these weights.',
      },
    ],
  },
]);

check('rules: by code', (code: string) => ruleByCode(code)?.code, [
  { name: 'one that there is', input: 'power-over', expected: 'power-over' },
  { name: 'one that there is not', input: 'power', expected: undefined },
]);
