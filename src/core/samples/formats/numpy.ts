import { unzipSync } from 'fflate';
import { HumanError } from '../../model/problem';
import type { ReadingRequest, ReadSamples, SampleFile, SampleFormat, SampleInput, Scaling } from '../reading';
import { inputElements, scaleByte, takenSamples } from '../reading';
import type { NpyView } from '../npy';
import { channelsLast, turnedText } from './channelsLast';
import { isOfBytes, viewNumpyArray } from './numpyArray';

/** Arrays with all samples along the first dimension: one file for each input in order, or named as the inputs are. */
export const numpyArrays: SampleFormat = {
  name: '.npy arrays',
  endings: ['.npy'],
  read(request) {
    const arrays = request.files.map((file) => ({ name: file.path, array: viewNumpyArray(file) }));
    const labels = arrays.find(({ name }) => isLabels(name));
    return samplesOf(
      request,
      arrays.filter((entry) => entry !== labels),
      labels?.array,
    );
  },
};

export const numpyArchive: SampleFormat = {
  name: 'an .npz archive',
  endings: ['.npz'],
  read(request) {
    if (request.files.length !== 1) {
      throw new HumanError(
        'samples-npz',
        `${request.options.source} holds ${request.files.length} .npz archives. Give one, with an array for each input.`,
      );
    }
    const arrays = unzip(request.files[0]);
    const labels = arrays.find(({ name }) => isLabels(name));
    const named = request.inputs.map(({ name }) => arrays.find((entry) => entry.name === name));
    const isNamed = named.every((entry) => entry !== undefined);
    const inputs = isNamed ? named : arrays.filter((entry) => entry !== labels);
    return samplesOf(request, inputs, labels?.array);
  },
};

interface NamedArray {
  readonly name: string;
  readonly array: NpyView;
}

/** Bytes that an archive may unpack to. */
const mostUnpackedBytes = 2 ** 30;

/** Deflate makes at most so many bytes of one: an archive that claims more is damaged, and gets no memory for it. */
const mostGrowth = 1032;

function unzip({ path, bytes }: SampleFile): readonly NamedArray[] {
  let unpacked = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (!name.endsWith('.npy')) return false;
        unpacked += originalSize;
        if (originalSize > size * mostGrowth + 64) throw new Error('a size that cannot be');
        if (unpacked > mostUnpackedBytes) throw tooLarge(path);
        return true;
      },
    });
    return Object.entries(files).map(([name, content]) => ({
      name: name.replace(/\.npy$/, ''),
      array: viewNumpyArray({ path: `${path}/${name}`, bytes: content }),
    }));
  } catch (error) {
    if (error instanceof HumanError) throw error;
    throw new HumanError(
      'samples-npz',
      `${path} is no .npz archive, or a damaged one. Write it again with numpy.savez.`,
    );
  }
}

function tooLarge(path: string): HumanError {
  return new HumanError(
    'samples-npz',
    `${path} unpacks to more than ${mostUnpackedBytes / 2 ** 30} GiB. Save fewer samples: some hundred are enough.`,
  );
}

function isLabels(name: string): boolean {
  return /(^|[\\/])(labels?|y|y_test|y_train|classes)(\.npy)?$/i.test(name);
}

function samplesOf(request: ReadingRequest, arrays: readonly NamedArray[], labels: NpyView | undefined): ReadSamples {
  const { inputs, options } = request;
  if (arrays.length !== inputs.length) {
    throw new HumanError(
      'samples-inputs',
      `${options.source} has ${arrays.length} arrays, but the model has ${inputs.length} inputs. Give one array for each, in order, or named as the inputs are.`,
    );
  }
  const counts = arrays.map((entry, index) => sampleCount(entry, inputs[index]));
  const different = counts.find((count) => count !== counts[0]);
  const labelCount = labels?.count ?? counts[0];
  if (different !== undefined || labelCount !== counts[0]) {
    throw new HumanError(
      'samples-count',
      `${options.source} has arrays of ${counts[0]} and of ${different ?? labelCount} samples. Give as many for each input, and as many labels.`,
    );
  }
  const { scaling } = options;
  return takenSamples(counts[0], options, (indices) => ({
    source: `${counts[0]} samples of ${options.source}${scaling === undefined ? '' : `, bytes scaled to ${scaling}`}`,
    isSynthetic: false,
    count: indices.length,
    inputs: arrays.map(({ array }, index) => {
      const values = valuesAt(array, { indices, count: counts[0], scaling });
      return isChannelsFirst(array, inputs[index]) ? channelsLast(values, inputs[index].fileShape!) : values;
    }),
    ...(labels && { labels: indices.map((index) => labels.at(index)) }),
    remarks: inputs.flatMap((input, index) => turnedRemark(arrays[index], input)),
  }));
}

/**
 * True for an array in the layout of the model's file, where the model has another: as its shape says, or without a
 * shape that could say so, since programs flatten what goes into the file.
 */
function isChannelsFirst({ shape }: NpyView, input: SampleInput): boolean {
  const { shape: own, fileShape } = input;
  if (fileShape === undefined) return false;
  const ends = (wanted: readonly number[]): boolean =>
    wanted.slice(1).every((size, axis) => shape.at(axis + 1 - wanted.length) === size);
  const isFlat = shape.at(-1) === inputElements(input);
  return isFlat || (ends(fileShape) && !ends(own));
}

function turnedRemark({ name, array }: NamedArray, input: SampleInput): readonly string[] {
  return isChannelsFirst(array, input) ? [turnedText(name, input)] : [];
}

interface PickedSamples {
  readonly indices: readonly number[];
  /** Samples of the array. */
  readonly count: number;
  readonly scaling?: Scaling;
}

/** The values of some samples of an array, one after another. */
function valuesAt(array: NpyView, { indices, count, scaling }: PickedSamples): Float32Array {
  const elements = array.count / Math.max(1, count);
  const scale = scaling !== undefined && isOfBytes(array) ? scaling : undefined;
  const values = new Float32Array(indices.length * elements);
  indices.forEach((sample, place) => {
    for (let element = 0; element < elements; element++) {
      const value = array.at(sample * elements + element);
      values[place * elements + element] = scale === undefined ? value : scaleByte(value, scale);
    }
  });
  return values;
}

function sampleCount({ name, array: { shape, count } }: NamedArray, input: SampleInput): number {
  const [elements, own] = [inputElements(input), shape.slice(1).reduce((product, size) => product * size, 1)];
  if (shape.length > 0 && own === elements) return shape[0];
  // A single sample without a dimension of its own.
  if (count === elements) return 1;
  throw new HumanError(
    'samples-shape',
    `${name} has the shape [${shape.join(',')}], but the input "${input.name}" takes [${input.shape.join(',')}] a sample. Save an array of the shape [samples,${input.shape.slice(1).join(',')}].`,
  );
}
