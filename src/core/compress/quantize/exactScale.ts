/** Largest stored weight. */
const most = 127;

/** How far a multiple may lie from a value, as a part of the step: what float32 leaves of 127 steps. */
const tolerance = 1e-4;

/**
 * The finest scale with which all `values` are whole multiples of at most 127 steps, so that rounding them loses
 * nothing; `undefined` where there is none, as with weights that were never quantized. Weights of hybrid models and of
 * quantization-aware training have one.
 */
export function exactScale(values: Float32Array): number | undefined {
  const magnitudes = values.map(Math.abs).sort();
  const largest = magnitudes.at(-1) ?? 0;
  if (largest === 0) return undefined;
  const gap = smallestGap(magnitudes, (largest / most) * 0.5);
  const steps = Math.round(largest / gap);
  if (steps > most) return undefined;
  const step = largest / steps;
  const isMultiple = magnitudes.every((value) => {
    const count = value / step;
    return Math.abs(count - Math.round(count)) <= tolerance * Math.max(1, count);
  });
  return isMultiple ? step / Math.floor(most / steps) : undefined;
}

/** The least difference between neighbours, 0 included, that is no rounding error of the same value. */
function smallestGap(sorted: Float32Array, least: number): number {
  let [gap, before] = [Infinity, 0];
  for (const value of sorted) {
    const difference = value - before;
    if (difference > value * 1e-5) gap = Math.min(gap, difference);
    if (gap < least) return gap;
    before = value;
  }
  return gap;
}
