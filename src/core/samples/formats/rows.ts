import { HumanError } from '../../model/problem';
import type { ReadingRequest, ReadSamples, SampleInput } from '../reading';
import { inputElements, takenSamples } from '../reading';
import { channelsLast, turnedText } from './channelsLast';

/** One sample of a text file. */
export interface Row {
  /** For people: `data.csv, line 3`. */
  readonly place: string;
  readonly values: readonly number[];
  readonly label?: number;
}

/** Rows of text, which are made numbers of only where they are wanted: a file may have millions. */
interface SampleRows {
  readonly count: number;
  /** The rows of ascending indices. */
  readonly at: (indices: readonly number[]) => readonly Row[];
  /** What to do about a row of another length. */
  readonly remedy: string;
}

/**
 * Samples of one input from rows of text, whose values stand as in the model's file: a row has no shape that could say
 * otherwise. @throws HumanError for a wanted row that does not fit the input.
 */
export function samplesOfRows({ options }: ReadingRequest, input: SampleInput, rows: SampleRows): ReadSamples {
  const elements = inputElements(input);
  return takenSamples(rows.count, options, (indices) => {
    const wanted = rows.at(indices);
    const values = new Float32Array(wanted.length * elements);
    wanted.forEach((row, index) => {
      if (row.values.length !== elements) throw wrongLength(row, input, rows.remedy);
      values.set(row.values, index * elements);
    });
    const labels = wanted.flatMap(({ label }) => label ?? []);
    return {
      source: `${rows.count} samples of ${options.source}`,
      isSynthetic: false,
      count: wanted.length,
      inputs: [input.fileShape === undefined ? values : channelsLast(values, input.fileShape)],
      ...(wanted.length > 0 && labels.length === wanted.length && { labels }),
      remarks: input.fileShape === undefined ? [] : [turnedText(options.source, input)],
    };
  });
}

function wrongLength({ place, values }: Row, input: SampleInput, remedy: string): HumanError {
  return new HumanError(
    'samples-shape',
    `${place}: there are ${values.length} values, but the input "${input.name}" of shape [${input.shape.join(',')}] takes ${inputElements(input)}. ${remedy}`,
  );
}
