/** Real numbers between which all values of a tensor lie. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

export const everything: Interval = { least: -Infinity, most: Infinity };
