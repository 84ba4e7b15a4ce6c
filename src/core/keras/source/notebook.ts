import type { Source } from '../../python/program';

/** Cells of a notebook's code, in document order; undefined where the text is no notebook. */
export function notebookCells(text: string): readonly Source[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const cells = fieldOf(parsed, 'cells');
  if (!Array.isArray(cells)) return undefined;
  return cells.flatMap((cell: unknown, place): Source[] => {
    if (fieldOf(cell, 'cell_type') !== 'code') return [];
    return [{ cell: place, text: withoutMagics(joined(fieldOf(cell, 'source'))) }];
  });
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A text that may be kept as a list of its lines. */
export function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}

/** Lines that are not Python are blanked, so that places stay. */
export function withoutMagics(text: string): string {
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
