import { terminalLine } from '../core/text/terminalText';

/** Rows as aligned columns: the first `left` columns to the left, the others to the right. */
export function tableText(texts: readonly (readonly string[])[], left: number): string {
  return tableLines(texts, left).join('\n');
}

/** The same, row by row. */
export function tableLines(texts: readonly (readonly string[])[], left: number): readonly string[] {
  const rows = texts.map((row) => row.map(terminalLine));
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
