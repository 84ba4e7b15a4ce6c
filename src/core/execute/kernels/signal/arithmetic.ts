/** Numbers as the device holds them. */
export interface Arithmetic {
  /** As it is stored: integers wrap, floats are rounded to 32 bits. */
  readonly store: (value: number) => number;
  /** a x b + sign x c x d of stored numbers, rounded once in fixed point. */
  readonly product: (a: number, b: number, c: number, d: number) => number;
  /** A stored number divided by a small one; floats are not scaled. */
  readonly divide: (value: number, divisor: number) => number;
  readonly half: (value: number) => number;
  /** A sine or cosine. */
  readonly twiddle: (value: number) => number;
}

export const float32: Arithmetic = {
  store: Math.fround,
  product: (a, b, c, d) => Math.fround(Math.fround(a * b) + Math.fround(c * d)),
  divide: (value) => value,
  half: (value) => Math.fround(Math.fround(value) * 0.5),
  twiddle: Math.fround,
};

export const int16: Arithmetic = {
  store: toInt16,
  product: (a, b, c, d) => toInt16(((Math.imul(a, b) + Math.imul(c, d) + 16384) | 0) >> 15),
  divide: (value, divisor) => toInt16((Math.imul(value, Math.trunc(32767 / divisor)) + 16384) >> 15),
  half: (value) => toInt16(value >> 1),
  twiddle: (value) => Math.floor(0.5 + 32767 * value),
};

export const int32: Arithmetic = {
  store: (value) => value | 0,
  product: (a, b, c, d) => shiftProduct(BigInt(a) * BigInt(b) + BigInt(c) * BigInt(d)),
  divide: (value, divisor) => shiftProduct(BigInt(value) * BigInt(Math.trunc(2147483647 / divisor))),
  half: (value) => (value | 0) >> 1,
  twiddle: (value) => Math.floor(0.5 + 2147483647 * value),
};

function toInt16(value: number): number {
  return (value << 16) >> 16;
}

function shiftProduct(product: bigint): number {
  return Number(BigInt.asIntN(32, (product + (1n << 30n)) >> 31n));
}
