import type { TargetChoice } from '../../src/core/estimate/choice';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { Model } from '../../src/core/model/model';
import { weightsInFlash } from '../../src/core/rules/weightsInFlash';
import { graph, model, operator, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** A dense layer of 300 x 100 weights. */
const dense: Model = model(
  graph(
    [
      tensor('in', 'int8', [1, 300], { quantization: quantized(0.1) }),
      tensor('w', 'int8', [100, 300], { data: new Uint8Array(30_000), quantization: quantized(0.1) }),
      tensor('out', 'int8', [1, 100], { quantization: quantized(0.1) }),
    ],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
    { inputs: [0], outputs: [2] },
  ),
  { fileBytes: 31_000 },
);

check(
  'how much of an inference waits for flash: which advice is given',
  (choice: TargetChoice) => {
    const { target } = resolveTarget(choice);
    const estimated = estimate(dense, 'a.tflite', target, {});
    const hits = weightsInFlash.find({ model: dense, target, limits: {}, estimate: estimated, support: new Map() });
    return hits.map(({ message, layer }) => [layer, /\(QIO\) would save/.test(message), /in RAM/.test(message)]);
  },
  [
    {
      // 30,000 bytes at 29 cycles, against some 10 cycles for each of as many products.
      name: 'two lines at 40 MHz, and a cache that does not hold the weights: faster flash would help',
      input: { board: 'esp32_devkit', settings: { cacheBytes: '16KB' } },
      expected: [[0, true, false]],
    },
    {
      name: 'the fastest mode: RAM alone would help',
      input: { board: 'esp32_devkit', settings: { cacheBytes: '16KB', flashMode: 'qio', flashHz: '80MHz' } },
      expected: [[0, false, true]],
    },
    {
      name: 'a core of another maker: the setting of its modules is no advice',
      input: { board: 'raspberry_pi_pico2_riscv', settings: { flashMode: 'dio', cacheBytes: '16KB' } },
      expected: [[0, false, true]],
    },
    { name: 'all weights stay in the cache', input: { board: 'esp32_devkit' }, expected: [] },
    { name: 'weights in RAM', input: { board: 'esp32_devkit', settings: { weightsRegion: 'DRAM' } }, expected: [] },
    { name: 'flash inside the chip', input: { board: 'nucleo_l4r5zi' }, expected: [] },
  ],
);
