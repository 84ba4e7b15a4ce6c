import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { expOfNegative, logistic, naturalLogarithm, oneOverOnePlus, tanh } from '../../src/core/execute/transcendental';
import { inverseSquareRoot } from '../../src/core/execute/kernels/elementwise';
import { roundedSquareRoot, scaledLogarithm } from '../../src/core/execute/kernels/signal/filterBank';
import { logisticInt16, scaleInt16, tanhInt16 } from '../../src/core/execute/kernels/sigmoidsInt16';

/** Fixed-point functions against the exact ones: constants and shifts that are wrong miss these tolerances by far. */

const near = (actual: number, expected: number, tolerance: number): void => {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
};
const fixed = (integerBits: number): fc.Arbitrary<number> =>
  fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }).map((raw) => raw / 2 ** (31 - integerBits));

describe('fixed-point functions', () => {
  it('exp of -32 … 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 0 }), (raw) =>
        near(expOfNegative(raw, 5) / 2 ** 31, Math.exp(raw / 2 ** 26), 3e-6),
      ),
    );
  });

  it('1 / (1 + x) of 0 … 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (raw) =>
        near(oneOverOnePlus(raw) / 2 ** 31, 1 / (1 + raw / 2 ** 31), 1e-7),
      ),
    );
  });

  it('logistic and tanh of -16 … 16', () => {
    fc.assert(
      fc.property(fixed(4), (x) => {
        near(logistic(x * 2 ** 27, 4) / 2 ** 31, 1 / (1 + Math.exp(-x)), 3e-6);
        near(tanh(x * 2 ** 27, 4) / 2 ** 31, Math.tanh(x), 3e-6);
      }),
    );
  });

  it('the natural logarithm of 1 … 4096', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 19, max: 2 ** 31 - 1 }), (raw) =>
        near(naturalLogarithm(raw) / 2 ** 26, Math.log(raw / 2 ** 19), 1e-5),
      ),
    );
  });

  it('1 / sqrt of whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 31 - 1 }), (value) => {
        const { multiplier, shift } = inverseSquareRoot(value);
        near(((multiplier * 2 ** shift) / 2 ** 31) * Math.sqrt(value), 1, 2e-6);
      }),
    );
  });

  it('logistic and tanh of int16', () => {
    const { multiplier, shift } = scaleInt16(1 / 5000, [0]);
    fc.assert(
      fc.property(fc.integer({ min: -32768, max: 32767 }), (value) => {
        near(logisticInt16(value, multiplier, shift) / 32768, 1 / (1 + Math.exp(-value / 5000)), 2e-4);
        near(tanhInt16(value, multiplier, shift) / 32768, Math.tanh(value / 5000), 4e-4);
      }),
    );
  });

  it('square roots of 64 bits, rounded', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n }), (value) => {
        const root = BigInt(roundedSquareRoot(value));
        assert.ok(4n * value > (2n * root - 1n) ** 2n || root === 0n);
        assert.ok(4n * value <= (2n * root + 1n) ** 2n);
      }),
    );
  });

  it('natural logarithms, scaled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 32 - 1 }), (value) =>
        near(scaledLogarithm(value, 1600), 1600 * Math.log(value), 5),
      ),
    );
  });
});
