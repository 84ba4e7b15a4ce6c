import { codeWait, flashPathOf, flashWait } from '../../src/core/estimate/timing/flashWait';
import type { FlashPath } from '../../src/core/estimate/timing/flashWait';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { TargetChoice } from '../../src/core/estimate/choice';
import type { Model } from '../../src/core/model/model';
import { graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

check(
  'cycles for a byte of weights in an external flash chip, and the cache before it',
  (choice: TargetChoice) => {
    const path = flashPathOf(resolveTarget(choice).target);
    return path && [path.cyclesPerByte, path.cacheBytes, path.sharesCode];
  },
  [
    {
      name: 'ESP32, two lines at 40 MHz: (8 + 12 + 4 + 256 / 2) clocks of 6 cycles and 16 more, for 32 bytes',
      input: { board: 'esp32_devkit', settings: { clockHz: 240e6 } },
      expected: [29, 30_720, true],
    },
    {
      name: 'four lines at 80 MHz: (8 + 6 + 6 + 256 / 4) x 3 + 16',
      input: { board: 'esp32_devkit', settings: { clockHz: 240e6, flashMode: 'qio', flashHz: 80e6 } },
      expected: [8.375, 30_720, true],
    },
    {
      name: 'a cache for constants of its own',
      input: { board: 'esp32_s3_devkitc', settings: { clockHz: 240e6, flashMode: 'qio', dcacheBytes: '64KB' } },
      expected: [8.375, 65_536, false],
    },
    {
      name: 'RP2040: a command for every four bytes, (20 + 8) clocks of 2 cycles and 16 more',
      input: { board: 'raspberry_pi_pico', settings: { clockHz: 125e6 } },
      expected: [18, 14_336, true],
    },
    {
      name: 'weights in RAM',
      input: { board: 'esp32_devkit', settings: { weightsRegion: 'RAM' } },
      expected: undefined,
    },
    { name: 'flash inside the chip', input: { board: 'nucleo_l4r5zi' }, expected: undefined },
  ],
);

const path: FlashPath = { cyclesPerByte: 10, cacheBytes: 1000, sharesCode: true };

function dense(inputs: number, outputs: number, rows = 1): Model {
  const tensors = [
    tensor('in', 'int8', [rows, inputs]),
    tensor('w', 'int8', [outputs, inputs], { data: new Uint8Array(inputs * outputs) }),
    tensor('out', 'int8', [rows, outputs]),
  ];
  return model(graph(tensors, [operator('FULLY_CONNECTED', [0, 1, -1], [2])], { inputs: [0], outputs: [2] }));
}

function convolution(height: number, width: number): Model {
  const values = { padding: 'SAME', strideH: 1, strideW: 1, dilationHFactor: 1, dilationWFactor: 1 };
  const tensors = [
    tensor('in', 'int8', [1, height, width, 100]),
    tensor('w', 'int8', [40, 3, 3, 100], { data: new Uint8Array(36_000) }),
    tensor('out', 'int8', [1, height, width, 40]),
  ];
  const conv = operator('CONV_2D', [0, 1, -1], [2], { options: options('Conv2DOptions', values) });
  return model(graph(tensors, [conv], { inputs: [0], outputs: [2] }));
}

/** From `height` x `width` pixels to as many, which is what a filter of 3x3 with a stride of 1 makes of them. */
function transposed(height: number, width: number): Model {
  const values = { padding: 'SAME', strideH: 1, strideW: 1 };
  const tensors = [
    tensor('shape', 'int32', [4]),
    tensor('w', 'int8', [40, 3, 3, 100], { data: new Uint8Array(36_000) }),
    tensor('in', 'int8', [1, height, width, 100]),
    tensor('out', 'int8', [1, height, width, 40]),
  ];
  const spread = operator('TRANSPOSE_CONV', [0, 1, 2], [3], { options: options('TransposeConvOptions', values) });
  return model(graph(tensors, [spread], { inputs: [2], outputs: [3] }));
}

check(
  'what an operator waits for its weights',
  ({ of, order = 'pixel' }: { readonly of: Model; readonly order?: 'pixel' | 'pair' }) => {
    const [main] = of.graphs;
    const wait = flashWait(main.operators[0], main, of, { path, order });
    return wait && [wait.weightBytes, Math.round(wait.fetchedBytes), Math.round(wait.cycles), codeWait(of, path)];
  },
  [
    {
      name: 'a dense layer reads each weight once',
      input: { of: dense(100, 20) },
      expected: [2000, 2000, 20_000, 10_240],
    },
    {
      name: 'a model that stays in the cache waits for nothing',
      input: { of: dense(10, 20) },
      expected: [200, 0, 0, 0],
    },
    {
      name: 'one pixel of a 3x3 filter: 8 of 9 positions lie in the padding and are not read',
      input: { of: convolution(1, 1) },
      expected: [36_000, 4000, 40_000, 10_240],
    },
    {
      name: 'a pass for each pixel, 7 of 9 positions inside over three pixels: 36,000 x 3 x 7 / 27 x 3',
      input: { of: convolution(3, 1) },
      expected: [36_000, 28_000, 280_000, 10_240],
    },
    {
      name: 'a transposed convolution reads what falls into its output',
      input: { of: transposed(3, 1) },
      expected: [36_000, 28_000, 280_000, 10_240],
    },
    {
      name: 'twice the cache, three pixels: once all, then twice what did not stay; h = exp(-2 (1 - h)) = 0.2032',
      input: { of: dense(100, 20, 3) },
      expected: [2000, 5187, 51_872, 10_240],
    },
    {
      name: 'CMSIS-NN takes two pixels at once',
      input: { of: convolution(3, 1), order: 'pair' },
      expected: [36_000, 14_000, 140_000, 10_240],
    },
  ],
);
