import { mulberry32 } from '../../../execute/mulberry32';

/** What a search may spend: steps of work, counted, so that equal inputs give equal results on every machine. */
export class Effort {
  readonly random: () => number;
  readonly #isCancelled: () => boolean;
  #left: number;
  #isCalledOff = false;

  constructor(steps: number, seed: number, isCancelled: () => boolean) {
    this.#left = steps;
    this.random = mulberry32(seed);
    this.#isCancelled = isCancelled;
  }

  spend(steps: number): void {
    this.#left -= steps;
  }

  isSpent(): boolean {
    this.#isCalledOff ||= this.#isCancelled();
    return this.#isCalledOff || this.#left <= 0;
  }
}
