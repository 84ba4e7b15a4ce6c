import { knownRuntime } from '../../../src/core/runtimes/runtimes';
import { planArena } from '../../../src/core/runtimes/tflm/arena';
import { dayOfVersion, versionOf } from '../../../src/core/runtimes/tflm/versions';
import type { Target } from '../../../src/core/runtimes/target';
import type { Model } from '../../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from './targets';

const int8 = (shape: readonly number[], scale: number | readonly number[] = 0.5): ReturnType<typeof tensor> =>
  tensor('x', 'int8', shape, { quantization: quantized(scale, 0) });

/** A 1xN convolution with 8 outputs, as CMSIS-NN sees one row. */
const row: Model = model(
  graph(
    [
      int8([1, 1, 12, 4]),
      tensor('w', 'int8', [8, 1, 3, 4], {
        quantization: quantized(Array<number>(8).fill(0.5), 0),
        data: new Uint8Array(96),
      }),
      int8([1, 1, 12, 8]),
    ],
    [
      operator('CONV_2D', [0, 1], [2], {
        options: options('', { padding: 'SAME', strideW: 1, strideH: 1, dilationWFactor: 1, dilationHFactor: 1 }),
      }),
    ],
    { inputs: [0], outputs: [2] },
  ),
);

/** A depthwise convolution of one input channel. */
const oneChannel: Model = model(
  graph(
    [
      int8([1, 6, 6, 1]),
      tensor('w', 'int8', [1, 3, 3, 8], {
        quantization: quantized(Array<number>(8).fill(0.5), 0),
        data: new Uint8Array(72),
      }),
      int8([1, 6, 6, 8]),
    ],
    [
      operator('DEPTHWISE_CONV_2D', [0, 1], [2], {
        options: options('', { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 8 }),
      }),
    ],
    { inputs: [0], outputs: [2] },
  ),
);

const scratch = (of: Model, core: string, target: Partial<Target>): number => {
  const outcome = planArena(of, arenaTarget(core, target));
  return outcome.known ? outcome.arena.scratchBytes : -1;
};

const cmsis = { runtime: 'tflm-cmsis-nn' } as const;
check(
  'scratch buffers of CMSIS-NN by day, with MVE',
  ([of, day]: readonly [Model, string]) => scratch(of, 'cortex-m55', { ...cmsis, tflmVersion: day }),
  [
    // Padding 1 on both ends: 3 x 4 and 4 more.
    { name: 'one row: its padded ends', input: [row, '2024-04-23'], expected: 16 },
    { name: 'one row: nothing before', input: [row, '2024-04-22'], expected: 0 },
    // A column of 9 filled up to 16, four of them, and 72 of the filter.
    { name: 'one channel as a convolution', input: [oneChannel, '2024-11-12'], expected: 144 },
    { name: 'one channel: nothing before', input: [oneChannel, '2024-11-11'], expected: 0 },
  ],
);

check(
  'scratch buffers of a release of the kernels',
  ([version, core]: readonly [string, string]) =>
    scratch(row, core, { runtime: core === 'cortex-m55' ? 'tflm-cmsis-nn' : 'tflm-esp-nn', kernelsVersion: version }),
  [
    { name: 'CMSIS-NN 7.0.0', input: ['cmsis-nn-7.0.0', 'cortex-m55'], expected: 16 },
    { name: 'CMSIS-NN 5.0.0', input: ['cmsis-nn-5.0.0', 'cortex-m55'], expected: 0 },
    // Padded input 14 x 1 x 4, filter 3 x 16 x 8, margin 32, sums 8 x 4, rounded up to 16.
    { name: 'ESP-NN 1.1.2', input: ['esp-nn-1.1.2', 'xtensa-lx7'], expected: 512 },
    { name: 'ESP-NN 1.2.0', input: ['esp-nn-1.2.0', 'xtensa-lx7'], expected: 512 },
    // A row of the filter filled up to 16 for 8 outputs, and a copy that reaches two elements beyond.
    { name: 'ESP-NN 1.2.1', input: ['esp-nn-1.2.1', 'xtensa-lx7'], expected: 688 },
    // A margin of 64 for 32.
    { name: 'ESP-NN 1.2.3', input: ['esp-nn-1.2.3', 'xtensa-lx7'], expected: 720 },
  ],
);

check('the day of a version', dayOfVersion, [
  { name: 'a day', input: '2024-05-29', expected: '2024-05-29' },
  { name: 'a release', input: 'zephyr-tflite-micro-20240627', expected: '2024-05-29' },
  { name: 'a described version', input: 'arduino-2.4.0', expected: '2023-02-27' },
  { name: 'a prefix of a commit', input: '90b983c2b3f1', expected: '2026-08-20' },
  { name: 'a commit that is not in the list', input: '71fba59b5', expected: undefined },
  { name: 'a release of which the day is not known', input: 'eloquenttinyml-2.4.4', expected: undefined },
]);

check(
  'versions that are described',
  ([name, runtime]: readonly [string, string]) => {
    const { version, isKnown } = versionOf(name, knownRuntime(runtime));
    return [version.id, isKnown];
  },
  [
    { name: 'a release', input: ['esp-tflite-micro-1.3.3', 'tflm-esp-nn'], expected: ['esp-tflite-micro-1.3.3', true] },
    { name: 'a day', input: ['2023-07-01', 'tflm-reference'], expected: ['2023-07-01', true] },
    {
      name: 'one before those that are described',
      input: ['himax_tflm-2.0', 'tflm-reference'],
      expected: ['TFLM of 2023-01-12', false],
    },
    { name: 'a commit that is not in the list', input: ['71fba59b5', 'tflm-reference'], expected: ['90b983c2', false] },
  ],
);

check(
  'operators that came later have no kernel',
  (day: string) => {
    const { kernels } = versionOf(day, knownRuntime('tflm-reference'));
    return ['REVERSE_V2', 'REDUCE_MIN', 'REDUCE_ALL'].filter((kind) => kernels.has(kind));
  },
  [
    { name: 'July 9, 2025', input: '2025-07-09', expected: [] },
    { name: 'July 10, 2025', input: '2025-07-10', expected: ['REVERSE_V2'] },
    { name: 'August 5, 2025', input: '2025-08-05', expected: ['REVERSE_V2', 'REDUCE_MIN'] },
    { name: 'January 8, 2026', input: '2026-01-08', expected: ['REVERSE_V2', 'REDUCE_MIN', 'REDUCE_ALL'] },
  ],
);
