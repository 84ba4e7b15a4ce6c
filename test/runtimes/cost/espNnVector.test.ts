import { vectorCall } from '../../../src/core/runtimes/cost/espNnVector';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Layer {
  readonly kind?: string;
  readonly input: readonly number[];
  readonly filter: readonly number[];
  readonly output: readonly number[];
  readonly padding?: string;
  readonly depthMultiplier?: number;
}

check(
  'instructions of vector kernels on the ESP32-S3, and how often they go through all weights',
  ({ kind = 'CONV_2D', input, filter, output, padding = 'VALID', depthMultiplier = 1 }: Layer) => {
    const data = new Uint8Array(filter.reduce((product, size) => product * size, 1));
    const values = { padding, strideH: 1, strideW: 1, depthMultiplier };
    const made = graph(
      [tensor('in', 'int8', input), tensor('w', 'int8', filter, { data }), tensor('out', 'int8', output)],
      [operator(kind, [0, 1], [2], { options: options('Options', values) })],
      { inputs: [0], outputs: [2] },
    );
    const context = { operator: made.operators[0], graph: made, model: model(made), library: 'esp_nn' as const };
    const call = vectorCall({ ...context, path: 'none' });
    return call && [call.instructions, call.passes];
  },
  [
    {
      name: '1x1: 12 x 8 pixels at once, 12 x (40 + 34 x 8 + 64 x (192 + 14 x 8)), and four, 4 x 64 x (95 + 12 x 8)',
      input: { input: [1, 10, 10, 64], filter: [64, 1, 1, 64], output: [1, 10, 10, 64] },
      expected: [286_112, 16],
    },
    {
      name: 'rows of 96 bytes: 4 x (15 + 8 x (53 + 3 x 39)), weights summed once and read for each pixel',
      input: { input: [1, 4, 4, 32], filter: [8, 3, 3, 32], output: [1, 2, 2, 8] },
      expected: [4 * 1375 + 2304 * 3.5, 5],
    },
    {
      name: 'rows of 30 bytes are copied into the arena, and the input with padding around it',
      input: { input: [1, 3, 3, 10], filter: [8, 3, 3, 10], output: [1, 3, 3, 8], padding: 'SAME' },
      expected: [9 * (15 + 8 * (53 + 3 * 27)) + 720 * 4.5 + 45, 1],
    },
    {
      name: 'three channels: 27 values are gathered for each pixel',
      input: { input: [1, 4, 4, 3], filter: [8, 3, 3, 3], output: [1, 2, 2, 8] },
      expected: [4 * (20 + 90 + 8 * (70 + 4)) + 216 * 4.5, 1],
    },
    {
      name: 'a filter of a group of the channels runs in plain C',
      input: { input: [1, 4, 4, 32], filter: [8, 3, 3, 16], output: [1, 2, 2, 8] },
      expected: undefined,
    },
    {
      name: 'depthwise 3x3 over 16 channels: 140 + 4 x 28 + 16 x (140 + 4 x 101), 256 bytes copied with padding',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        input: [1, 4, 4, 16],
        filter: [1, 3, 3, 16],
        output: [1, 4, 4, 16],
        padding: 'SAME',
      },
      expected: [8956 + 128, 1],
    },
    {
      name: 'eight results of one channel: 16 x (86 + 2 x 101), 40 rows and 100 positions inside',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        input: [1, 4, 4, 1],
        filter: [1, 3, 3, 8],
        output: [1, 4, 4, 8],
        padding: 'SAME',
        depthMultiplier: 8,
      },
      expected: [4608 + 29 * 40 + 6 * 100 + 12, 1],
    },
    {
      name: 'three results of one channel run in plain C',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        input: [1, 4, 4, 1],
        filter: [1, 3, 3, 3],
        output: [1, 4, 4, 3],
        padding: 'SAME',
        depthMultiplier: 3,
      },
      expected: undefined,
    },
    {
      name: 'dense: 4 x (70 + 8 + 4 x 32), weights are summed first',
      input: { kind: 'FULLY_CONNECTED', input: [1, 32], filter: [4, 32], output: [1, 4] },
      expected: [824, 2],
    },
  ],
);
