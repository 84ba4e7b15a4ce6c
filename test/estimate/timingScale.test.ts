import { scaleOf } from '../../src/core/estimate/timing/timingScale';
import { check } from '../support/check';

type Target = Parameters<typeof scaleOf>[0];

check(
  'the scale of a board or core, by kernel library',
  (target: Target) => {
    const scale = scaleOf(target);
    return scale && [scale.factor, Number(scale.low.toFixed(4)), Number(scale.high.toFixed(4)), scale.kind];
  },
  [
    {
      name: 'the board that ran CMSIS-NN, with reference kernels',
      input: { board: 'nucleo_l4r5zi', core: 'cortex-m4f', runtime: 'tflm-reference' },
      expected: [1, 0.7, 6, 'architectural'],
    },
    {
      name: 'a board whose ratio to it is known: 0.88768 x 0.7, 1.0454 x 6',
      input: { board: 'stm32f746g_disco', core: 'cortex-m7', runtime: 'tflm-reference' },
      expected: [0.61037, 0.6214, 6.2724, 'architectural'],
    },
    {
      name: 'a core without a measured board: 0.6 x 0.7, 1.7 x 6',
      input: { core: 'cortex-m3', runtime: 'tflm-reference' },
      expected: [1.024, 0.42, 10.2, 'architectural'],
    },
    {
      // NUCLEO-F413ZH under Mbed: 13,005 ms of person_detect at 100 MHz, 8.1 times what the formula gives.
      name: 'a core whose slowest published run lies in the band: 0.7 x 0.7, 1.4 x 6',
      input: { core: 'cortex-m4f', runtime: 'tflm-reference' },
      expected: [1, 0.49, 8.4, 'architectural'],
    },
    {
      name: 'plain C on an Xtensa core, from the one published model',
      input: { board: 'esp32_s3_devkitc', core: 'xtensa-lx7', runtime: 'tflm-reference' },
      expected: [3.4442, 0.35, 2, 'architectural'],
    },
    {
      name: 'a library that nobody measured on this core',
      input: { core: 'xtensa-lx7', runtime: 'tflm-cmsis-nn' },
      expected: undefined,
    },
  ],
);
