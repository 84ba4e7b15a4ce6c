import Papa from 'papaparse';
import { HumanError } from '../../model/problem';
import type { ReadingRequest, ReadSamples, SampleFile, SampleFormat } from '../reading';
import { inputElements, soleInput, takenOf } from '../reading';
import type { Samples } from '../samples';

/** One sample a row, its values in columns; a header is optional, a column "label" or "class" holds the class by number. */
export const csvTable: SampleFormat = {
  name: 'a CSV table',
  endings: ['.csv', '.tsv'],
  read(request) {
    const input = soleInput(request, 'a CSV table');
    const elements = inputElements(input);
    const rows = request.files.flatMap((file) => rowsOf(file));
    const values = new Float32Array(rows.length * elements);
    rows.forEach((row, index) => {
      if (row.values.length !== elements) {
        throw new HumanError(
          'samples-shape',
          `${row.path}, line ${row.line}: there are ${row.values.length} values, but the input "${input.name}" of shape [${input.shape.join(',')}] takes ${elements}. Write one sample a line.`,
        );
      }
      values.set(row.values, index * elements);
    });
    return taken(request, { values, labels: rows.map(({ label }) => label), count: rows.length });
  },
};

interface Row {
  readonly path: string;
  readonly line: number;
  readonly values: readonly number[];
  readonly label?: number;
}

function rowsOf({ path, bytes }: SampleFile): readonly Row[] {
  const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), { skipEmptyLines: 'greedy' });
  const header = data[0]?.some((cell) => !isNumber(cell)) ? data[0] : undefined;
  const labelColumn = header?.findIndex((cell) => /^(label|class|y)$/i.test(cell.trim())) ?? -1;
  return data.slice(header === undefined ? 0 : 1).map((cells, index) => {
    const line = index + (header === undefined ? 1 : 2);
    const number = (cell: string, column: number): number => {
      if (isNumber(cell)) return Number(cell);
      throw new HumanError(
        'samples-csv',
        `${path}, line ${line}, column ${column + 1}: "${cell.slice(0, 40)}" is no number. Repair or remove the line.`,
      );
    };
    const values = cells.map(number).filter((_, column) => column !== labelColumn);
    return { path, line, values, ...(labelColumn >= 0 && { label: Number(cells[labelColumn]) }) };
  });
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}

/** Samples of one input, cut down to as many as are wanted. */
export function taken(
  { options }: ReadingRequest,
  { values, labels, count }: { values: Float32Array; labels: readonly (number | undefined)[]; count: number },
): ReadSamples {
  const isLabelled = count > 0 && labels.every((label) => label !== undefined);
  const all: Samples = {
    source: `${count} samples of ${options.source}`,
    isSynthetic: false,
    count,
    inputs: [values],
    ...(isLabelled && { labels }),
    remarks: [],
  };
  return takenOf(all, options);
}
