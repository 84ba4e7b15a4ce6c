import { isJsonObject, parsedJson } from '../../text/json';
import { HumanError } from '../../model/problem';
import type { SampleFile, SampleFormat } from '../reading';
import { soleInput } from '../reading';
import type { Row } from './rows';
import { samplesOfRows } from './rows';

/**
 * Tensors recorded from a board: one JSON object a line, `{"values": [...]}` with the numbers of the input as the float
 * model takes them, and optionally `"label"` (the class by number). Other keys are the recorder's own.
 */
export const recording: SampleFormat = {
  name: 'a recording of tensors',
  endings: ['.jsonl', '.ndjson'],
  read(request) {
    const input = soleInput(request, 'a recording');
    let count = 0;
    request.files.forEach((file) => forEachLine(file, () => count++));
    return samplesOfRows(request, input, {
      count,
      at: (indices) => recordsAt(request.files, new Set(indices)),
      remedy: 'Record the input tensor itself.',
    });
  },
};

/** The records of wanted indices, which go on from one file to the next. */
function recordsAt(files: readonly SampleFile[], wanted: ReadonlySet<number>): readonly Row[] {
  const records: Row[] = [];
  let index = 0;
  for (const file of files) {
    forEachLine(file, (line, number) => {
      if (wanted.has(index++)) records.push(recordOf(line, `${file.path}, line ${number}`));
    });
  }
  return records;
}

/** Lines with anything on them, numbered from 1 with the empty ones. */
function forEachLine({ bytes }: SampleFile, take: (line: string, number: number) => void): void {
  const text = new TextDecoder().decode(bytes);
  for (let [at, number] = [0, 1]; at < text.length; number++) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trim();
    if (line !== '') take(line, number);
    at = end < 0 ? text.length : end + 1;
  }
}

function recordOf(line: string, place: string): Row {
  const record = parsedJson(line);
  const values = isJsonObject(record) ? record.values : undefined;
  if (isJsonObject(record) && Array.isArray(values) && values.every((value) => typeof value === 'number')) {
    return { place, values, ...(typeof record.label === 'number' && { label: record.label }) };
  }
  throw new HumanError(
    'samples-recording',
    `${place}: this is no JSON object with a list of numbers in "values". Remove the line, or record again.`,
  );
}
