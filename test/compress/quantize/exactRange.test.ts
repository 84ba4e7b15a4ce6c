import { exactRange } from '../../../src/core/compress/quantize/calibrate/exactRange';
import { check } from '../../support/check';

check('the range that holds inputs exactly', (values: readonly number[]) => exactRange(Float32Array.from(values)), [
  {
    // 16 steps of 1/16 go 15 times into 255: a scale of 1/240, and 255 of them.
    name: 'sixteenths from 0 to 1: wider than they are',
    input: [0, 1 / 16, 3 / 16, 1],
    expected: { min: 0, max: 255 / 240 },
  },
  { name: 'flags', input: [1, 0, 1], expected: { min: 0, max: 1 } },
  {
    // 127 steps go twice into 255: halves, of which the first lies at -2.
    name: 'whole numbers on both sides of 0',
    input: [-1, 0, 5, 126],
    expected: { min: -1, max: 126.5 },
  },
  { name: 'steps that begin far from 0, which counts too', input: [100, 101], expected: { min: 0, max: 127.5 } },
  { name: 'more steps than int8 has', input: [0, 1, 256], expected: undefined },
  { name: 'no common step', input: [0, 1, Math.SQRT2, 3], expected: undefined },
  { name: 'zeros alone', input: [0, 0], expected: undefined },
]);
