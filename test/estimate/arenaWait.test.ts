import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { movedBytes } from '../../src/core/estimate/timing/arenaWait';
import type { Model } from '../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** A 3x3 convolution with stride 1 and padding over a square image. */
function convolution(size: number, inputs: number, outputs: number): Model {
  const quantization = quantized(1);
  const filter = { quantization, data: new Uint8Array(outputs * 9 * inputs) };
  const tensors = [
    tensor('in', 'int8', [1, size, size, inputs], { quantization }),
    tensor('filter', 'int8', [outputs, 3, 3, inputs], filter),
    tensor('out', 'int8', [1, size, size, outputs], { quantization }),
  ];
  const how = options('Conv2DOptions', { strideH: 1, strideW: 1 });
  return model(graph(tensors, [operator('CONV_2D', [0, 1, -1], [2], { options: how })], { inputs: [0], outputs: [2] }));
}

interface Case {
  readonly model: Model;
  readonly cacheBytes: number;
}

check(
  'bytes that an operator moves to and from an arena outside of the chip',
  ({ model: { graphs }, cacheBytes }: Case) => movedBytes(graphs[0].operators[0], graphs[0], cacheBytes),
  [
    {
      // 100 + 100 bytes of values, 9 of weights.
      name: 'all of it fits the cache',
      input: { model: convolution(10, 1, 1), cacheBytes: 209 },
      expected: 0,
    },
    {
      // Three rows of 10 and 9 weights stay: 100 read once, 100 fetched and written back.
      name: 'the rows under the filter fit',
      input: { model: convolution(10, 1, 1), cacheBytes: 39 },
      expected: 300,
    },
    {
      // Of 10 rows each is under the filter 3 times, the first and the last twice: 28 / 10.
      name: 'the rows do not fit',
      input: { model: convolution(10, 1, 1), cacheBytes: 38 },
      expected: 480,
    },
    {
      // 28 x 28 taps on 100 pixels.
      name: 'the weights do not fit',
      input: { model: convolution(10, 1, 1), cacheBytes: 8 },
      expected: 984,
    },
  ],
);

check(
  'a layer whose arena lies outside of the chip',
  ({ board, arenaRegion }: { readonly board: string; readonly arenaRegion?: string }) => {
    const { target } = resolveTarget({ board, settings: { clockHz: 240e6, ...(arenaRegion && { arenaRegion }) } });
    const { report } = estimate(convolution(64, 16, 16), 'm.tflite', target, {});
    const [layer] = report.layers;
    return layer.arenaWaitMs === undefined ? undefined : Number(layer.arenaWaitMs.toFixed(4));
  },
  [
    { name: 'inside', input: { board: 'seeed_xiao_esp32s3_sense' }, expected: undefined },
    {
      // 3 x 65,536 bytes, (20 + 64 x 8 / 16) x 3 + 16 = 172 cycles for 64 of them: 528,384 cycles at 240 MHz.
      name: 'PSRAM with eight lines at 80 MHz',
      input: { board: 'seeed_xiao_esp32s3_sense', arenaRegion: 'PSRAM' },
      expected: 2.2016,
    },
    {
      // (190 / 64 + 2) x 65,536 bytes; (7 + 8 x 32 / 16) x 240 / 108 + 16 = 67.1 cycles for 32 of them.
      name: 'SDRAM with a bus of 16 bits at 108 MHz',
      input: { board: 'stm32f746g_disco', arenaRegion: 'SDRAM' },
      expected: 2.8455,
    },
    {
      name: 'SDRAM of which nothing is known',
      input: { board: 'arduino_giga_r1', arenaRegion: 'SDRAM' },
      expected: undefined,
    },
  ],
);
