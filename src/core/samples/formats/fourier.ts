/**
 * Magnitudes of the first half of the Fourier transform of `size` real values (a power of two), the last ones zeros
 * where fewer are given: by the radix-2 algorithm in place (Cooley and Tukey).
 */
export function magnitudes(values: Float64Array, size: number): Float64Array {
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  const bits = Math.log2(size);
  values.forEach((value, index) => {
    real[reverseBits(index, bits)] = value;
  });
  for (let half = 1; half < size; half *= 2) {
    for (let offset = 0; offset < half; offset++) {
      const angle = (-Math.PI * offset) / half;
      const turn = { cosine: Math.cos(angle), sine: Math.sin(angle) };
      for (let low = offset; low < size; low += 2 * half) butterfly(real, imaginary, { low, high: low + half }, turn);
    }
  }
  return Float64Array.from({ length: size / 2 + 1 }, (_, bin) => Math.hypot(real[bin], imaginary[bin]));
}

function butterfly(
  real: Float64Array,
  imaginary: Float64Array,
  { low, high }: { readonly low: number; readonly high: number },
  { cosine, sine }: { readonly cosine: number; readonly sine: number },
): void {
  const turnedReal = real[high] * cosine - imaginary[high] * sine;
  const turnedImaginary = real[high] * sine + imaginary[high] * cosine;
  real[high] = real[low] - turnedReal;
  imaginary[high] = imaginary[low] - turnedImaginary;
  real[low] += turnedReal;
  imaginary[low] += turnedImaginary;
}

/** The lowest `bits` bits of an index in reverse. */
function reverseBits(index: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result |= ((index >> bit) & 1) << (bits - 1 - bit);
  return result;
}

/** The periodic Hann window. */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length));
}
