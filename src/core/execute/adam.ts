const [firstDecay, secondDecay] = [0.9, 0.999];

/** Against division by nothing; far below any gradient that matters, since losses are of the order of one. */
const epsilon = 1e-10;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) for one tensor, with steps relative to the root mean square of its values
 * as in Adafactor (Shazeer and Stern 2018, arXiv:1804.04235): weights of any scale, for inputs of 0 to 255 as for 0 to
 * 1, change at the same pace.
 */
export class Adam {
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  readonly #leastScale: number;
  #steps = 0;

  /** @param leastScale taken for the root mean square where that is smaller. */
  constructor(size: number, leastScale: number) {
    this.#mean = new Float64Array(size);
    this.#square = new Float64Array(size);
    this.#leastScale = leastScale;
  }

  /** Changes `values` in their place. */
  step(values: Float32Array, gradient: Float32Array, rate: number): void {
    this.#steps += 1;
    const size = rate * Math.max(this.#leastScale, rootMeanSquare(values));
    const [firstShare, secondShare] = [1 - firstDecay ** this.#steps, 1 - secondDecay ** this.#steps];
    for (let index = 0; index < values.length; index++) {
      const slope = gradient[index];
      this.#mean[index] = firstDecay * this.#mean[index] + (1 - firstDecay) * slope;
      this.#square[index] = secondDecay * this.#square[index] + (1 - secondDecay) * slope * slope;
      const deviation = Math.sqrt(this.#square[index] / secondShare) + epsilon;
      values[index] -= (size * this.#mean[index]) / firstShare / deviation;
    }
  }
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}
