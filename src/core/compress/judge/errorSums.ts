import type { ErrorFigures } from '../proof';

/** Sums over pairs of a reference and what is compared with it. */
export class ErrorSums {
  #signal = 0;
  #noise = 0;
  #elements = 0;
  #cosines = 0;
  #samples = 0;
  #mostValues = 0;

  /** Adds one sample. */
  add(reference: ArrayLike<number>, values: ArrayLike<number>): void {
    let [signal, noise, dot, energy] = [0, 0, 0, 0];
    for (let index = 0; index < reference.length; index++) {
      const [expected, value] = [reference[index], values[index]];
      signal += expected * expected;
      noise += (expected - value) ** 2;
      dot += expected * value;
      energy += value * value;
    }
    this.#signal += signal;
    this.#noise += noise;
    this.#elements += reference.length;
    this.#samples++;
    this.#mostValues = Math.max(this.#mostValues, reference.length);
    this.#cosines += cosine(dot, signal, energy);
  }

  /** Sum of the squared differences. */
  get noise(): number {
    return this.#noise;
  }

  /** 10 log10(signal / noise); `most` where there is no noise. */
  get sqnrDb(): number {
    if (this.#noise === 0) return mostSqnrDb;
    return Math.min(mostSqnrDb, decibelsOf(this.#signal / this.#noise));
  }

  get meanSquareError(): number {
    return this.#elements === 0 ? 0 : this.#noise / this.#elements;
  }

  /** Mean over samples; `undefined` for single values, of which only the sign would count. */
  get cosine(): number | undefined {
    if (this.#mostValues === 1) return undefined;
    return this.#samples === 0 ? 1 : this.#cosines / this.#samples;
  }

  get figures(): ErrorFigures {
    const { sqnrDb, meanSquareError, cosine: mean } = this;
    return { sqnrDb, meanSquareError, ...(mean !== undefined && { cosine: mean }) };
  }
}

/** A ratio of powers in decibels. */
export function decibelsOf(powerRatio: number): number {
  return 10 * Math.log10(powerRatio);
}

/** Said of equal values, whose ratio is infinite: JSON has no infinity, and float32 itself ends there. */
const mostSqnrDb = 150;

/** The sums over one sample after another of `count` that lie in two arrays. */
export function errorsBetween(reference: Float32Array, values: Float32Array, count: number): ErrorSums {
  const sums = new ErrorSums();
  addSamples(sums, [reference, values], count);
  return sums;
}

export function addSamples(
  sums: ErrorSums,
  [reference, values]: readonly [reference: Float32Array, values: Float32Array],
  count: number,
): void {
  const size = reference.length / Math.max(1, count);
  for (let sample = 0; sample < count; sample++) {
    const [from, to] = [sample * size, (sample + 1) * size];
    sums.add(reference.subarray(from, to), values.subarray(from, to));
  }
}

function cosine(dot: number, signal: number, energy: number): number {
  if (signal === 0 || energy === 0) return signal === energy ? 1 : 0;
  return dot / Math.sqrt(signal * energy);
}
