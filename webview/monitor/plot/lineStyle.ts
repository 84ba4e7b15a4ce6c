/**
 * Theme colours that lines take in turn; with each further round the dashes change too, so that colour is not all that
 * tells them apart.
 */
const colorNames = ['blue', 'green', 'yellow', 'purple', 'red', 'foreground'] as const;
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 5], [1, 5]];

/** The name of the theme's colour for a slot, as a CSS variable. */
export function colorVariable(slot: number): string {
  return `--vscode-charts-${colorNames[slot % colorNames.length]}`;
}

/** Strokes and gaps of a slot's line in pixels; none is a whole line. */
export function dashesOf(slot: number): readonly number[] {
  return dashes[Math.floor(slot / colorNames.length) % dashes.length];
}
