/** Where to stop. Every limit that is given must hold. */
export interface Goal {
  /** Arena bytes at most. */
  readonly ramBytes?: number;
  readonly flashBytes?: number;
  /** Milliseconds an inference at most. */
  readonly latencyMs?: number;
  /** Share of the multiply-accumulates that go at least, 0 to 1. */
  readonly macsShare?: number;
  /**
   * The most that may be lost, in percentage points: of accuracy where samples have labels, else of agreement with the
   * original on the class. As much as possible goes within it.
   */
  readonly accuracyDrop?: number;
}

/** Options of a compression that goes so far. */
export interface WithGoal {
  readonly goal?: Goal;
}
