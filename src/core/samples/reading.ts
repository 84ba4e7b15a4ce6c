import type { DataType } from '../model/dataType';
import { HumanError } from '../model/problem';
import type { Samples } from './samples';

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
  /** For people: where the files come from. */
  readonly source: string;
}

export interface ReadingRequest {
  readonly files: readonly SampleFile[];
  readonly inputs: readonly SampleInput[];
  readonly options: ReadingOptions;
}

/** One kind of file with sample data: one file each, one line in `readSamples.ts`. */
export interface SampleFormat {
  /** For people: `pictures`. */
  readonly name: string;
  /** Endings of file names, in lower case, with the dot. */
  readonly endings: readonly string[];
  /** @throws HumanError in whole sentences. */
  readonly read: (request: ReadingRequest) => Samples;
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

/** The indices that are taken of `count` samples: evenly spread, all when they are few. */
export function takenIndices(count: number, { mostSamples = defaultMostSamples }: ReadingOptions): readonly number[] {
  const taken = Math.min(count, mostSamples);
  return Array.from({ length: taken }, (_, place) => Math.floor((place * count) / taken));
}

/** What is said when not all samples are taken. */
export function takenRemark(count: number, taken: number): readonly string[] {
  return taken === count ? [] : [`Of ${count} samples ${taken} were taken, evenly spread.`];
}

/** A number between 0 and 255 by a scaling. */
export function scaled(value: number, scaling: Scaling): number {
  if (scaling === '0..1') return value / 255;
  return scaling === '-1..1' ? value / 127.5 - 1 : value;
}

/** The name of a file without its folders. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
