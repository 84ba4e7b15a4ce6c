/** Beyond this an error function is 1 in 64 bits. */
const farthest = 6;

/** The error function by its series of positive terms. Source: Abramowitz and Stegun, 7.1.6. */
function errorFunction(value: number): number {
  if (Math.abs(value) >= farthest) return Math.sign(value);
  let [term, sum] = [value, value];
  for (let index = 1; Math.abs(term) > 1e-17 * Math.abs(sum); index++) {
    term *= (2 * value * value) / (2 * index + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-value * value) * sum;
}

/**
 * GELU of one number, by the error function or by its approximation. Source:
 * tensorflow/lite/kernels/internal/reference/gelu.h.
 */
export function gelu(isApproximate: boolean): (value: number) => number {
  if (!isApproximate) return (value) => 0.5 * value * (1 + errorFunction(value * Math.SQRT1_2));
  return (value) => 0.5 * value * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 3)));
}
