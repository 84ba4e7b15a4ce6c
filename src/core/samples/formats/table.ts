import Papa from 'papaparse';
import { HumanError } from '../../model/problem';
import type { SampleFile, SampleFormat } from '../reading';
import { soleInput } from '../reading';
import type { Row } from './rows';
import { samplesOfRows } from './rows';

/**
 * One sample a row, its values in columns; a header is optional, a column "label" or "class" holds the class by number.
 */
export const csvTable: SampleFormat = {
  name: 'a CSV table',
  endings: ['.csv', '.tsv'],
  read(request) {
    const input = soleInput(request, 'a CSV table');
    const tables = request.files.map(tableOf);
    return samplesOfRows(request, input, {
      count: tables.reduce((sum, { rows }) => sum + rows, 0),
      at: (indices) => rowsAt(tables, new Set(indices)),
      remedy: 'Write one sample a line.',
    });
  },
};

interface Table {
  readonly path: string;
  readonly text: string;
  readonly hasHeader: boolean;
  /** -1: there is none. */
  readonly labelColumn: number;
  /** Without the header. */
  readonly rows: number;
}

/** What there is to know of a table before its numbers are read. */
function tableOf({ path, bytes }: SampleFile): Table {
  const text = new TextDecoder().decode(bytes);
  let [first, lines]: [readonly string[], number] = [[], 0];
  forEachRow(text, (cells) => {
    if (lines++ === 0) first = cells;
  });
  const hasHeader = first.some((cell) => !isNumber(cell));
  const labelColumn = hasHeader ? first.findIndex((cell) => /^(label|class|y)$/i.test(cell.trim())) : -1;
  return { path, text, hasHeader, labelColumn, rows: hasHeader ? lines - 1 : lines };
}

/** The rows of wanted indices, which go on from one table to the next. */
function rowsAt(tables: readonly Table[], wanted: ReadonlySet<number>): readonly Row[] {
  const rows: Row[] = [];
  let index = 0;
  for (const table of tables) {
    let line = 0;
    forEachRow(table.text, (cells) => {
      line++;
      if (table.hasHeader && line === 1) return;
      if (wanted.has(index++)) rows.push(rowOf(table, cells, line));
    });
  }
  return rows;
}

function rowOf({ path, labelColumn }: Table, cells: readonly string[], line: number): Row {
  const numbers = cells.map((cell, column) => {
    if (isNumber(cell)) return Number(cell);
    throw new HumanError(
      'samples-csv',
      `${path}, line ${line}, column ${column + 1}: "${cell.slice(0, 40)}" is no number. Repair or remove the line.`,
    );
  });
  const values = numbers.filter((_, column) => column !== labelColumn);
  return { place: `${path}, line ${line}`, values, ...(labelColumn >= 0 && { label: numbers[labelColumn] }) };
}

function forEachRow(text: string, take: (cells: readonly string[]) => void): void {
  Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', step: ({ data }) => take(data) });
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}
