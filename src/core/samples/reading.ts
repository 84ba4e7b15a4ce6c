import type { DataType } from '../model/dataType';
import { HumanError } from '../model/problem';
import type { Samples } from './samples';
import { spread } from './spread';

/** One file of sample data. */
export interface SampleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a model's input is, as far as samples need to know. */
export interface SampleInput {
  readonly name: string;
  readonly type: DataType;
  /** With 1 for the sample along dimension 0. */
  readonly shape: readonly number[];
  /** Where the model has its channels last and its file had them first: the shape there. */
  readonly fileShape?: readonly number[];
}

/** How 8-bit values become numbers. */
export type Scaling = '0..1' | '-1..1' | '0..255';

export interface ReadingOptions {
  /** Of pictures and 8-bit arrays; pictures take `0..1` when absent, arrays stay as they are. */
  readonly scaling?: Scaling;
  /** How a picture of another shape becomes one of the input's: stretched, or its middle cut out first. */
  readonly fit?: 'stretch' | 'crop';
  /** What is made of sounds. */
  readonly feature?: 'raw' | 'mfcc' | 'log-mel';
  /** Most samples that are taken, evenly spread over what there is. */
  readonly mostSamples?: number;
  /** The only sample that is wanted, counted from 0; of kinds with a file for each sample, the file. */
  readonly only?: number;
  /** For people: where the files come from. */
  readonly source: string;
}

export interface ReadingRequest {
  readonly files: readonly SampleFile[];
  readonly inputs: readonly SampleInput[];
  readonly options: ReadingOptions;
}

/** Samples that were read. */
export interface ReadSamples extends Samples {
  /** How many there are, where a single one of them was wanted. */
  readonly total?: number;
}

/** One kind of file with sample data: one file each, one line in `readSamples.ts`. */
export interface SampleFormat {
  /** For people: `pictures`. */
  readonly name: string;
  /** Endings of file names, in lower case, with the dot. */
  readonly endings: readonly string[];
  /** True where a file is one sample, so that of a single wanted one only its file need be read. */
  readonly hasFileEach?: boolean;
  /** @throws HumanError in whole sentences. */
  readonly read: (request: ReadingRequest) => ReadSamples;
}

/** Numbers of one sample of an input. */
export function inputElements({ shape }: SampleInput): number {
  return shape.slice(1).reduce((product, size) => product * size, 1) * Math.max(1, shape[0] ?? 1);
}

/** The only input of a model whose samples are one file each. @throws HumanError where it has several. */
export function soleInput({ inputs, options }: ReadingRequest, what: string): SampleInput {
  if (inputs.length === 1) return inputs[0];
  throw new HumanError(
    'samples-inputs',
    `${options.source}: ${what} can feed a model of one input, but this one has ${inputs.length}. Give an .npz file with an array for each input.`,
  );
}

export const defaultMostSamples = 500;

/**
 * The indices that are taken of `count` samples: the only one that is wanted, or evenly spread, all when they are few.
 * @throws HumanError where the only one that is wanted is not there.
 */
export function takenIndices(count: number, options: ReadingOptions): readonly number[] {
  const { mostSamples = defaultMostSamples, only } = options;
  if (only !== undefined) {
    checkIsThere(only, count, options.source);
    return [only];
  }
  return spread(count, mostSamples);
}

/** @throws HumanError where `source` has no sample of this index. */
export function checkIsThere(index: number, count: number, source: string): void {
  if (index < count) return;
  const [has, choose] =
    count === 1 ? ['one sample', 'Choose sample 1.'] : [`${count} samples`, `Choose one of 1 to ${count}.`];
  throw new HumanError('sample-index', `${source} has ${has}, so there is no sample ${index + 1}. ${choose}`);
}

/** Those of `count` samples that are wanted, of which alone `samplesAt` makes numbers. */
export function takenSamples(
  count: number,
  options: ReadingOptions,
  samplesAt: (indices: readonly number[]) => Samples,
): ReadSamples {
  const indices = takenIndices(count, options);
  const samples = samplesAt(indices);
  if (options.only !== undefined) return { ...samples, total: count };
  return { ...samples, remarks: [...samples.remarks, ...takenRemark(count, indices.length)] };
}

/** What is said when not all samples are taken. */
export function takenRemark(count: number, taken: number): readonly string[] {
  return taken === count ? [] : [`Of ${count} samples ${taken} were taken, evenly spread.`];
}

/** A number between 0 and 255 by a scaling. */
export function scaleByte(value: number, scaling: Scaling): number {
  if (scaling === '0..1') return value / 255;
  return scaling === '-1..1' ? value / 127.5 - 1 : value;
}

/** The name of a file without its folders. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
