import type { KerasDimension, KerasShape } from '../kerasModel';

/** A table of `model.summary()` that a notebook keeps of its last run. */
export interface PrintedSummary {
  /** Index of the cell that printed it, among all cells. */
  readonly cell: number;
  readonly model?: string;
  readonly layers: readonly PrintedLayer[];
}

export interface PrintedLayer {
  readonly name: string;
  /** Cut off where the table's column was too narrow. */
  readonly className: string;
  /** Of its first output, with the batch in front. */
  readonly shape: KerasShape;
  readonly parameters: number;
}

/** Tables beyond which a notebook's outputs are not looked at, and letters of the outputs of one cell. */
const mostSummaries = 50;
const mostLetters = 200_000;

/** Colours of a terminal begin with its escape character. */
const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Whether there may be a summary in what a cell printed; nothing else of it is of use here. */
export function holdsSummary(text: string): boolean {
  return text.includes('Param #');
}

/** Summaries among the stored outputs of a notebook, in the order of its cells. Format: nbformat 4. */
export function printedSummaries(notebook: string): readonly PrintedSummary[] {
  if (!holdsSummary(notebook)) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(notebook);
  } catch {
    return [];
  }
  const cells = fieldOf(parsed, 'cells');
  if (!Array.isArray(cells)) return [];
  return cells
    .flatMap((cell: unknown, place) => summariesIn(outputText(cell)).map((found) => ({ ...found, cell: place })))
    .slice(0, mostSummaries);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** What a cell printed, without colours. */
function outputText(cell: unknown): string {
  const outputs = fieldOf(cell, 'outputs');
  if (!Array.isArray(outputs)) return '';
  const texts = outputs.map((output: unknown) => {
    const text = fieldOf(output, 'text') ?? fieldOf(fieldOf(output, 'data'), 'text/plain');
    return typeof text === 'string' ? text : Array.isArray(text) ? text.filter(isText).join('') : '';
  });
  const all = texts.join('\n').slice(0, mostLetters);
  return holdsSummary(all) ? all.replace(colour, '') : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function summariesIn(text: string): readonly Omit<PrintedSummary, 'cell'>[] {
  const found: Omit<PrintedSummary, 'cell'>[] = [];
  const lines = text.split('\n');
  let model: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    model = /^\s*Model: "([^"]+)"/.exec(lines[at])?.[1] ?? model;
    if (!/Layer \(type\)/.test(lines[at]) || !holdsSummary(lines[at])) continue;
    const { rows, end } = lines[at].includes('┃') ? boxRows(lines, at) : plainRows(lines, at);
    const layers = rows.map(layerOf);
    if (layers.length > 0 && layers.every((layer) => layer !== undefined)) {
      found.push({ ...(model !== undefined && { model }), layers });
    }
    model = undefined;
    at = end;
  }
  return found;
}

interface Rows {
  /** Texts of the columns: layer, shape, parameters. */
  readonly rows: readonly (readonly string[])[];
  readonly end: number;
}

/** Keras 3: lines between box drawings, a row over several lines where a name is long. */
function boxRows(lines: readonly string[], head: number): Rows {
  const rows: string[][] = [];
  let isNew = true;
  for (let at = head + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (/^\s*[├┡]/.test(line)) isNew = true;
    else if (/^\s*│/.test(line)) {
      const parts = line.split('│').slice(1, 4);
      if (isNew) rows.push(parts.map((part) => part.trim()));
      else parts.forEach((part, place) => (rows[rows.length - 1][place] += part.trim()));
      isNew = false;
    } else return { rows, end: at };
  }
  return { rows, end: lines.length };
}

/** Keras 2: columns under their headings; what has no number in the last one goes on with the row above. */
function plainRows(lines: readonly string[], head: number): Rows {
  const columns = ['Output Shape', 'Param #', 'Connected to'].map((name) => lines[head].indexOf(name));
  const [shapeAt, countAt, connectedAt] = columns;
  const rows: string[][] = [];
  for (let at = head + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (/^\s*Total params/.test(line)) return { rows, end: at };
    if (/^[\s=_]*$/.test(line)) continue;
    const parts = [
      line.slice(0, shapeAt),
      line.slice(shapeAt, countAt),
      line.slice(countAt, connectedAt < 0 ? undefined : connectedAt),
    ].map((part) => part.trim());
    if (/^[\d,]+/.test(parts[2])) rows.push(parts);
    else if (rows.length === 0) return { rows: [], end: at };
    else parts.forEach((part, place) => (rows[rows.length - 1][place] += place === 1 ? ` ${part}` : part));
  }
  return { rows, end: lines.length };
}

function layerOf([named, shape, count]: readonly string[]): PrintedLayer | undefined {
  const name = /^([^\s(]+)\s*\(([\w.>]+)/.exec(named);
  const parameters = /^[\d,]+/.exec(count)?.[0];
  if (name === null || parameters === undefined) return undefined;
  return {
    name: name[1],
    className: name[2].slice(name[2].lastIndexOf('>') + 1),
    shape: shapeOf(shape),
    parameters: Number(parameters.replaceAll(',', '')),
  };
}

/** The first of the shapes: `(None, 26, 26, 8)`, or several in a list. */
function shapeOf(text: string): KerasShape {
  const inner = /\(([^()]*)\)?/.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const parts = inner.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const dimensions = parts.map((part): KerasDimension => (part === 'None' ? null : Number(part)));
  return dimensions.some((each) => Number.isNaN(each)) ? undefined : dimensions;
}
