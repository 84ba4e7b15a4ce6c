/** Operators that only give the same values another shape. */
export const reshaping: ReadonlySet<string> = new Set(['RESHAPE', 'EXPAND_DIMS', 'SQUEEZE']);
