import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { withoutColdCode } from '../../src/core/estimate/timing/coldCode';
import { withoutOtherKernels } from '../../src/core/estimate/timing/otherKernels';
import { timingFacts } from '../../src/core/estimate/timing/timingScale';
import { check } from '../support/check';

const fit = { ...timingFacts.reference.fits['int8 O3'], cyclesPerOperator: 1000 };

check(
  'cycles for calling an operator, 1,000 on the reference board',
  (board: string | undefined) => {
    const own = withoutColdCode(fit, resolveTarget({ board }).target);
    return [own.cyclesPerOperator, own.cyclesPerPixel === fit.cyclesPerPixel];
  },
  [
    { name: 'the reference board', input: 'nucleo_l4r5zi', expected: [1000, true] },
    { name: 'another cache of 1 KB', input: 'nucleo_f446re', expected: [1000, true] },
    { name: 'a cache of 2 KB keeps the code: a quarter', input: 'nrf52840dk', expected: [250, true] },
    {
      name: 'the same chip, whose cache mbed OS leaves off: cold code is as warm',
      input: 'arduino_nano33ble',
      expected: [250, true],
    },
    { name: 'code in tightly coupled memory', input: 'teensy41', expected: [250, true] },
    { name: 'a board whose cache is not known', input: undefined, expected: [250, true] },
  ],
);

const float = { ...timingFacts.reference.fits['float32 Os'], cyclesPerProduct: 100, cyclesPerCachedProduct: 9 };

check(
  'cycles for a product of floats: 100 where a loop and what it calls leave the cache, 9 where they stay',
  (board: string) => withoutColdCode(float, resolveTarget({ board }).target).cyclesPerProduct,
  [
    { name: 'the reference board', input: 'nucleo_l4r5zi', expected: 100 },
    { name: 'a cache of 2 KB', input: 'nrf52840dk', expected: 9 },
    { name: 'no cache: its ratio has what all code waits', input: 'arduino_nano33ble', expected: 9 },
  ],
);

check(
  'cycles for a pixel, 300 on the reference board',
  (choice: { readonly board: string; readonly runtime?: string }) =>
    withoutOtherKernels({ ...fit, cyclesPerPixel: 300 }, resolveTarget(choice).target).cyclesPerPixel,
  [
    { name: 'a board that runs the same kernels', input: { board: 'nucleo_h743zi' }, expected: 300 },
    { name: 'reference kernels', input: { board: 'nucleo_h743zi', runtime: 'tflm-reference' }, expected: 0 },
    { name: 'vector kernels', input: { board: 'renesas_ek_ra8d1' }, expected: 0 },
  ],
);
