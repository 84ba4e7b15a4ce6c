import { HumanError } from '../../model/problem';
import type { SampleFile, SampleFormat } from '../reading';
import { inputElements, soleInput } from '../reading';
import { taken } from './table';

/**
 * Tensors recorded from a board: one JSON object a line, `{"values": [...]}` with the numbers of the input as the float model takes them,
 * and optionally `"label"` (the class by number). Other keys are the recorder's own.
 */
export const recording: SampleFormat = {
  name: 'a recording of tensors',
  endings: ['.jsonl', '.ndjson'],
  read(request) {
    const input = soleInput(request, 'a recording');
    const elements = inputElements(input);
    const records = request.files.flatMap(recordsOf);
    const values = new Float32Array(records.length * elements);
    records.forEach((record, index) => {
      if (record.values.length !== elements) {
        throw new HumanError(
          'samples-shape',
          `${record.place}: there are ${record.values.length} values, but the input "${input.name}" of shape [${input.shape.join(',')}] takes ${elements}. Record the input tensor itself.`,
        );
      }
      values.set(record.values, index * elements);
    });
    return taken(request, { values, labels: records.map(({ label }) => label), count: records.length });
  },
};

interface Recorded {
  readonly place: string;
  readonly values: readonly number[];
  readonly label?: number;
}

function recordsOf({ path, bytes }: SampleFile): readonly Recorded[] {
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [recordOf(line, `${path}, line ${index + 1}`)]));
}

function recordOf(line: string, place: string): Recorded {
  const record = parsed(line);
  const values = isObject(record) ? record.values : undefined;
  if (isObject(record) && Array.isArray(values) && values.every((value) => typeof value === 'number')) {
    return { place, values, ...(typeof record.label === 'number' && { label: record.label }) };
  }
  throw new HumanError(
    'samples-recording',
    `${place}: this is no JSON object with a list of numbers in "values". Remove the line, or record again.`,
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
