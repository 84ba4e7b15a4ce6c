/** Which steps may be taken. */
export interface FitOptions {
  /** Ids of steps; all of them where it is absent. */
  readonly only?: readonly string[];
}

export const defaultFitOptions: FitOptions = {};
