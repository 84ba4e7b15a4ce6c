/** A group that may lose channels next. */
interface Candidate {
  readonly group: number;
  /** What it saved for its importance when it was last asked. */
  readonly score: number;
  /** The step in which that was; -1 for never. */
  readonly askedAt: number;
}

/** Groups by score, the best first; of equal ones the one that was first before. */
export class Candidates {
  readonly #list: Candidate[];
  /** All before this place have been asked in the step that was asked about last. */
  #asked = 0;
  #step = 0;

  constructor(count: number) {
    this.#list = Array.from({ length: count }, (_, group) => ({ group, score: Infinity, askedAt: -1 }));
  }

  /**
   * The best candidate; where none promises anything, the best that has not been asked in this step. `undefined` where
   * none is left to ask.
   */
  next(step: number): Candidate | undefined {
    if (step !== this.#step) [this.#step, this.#asked] = [step, 0];
    const first = this.#list.at(0);
    if (first === undefined || first.score > 0) return first;
    while (this.#asked < this.#list.length && this.#list[this.#asked].askedAt >= step) this.#asked += 1;
    return this.#list.at(this.#asked);
  }

  remove(candidate: Candidate): void {
    const place = this.#list.indexOf(candidate);
    this.#list.splice(place, 1);
    if (place < this.#asked) this.#asked -= 1;
  }

  /** What a candidate saves, asked in this step. */
  answer(candidate: Candidate, score: number, step: number): void {
    const before = this.#list.indexOf(candidate);
    this.remove(candidate);
    // It stays before those equal to it that it was before, and behind the others.
    const place =
      score === candidate.score
        ? before
        : this.#search(score > candidate.score ? (each) => each < score : (each) => each <= score);
    this.#list.splice(place, 0, { group: candidate.group, score, askedAt: step });
    if (place < this.#asked) this.#asked += 1;
  }

  #search(isBehind: (score: number) => boolean): number {
    let [low, high] = [0, this.#list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(this.#list[middle].score)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
