import { whyRefused } from '../../src/core/compress/refusal';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { one } from '../operators/literal';
import { model } from '../support/build';
import { check } from '../support/check';

/** A tensor of rank 5: CMSIS-NN's kernel handles four dimensions. */
const rank5 = one('MAXIMUM', 'float32[1,1,1,1,2] float32[2] -> float32[1,1,1,1,2]');

check(
  'an operator on which two kernel libraries disagree is refused by the one in use',
  (runtime: string) =>
    whyRefused(model(rank5.graph), resolveTarget({ board: 'arduino_nano33ble_sense_rev1', runtime }).target) !==
    undefined,
  [
    { name: 'CMSIS-NN refuses MAXIMUM of rank 5', input: 'tflm-cmsis-nn', expected: true },
    { name: 'the reference kernels run it', input: 'tflm-reference', expected: false },
  ],
);
