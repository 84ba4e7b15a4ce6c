import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  doublingHighMultiply,
  quantizeMultiplier,
  reducedMultiplier,
  rescaleDouble,
  rescaleOf,
  rescaleSingle,
  rescaleWide,
  roundingShift,
  splitNumber,
} from '../../src/core/execute/fixedPoint';
import { leadingSignBits } from '../../src/core/execute/kernels/div';
import { check } from '../support/check';
import { roundAway } from '../../src/core/model/values/rounding';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
/** Multipliers as quantizeMultiplier makes them. */
const multiplier = fc.oneof(fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 }), fc.constant(0));

/** Floor of `numerator` / 2^`bits`. */
const shifted = (numerator: bigint, bits: number): bigint => numerator >> BigInt(bits);
const wrapped = (value: bigint): number => Number(BigInt.asIntN(32, value));

check('roundAway', roundAway, [
  { name: 'a half upwards', input: 2.5, expected: 3 },
  { name: 'a negative half downwards', input: -2.5, expected: -3 },
  { name: 'less than a half', input: 0.49999999999999994, expected: 0 },
  { name: 'a whole number beyond 2^52', input: 2 ** 52 + 1, expected: 2 ** 52 + 1 },
]);

check('splitNumber', splitNumber, [
  { name: 'one', input: 1, expected: { fraction: 0.5, exponent: 1 } },
  { name: 'three eighths, negative', input: -0.375, expected: { fraction: -0.75, exponent: -1 } },
  { name: 'zero', input: 0, expected: { fraction: 0, exponent: 0 } },
  { name: 'the smallest number there is', input: 2 ** -1074, expected: { fraction: 0.5, exponent: -1073 } },
  { name: 'the smallest normal number', input: 2 ** -1022, expected: { fraction: 0.5, exponent: -1021 } },
  { name: 'half of it and a quarter', input: 3 * 2 ** -1024, expected: { fraction: 0.75, exponent: -1022 } },
  { name: 'a large number', input: 3 * 2 ** 1000, expected: { fraction: 0.75, exponent: 1002 } },
  { name: 'no number', input: NaN, expected: { fraction: NaN, exponent: 0 } },
  { name: 'infinity', input: -Infinity, expected: { fraction: -Infinity, exponent: 0 } },
]);

check('quantizeMultiplier', (real: number) => quantizeMultiplier(real, 'double'), [
  { name: 'a half', input: 0.5, expected: { multiplier: 2 ** 30, shift: 0 } },
  { name: 'one', input: 1, expected: { multiplier: 2 ** 30, shift: 1 } },
  { name: 'three', input: 3, expected: { multiplier: 3 * 2 ** 29, shift: 2 } },
  { name: 'just below a half rounds up to it', input: 0.5 - 2 ** -34, expected: { multiplier: 2 ** 30, shift: 0 } },
  { name: 'nothing', input: 0, expected: { multiplier: 0, shift: 0 } },
  { name: 'the smallest that is not', input: 2 ** -32, expected: { multiplier: 2 ** 30, shift: -31 } },
  { name: 'too small', input: 2 ** -33, expected: { multiplier: 0, shift: 0 } },
  { name: 'large', input: 2 ** 31, expected: { multiplier: 2 ** 30, shift: 32 } },
]);

check('quantizeMultiplier with single rounding', (real: number) => quantizeMultiplier(real, 'single'), [
  { name: 'the largest shift', input: 2 ** 29, expected: { multiplier: 2 ** 30, shift: 30 } },
  { name: 'one more saturates', input: 2 ** 30, expected: { multiplier: 2 ** 31 - 1, shift: 30 } },
  { name: 'too large saturates', input: 2 ** 31, expected: { multiplier: 2 ** 31 - 1, shift: 30 } },
]);

// Products one below a half: 3 x 357913941 = 2^30 - 1, and 2097153 x 1075838975 = 1050624 x 2^31 - 2^30 + 2^31 - 1.
check('doublingHighMultiply just below a half', ([a, b]: readonly [number, number]) => doublingHighMultiply(a, b), [
  { name: 'of a small factor', input: [3, 357913941], expected: 0 },
  { name: 'of a small factor, one more', input: [4, 268435456], expected: 1 },
  { name: 'of large ones', input: [2097153, 1075838975], expected: 1050624 },
  { name: 'the one overflow saturates', input: [-(2 ** 31), -(2 ** 31)], expected: 2 ** 31 - 1 },
]);

check('roundingShift', ([value, exponent]: readonly [number, number]) => roundingShift(value, exponent), [
  { name: 'by nothing', input: [-7, 0], expected: -7 },
  { name: 'a half away from zero', input: [5, 1], expected: 3 },
  { name: 'a negative half away from zero', input: [-5, 1], expected: -3 },
  { name: 'below a half', input: [-5, 2], expected: -1 },
  { name: 'above a half', input: [-7, 2], expected: -2 },
  { name: 'by 31, a half of it', input: [2 ** 30, 31], expected: 1 },
  { name: 'by 31, less', input: [2 ** 30 - 1, 31], expected: 0 },
  { name: 'by 31, the least', input: [-(2 ** 31), 31], expected: -1 },
]);

check('reducedMultiplier: the upper half, rounded', reducedMultiplier, [
  { name: 'a half', input: 2 ** 30, expected: 0x4000 },
  { name: 'just below the next', input: 0x40007fff, expected: 0x4000 },
  { name: 'half way to the next', input: 0x40008000, expected: 0x4001 },
  { name: 'near the end', input: 0x7ffeffff, expected: 0x7fff },
  { name: 'what would overflow saturates', input: 0x7fffffff, expected: 0x7fff },
]);

