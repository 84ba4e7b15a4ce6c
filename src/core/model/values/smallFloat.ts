/** A floating-point format of 16 bits or fewer: sign, exponent, fraction, from the highest bit down. */
export interface SmallFloat {
  readonly exponentBits: number;
  readonly fractionBits: number;
  /** False where the largest exponent holds ordinary numbers and only all ones are no number (E4M3FN). */
  readonly hasInfinity: boolean;
}

export const float16: SmallFloat = { exponentBits: 5, fractionBits: 10, hasInfinity: true };
export const bfloat16: SmallFloat = { exponentBits: 8, fractionBits: 7, hasInfinity: true };
/** OCP 8-bit floating point specification 1.0, table 1. */
export const float8e4m3fn: SmallFloat = { exponentBits: 4, fractionBits: 3, hasInfinity: false };
export const float8e5m2: SmallFloat = { exponentBits: 5, fractionBits: 2, hasInfinity: true };

/** The number that `bits` hold. */
export function decodeSmallFloat(bits: number, { exponentBits, fractionBits, hasInfinity }: SmallFloat): number {
  const highest = 2 ** exponentBits - 1;
  const sign = bits >> (exponentBits + fractionBits) ? -1 : 1;
  const exponent = (bits >> fractionBits) & highest;
  const fraction = bits & (2 ** fractionBits - 1);
  const bias = highest >> 1;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - fractionBits);
  if (exponent === highest && hasInfinity) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === highest && fraction === 2 ** fractionBits - 1) return NaN;
  return sign * (fraction + 2 ** fractionBits) * 2 ** (exponent - bias - fractionBits);
}

/**
 * The bits nearest to `value`, halves to even; beyond the largest number infinity, or where there is none the largest
 * number.
 */
export function encodeSmallFloat(value: number, format: SmallFloat): number {
  const { exponentBits, fractionBits, hasInfinity } = format;
  const highest = 2 ** exponentBits - 1;
  const bias = highest >> 1;
  const sign = value < 0 || Object.is(value, -0) ? 2 ** (exponentBits + fractionBits) : 0;
  const infinity = highest * 2 ** fractionBits;
  const largest = hasInfinity ? infinity : infinity + 2 ** fractionBits - 2;
  if (Number.isNaN(value)) return infinity + 2 ** fractionBits - 1;
  const magnitude = Math.abs(value);
  if (magnitude === 0) return sign;
  if (magnitude === Infinity) return sign + largest;
  const exponent = Math.max(exponentOf(magnitude), 1 - bias);
  const steps = roundEven(magnitude * 2 ** (fractionBits - exponent));
  // A fraction that was rounded up to the next power of two carries into the exponent by itself.
  const bits = (exponent + bias - 1) * 2 ** fractionBits + steps;
  return sign + Math.min(bits, largest);
}

/** floor(log2), exact at powers of two. */
function exponentOf(magnitude: number): number {
  const near = Math.floor(Math.log2(magnitude));
  if (2 ** near > magnitude) return near - 1;
  return 2 ** (near + 1) <= magnitude ? near + 1 : near;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
