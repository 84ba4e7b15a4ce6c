/** Smallest and largest integer that a type holds. */
export interface IntegerRange {
  readonly least: number;
  readonly most: number;
}

export const integerRange = {
  int4: { least: -8, most: 7 },
  int8: { least: -128, most: 127 },
  uint8: { least: 0, most: 255 },
  int16: { least: -32768, most: 32767 },
  int32: { least: -2147483648, most: 2147483647 },
} as const satisfies Readonly<Record<string, IntegerRange>>;
