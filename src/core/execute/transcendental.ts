import { doublingHighMultiply as multiply, roundingShift } from './fixedPoint';

/**
 * Exponential, logistic function and hyperbolic tangent of fixed-point numbers in int32, as the kernels for int8 use
 * them. A number with i integer bits stands for raw x 2^(i - 31). Source of method and constants: gemmlowp,
 * fixedpoint/fixedpoint.h.
 */

const one = 2147483647;

/** exp(-1/4), exp(-1/2), exp(-1) … exp(-16) with 0 integer bits. */
const powersOfE = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242] as const;

/** exp of a number of -2^`integerBits` … 0; the result has 0 integer bits. */
export function expOfNegative(raw: number, integerBits: number): number {
  if (raw === 0) return one;
  const fractionBits = 31 - integerBits;
  const quarter = 1 << (fractionBits - 2);
  const withinQuarter = (raw & (quarter - 1)) - quarter;
  let result = expNearZero(saturatingShiftLeft(withinQuarter, integerBits));
  const remainder = (withinQuarter - raw) | 0;
  for (let exponent = -2; exponent < integerBits && exponent <= 4; exponent++) {
    if ((remainder & (1 << (fractionBits + exponent))) !== 0) result = multiply(result, powersOfE[exponent + 2]);
  }
  const leastNonZero = integerBits > 5 ? -(1 << (36 - integerBits)) : -2147483648;
  return raw < leastNonZero ? 0 : result;
}

/** exp of a number of -1/4 … 0 with 0 integer bits, by Taylor's series around -1/8. */
function expNearZero(raw: number): number {
  const constantTerm = 1895147668;
  const third = 715827883;
  const x = (raw + (1 << 28)) | 0;
  const square = multiply(x, x);
  const cube = multiply(square, x);
  const fourthOverFour = roundingShift(multiply(square, square), 2);
  const tail = roundingShift((multiply((fourthOverFour + cube) | 0, third) + square) | 0, 1);
  return (constantTerm + multiply(constantTerm, (x + tail) | 0)) | 0;
}

/** 1 / (1 + exp(-x)); the result has 0 integer bits. */
export function logistic(raw: number, integerBits: number): number {
  if (raw === 0) return 1 << 30;
  const negative = raw > 0 ? -raw | 0 : raw;
  const positive = oneOverOnePlus(expOfNegative(negative, integerBits));
  return raw > 0 ? positive : one - positive;
}

/** The hyperbolic tangent; the result has 0 integer bits. */
export function tanh(raw: number, integerBits: number): number {
  if (raw === 0) return 0;
  const negative = raw > 0 ? -raw | 0 : raw;
  // Twice the argument is the same raw number with one integer bit more.
  const result = oneMinusOverOnePlus(expOfNegative(negative, integerBits + 1));
  return raw < 0 ? -result | 0 : result;
}

/** 1 / (1 + x) for 0 <= x < 1 with 0 integer bits. */
export function oneOverOnePlus(raw: number): number {
  // Halving adds an integer bit to what the raw number stands for: 2 bits become 1, and then 0.
  return saturatingShiftLeft(halfReciprocal(raw), 1);
}

/** (1 - x) / (1 + x) for 0 <= x < 1 with 0 integer bits. */
function oneMinusOverOnePlus(raw: number): number {
  return saturatingShiftLeft((halfReciprocal(raw) - (1 << 29)) | 0, 2);
}

/** 2 / (1 + x) with 2 integer bits, by three steps of Newton's division. */
function halfReciprocal(raw: number): number {
  const halfDenominator = Math.floor((raw + one + 1) / 2);
  let x = (1515870810 + multiply(halfDenominator, -1010580540)) | 0;
  for (let step = 0; step < 3; step++) {
    const error = ((1 << 29) - multiply(halfDenominator, x)) | 0;
    x = (x + saturatingShiftLeft(multiply(x, error), 2)) | 0;
  }
  return x;
}

function saturatingShiftLeft(raw: number, bits: number): number {
  const most = bits === 0 ? one : (1 << (31 - bits)) - 1;
  if (raw > most) return one;
  if (raw < -most) return -2147483648;
  return raw << bits;
}

/** 2^(31 - 6) x 1/4: a quarter with 6 integer bits. */
const quarter = 1 << 23;

/**
 * The natural logarithm of a number of at least 1 with 12 integer bits; the result has 5.
 * Source: log_x_for_x_greater_than_or_equal_to_1_impl() in tensorflow/lite/kernels/internal/common.h.
 */
export function naturalLogarithm(raw: number): number {
  const rootOfHalf = 1518500250;
  const fourthRootOfHalf = 1805811301;
  const headroom = Math.clz32(raw);
  const firstRest = saturatingShiftLeft(multiply(saturatingShiftLeft(raw, headroom - 1), rootOfHalf), 1);
  const firstPower = saturate(saturatingShiftLeft(12 - headroom, 25) + quarter);
  const secondHeadroom = Math.clz32(multiply(raw, rootOfHalf)) - 1;
  const secondRest = saturatingShiftLeft(raw, secondHeadroom);
  const secondPower = saturate(saturatingShiftLeft(12 - secondHeadroom, 25) - quarter);
  const rest = Math.min(firstRest, secondRest);
  const power = Math.max(firstPower, secondPower);
  const p = Math.floor((rest + fourthRootOfHalf + 1) / 2);
  const q = (2 * (rest - fourthRootOfHalf)) | 0;
  const square = multiply(q, q);
  const numerator = (multiply(q, rest) + multiply(multiply(q, square), 117049297)) | 0;
  const inner = (1057819769 + q + multiply(127690142, square)) | 0;
  const denominator = (multiply(p, inner) + multiply(638450708, q)) | 0;
  const fraction = multiply(roundingShift(numerator, 6), oneOverOnePlus(denominator));
  return saturatingShiftLeft((multiply(power, 1488522236) + fraction) | 0, 1);
}

function saturate(value: number): number {
  return Math.min(Math.max(value, -2147483648), one);
}
