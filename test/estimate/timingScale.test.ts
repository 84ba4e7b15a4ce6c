import { scaleOf } from '../../src/core/estimate/timing/timingScale';
import { check } from '../support/check';

type Target = Parameters<typeof scaleOf>[0];

check(
  'the spread of kinds that were measured where others may differ by more',
  (target: Target) => scaleOf(target)?.ofKinds,
  [
    {
      name: 'plain C, of which small dense networks were measured',
      input: { core: 'cortex-m7', runtime: 'tflm-reference', optimization: 'O3' },
      expected: { kinds: ['FULLY_CONNECTED', 'SOFTMAX'], low: 0.79777, high: 1.2535 },
    },
    {
      name: 'none where plain C was not',
      input: { core: 'cortex-m3', runtime: 'tflm-reference' },
      expected: undefined,
    },
    { name: 'none of CMSIS-NN', input: { core: 'cortex-m7', runtime: 'tflm-cmsis-nn' }, expected: undefined },
  ],
);

check(
  'the scale of a board or core, by kernel library',
  (target: Target) => {
    const scale = scaleOf(target);
    return scale && [scale.factor, Number(scale.low.toFixed(4)), Number(scale.high.toFixed(4)), scale.kind];
  },
  [
    {
      name: 'plain C on a board whose own ratio is of CMSIS-NN: that of boards with its core which ran plain C',
      input: { board: 'stm32f746g_disco', core: 'cortex-m7', runtime: 'tflm-reference' },
      expected: [0.78148, 0.7, 2, 'measured'],
    },
    {
      name: 'the same compiled for size',
      input: { board: 'stm32f746g_disco', core: 'cortex-m7', runtime: 'tflm-reference', optimization: 'Os' },
      expected: [0.90187, 0.7, 2, 'measured'],
    },
    {
      name: 'a core without a measured board: 0.6 x 0.6, 1.7 x 2',
      input: { core: 'cortex-m3', runtime: 'tflm-reference' },
      expected: [1.024, 0.36, 3.4, 'architectural'],
    },
    {
      name: 'a board that reads its flash through a cache is told apart from others with its core',
      input: { board: 'raspberry_pi_pico2', core: 'cortex-m33', runtime: 'tflm-cmsis-nn', flashMode: 'qio' },
      expected: [1.0479, 0.75, 1.3, 'architectural'],
    },
    {
      name: 'the same core with its flash inside the chip',
      input: { core: 'cortex-m33', runtime: 'tflm-cmsis-nn' },
      expected: [0.87843, 0.7484, 1.3361, 'architectural'],
    },
    {
      name: 'a library that nobody measured on this core',
      input: { core: 'xtensa-lx7', runtime: 'tflm-cmsis-nn' },
      expected: undefined,
    },
  ],
);
