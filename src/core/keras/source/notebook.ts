import type { Source } from '../../python/program';

/** Cells of a notebook's code, in document order; undefined where the text is no notebook. */
export function notebookCells(text: string): readonly Source[] | undefined {
  return countedCells(text)?.map(({ source }) => source);
}

/** Cells in the order in which they were last run; undefined where that is not known, or is the document's. */
export function cellsAsRun(text: string): readonly Source[] | undefined {
  const cells = countedCells(text)?.filter(({ source }) => source.text.trim() !== '') ?? [];
  if (cells.length === 0 || cells.some(({ count }) => count === undefined)) return undefined;
  const sorted = [...cells].sort((left, right) => (left.count ?? 0) - (right.count ?? 0));
  return sorted.some((cell, place) => cell !== cells[place]) ? sorted.map(({ source }) => source) : undefined;
}

function countedCells(text: string): readonly { readonly source: Source; readonly count?: number }[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const cells = fieldOf(parsed, 'cells');
  if (!Array.isArray(cells)) return undefined;
  return cells.flatMap((cell: unknown, place) => {
    if (fieldOf(cell, 'cell_type') !== 'code') return [];
    const count = fieldOf(cell, 'execution_count');
    const source: Source = { cell: place, text: withoutMagics(joined(fieldOf(cell, 'source'))) };
    return [{ source, ...(typeof count === 'number' && { count }) }];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A text that may be kept as a list of its lines. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}

/** Lines that are not Python are blanked, so that places stay. */
function withoutMagics(text: string): string {
  if (!/^\s*[%!?]|\?\s*$/m.test(text)) return text;
  const whole = /^\s*%%(\w+)/.exec(text);
  if (whole !== null && !/^(?:time|timeit|capture|prun|memit)$/.test(whole[1])) return text.replace(/[^\n]/g, ' ');
  const lines = text.split('\n');
  let continued = false;
  return lines
    .map((line) => {
      const isMagic = continued || /^\s*(?:[%!?]|[\w.]+\?{1,2}\s*$)/.test(line);
      continued = isMagic && /\\\s*$/.test(line);
      if (!isMagic)
        return line.replace(/^(\s*)([\w, ]+=\s*)[!%].*$/, (found, indent: string) =>
          `${indent}pass`.padEnd(found.length),
        );
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      return `${indent}pass`;
    })
    .join('\n');
}