// -10 / 4 = -2.5: away from zero where rounded twice, upwards where once.
check('rescaleOf', (rounding: 'double' | 'single') => rescaleOf(rounding)(-10, 2 ** 30, -1), [
  { name: 'twice', input: 'double', expected: -3 },
  { name: 'once', input: 'single', expected: -2 },
]);

// 5 x 0.75 = 3.75 and 5 x 0.5 = 2.5: halves go upwards, also from -2.5.
check(
  'rescaleSingle',
  ([value, factor]: readonly [number, number]) => {
    const { multiplier: m, shift } = quantizeMultiplier(factor, 'single');
    return rescaleSingle(value, m, shift);
  },
  [
    { name: 'to the nearest', input: [5, 0.75], expected: 4 },
    { name: 'a half upwards', input: [5, 0.5], expected: 3 },
    { name: 'a negative half upwards', input: [-5, 0.5], expected: -2 },
    { name: 'larger than one', input: [-5, 3], expected: -15 },
  ],
);

// With two roundings: 5 x 0.25 x 2^31 / 2^31 = 2.5 with a half is 3, shifted by one with a half away from zero 2.
check(
  'rescaleDouble',
  ([value, factor]: readonly [number, number]) => {
    const { multiplier: m, shift } = quantizeMultiplier(factor, 'double');
    return rescaleDouble(value, m, shift);
  },
  [
    { name: 'rounded twice: 5 / 4 becomes 2.5 / 2, 3 / 2, 2', input: [5, 0.25], expected: 2 },
    { name: 'once upwards, once away from zero: -5 / 4 becomes -2 / 2', input: [-5, 0.25], expected: -1 },
    { name: 'larger than one', input: [-5, 3], expected: -15 },
  ],
);

describe('fixed-point arithmetic is that of 64-bit integers', () => {
  it('doublingHighMultiply', () => {
    fc.assert(
      fc.property(int32, int32, (a, b) => {
        const exact = shifted(BigInt(a) * BigInt(b) + 2n ** 30n, 31);
        const saturated = exact === 2n ** 31n ? 2n ** 31n - 1n : exact;
        assert.equal(doublingHighMultiply(a, b), Number(saturated));
      }),
      {
        examples: [
          [-(2 ** 31), -(2 ** 31)],
          [2 ** 31 - 1, 2 ** 31 - 1],
          [2097152, 2 ** 31 - 1],
          [-2097152, -(2 ** 31)],
        ],
        numRuns: 2000,
      },
    );
  });

  it('roundingShift: to the nearest, halves away from zero', () => {
    fc.assert(
      fc.property(int32, fc.integer({ min: 0, max: 31 }), (value, bits) => {
        const magnitude = shifted(BigInt(Math.abs(value)) * 2n + (bits === 0 ? 0n : 2n ** BigInt(bits)), bits + 1);
        assert.equal(roundingShift(value, bits), (value < 0 ? -1 : 1) * Number(magnitude) || 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('rescaleDouble', () => {
    fc.assert(
      fc.property(int32, multiplier, fc.integer({ min: -31, max: 30 }), (value, m, shift) => {
        const left = wrapped(BigInt(value) << BigInt(Math.max(0, shift)));
        const high = wrapped(shifted(BigInt(left) * BigInt(m) + 2n ** 30n, 31));
        assert.equal(rescaleDouble(value, m, shift), roundingShift(high, Math.max(0, -shift)));
      }),
      { numRuns: 2000 },
    );
  });

  it('rescaleSingle', () => {
    fc.assert(
      fc.property(int32, multiplier, fc.integer({ min: -31, max: 30 }), (value, m, shift) => {
        const exact = shifted(BigInt(value) * BigInt(m) + 2n ** BigInt(30 - shift), 31 - shift);
        assert.equal(rescaleSingle(value, m, shift), wrapped(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it('rescaleWide, up to 2^47', () => {
    const wide = fc.bigInt({ min: -(2n ** 47n), max: 2n ** 47n - 1n }).map(Number);
    fc.assert(
      fc.property(fc.oneof(wide, int32), multiplier, fc.integer({ min: -31, max: 7 }), (value, m, shift) => {
        const reduced = m < 0x7fff0000 ? (m + 0x8000) >> 16 : 0x7fff;
        const exact = shifted(BigInt(value) * BigInt(reduced) + 2n ** BigInt(14 - shift), 15 - shift);
        assert.equal(rescaleWide(value, m, shift), wrapped(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it('quantizeMultiplier keeps 31 bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -30, max: 2 ** 29, noNaN: true }), (real) => {
        const { multiplier: m, shift } = quantizeMultiplier(real, 'double');
        assert.ok(m >= 2 ** 30 && m < 2 ** 31);
        assert.ok(Math.abs((m * 2 ** (shift - 31)) / real - 1) <= 2 ** -31);
      }),
    );
  });
});

check('copies of the sign below it', leadingSignBits, [
  { name: '0', input: 0, expected: 31 },
  { name: '1', input: 1, expected: 30 },
  { name: '-1', input: -1, expected: 31 },
  { name: '-2', input: -2, expected: 30 },
  { name: '127', input: 127, expected: 24 },
  { name: '-128', input: -128, expected: 24 },
  { name: '-129', input: -129, expected: 23 },
  { name: 'the least', input: -2147483648, expected: 0 },
]);
