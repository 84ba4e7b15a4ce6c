/** Sums over pairs of a reference and what is compared with it. */
export class ErrorSums {
  #signal = 0;
  #noise = 0;
  #elements = 0;
  #cosines = 0;
  #samples = 0;

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
    this.#cosines += cosine(dot, signal, energy);
  }

  /** Sum of the squared differences. */
  get noise(): number {
    return this.#noise;
  }

  /** 10 log10(signal / noise); `most` where there is no noise. */
  get sqnrDb(): number {
    if (this.#noise === 0) return mostSqnrDb;
    return Math.min(mostSqnrDb, 10 * Math.log10(this.#signal / this.#noise));
  }

  get meanSquareError(): number {
    return this.#elements === 0 ? 0 : this.#noise / this.#elements;
  }

  /** Mean over samples. */
  get cosine(): number {
    return this.#samples === 0 ? 1 : this.#cosines / this.#samples;
  }
}

/** Said of equal values, whose ratio is infinite: JSON has no infinity, and float32 itself ends there. */
export const mostSqnrDb = 150;

function cosine(dot: number, signal: number, energy: number): number {
  if (signal === 0 || energy === 0) return signal === energy ? 1 : 0;
  return dot / Math.sqrt(signal * energy);
}
