/** What a model's inputs are given for calibrating, training and testing: values before any quantization. */
export interface Samples {
  /** For people: `300 pictures of photos/, resized to 96 x 96, scaled to 0..1`. */
  readonly source: string;
  readonly isSynthetic: boolean;
  readonly count: number;
  /** `inputs[i]` holds graph input i of all samples one after another, each row-major, as the float model takes it. */
  readonly inputs: readonly Float32Array[];
  /** The right class of each sample; absent when it is not known. */
  readonly labels?: readonly number[];
  /** Where the samples came from, one each (file names), for messages; absent when there are no names. */
  readonly names?: readonly string[];
  /**
   * Which recording each sample is a piece of, where a recording gives several; absent where each stands for itself.
   */
  readonly recordings?: readonly number[];
  /** What was left out or is doubtful, as complete sentences. */
  readonly remarks: readonly string[];
}

/** The samples at `indices`, in that order. `elements[i]` is the number of values of graph input i of one sample. */
export function pickSamples(samples: Samples, indices: readonly number[]): Samples {
  return {
    ...samples,
    count: indices.length,
    inputs: samples.inputs.map((values) => pickValues(values, indices, values.length / Math.max(1, samples.count))),
    ...(samples.labels === undefined ? {} : { labels: indices.map((index) => samples.labels![index]) }),
    ...(samples.names === undefined ? {} : { names: indices.map((index) => samples.names![index]) }),
    ...(samples.recordings === undefined ? {} : { recordings: indices.map((index) => samples.recordings![index]) }),
  };
}

function pickValues(values: Float32Array, indices: readonly number[], elements: number): Float32Array {
  const picked = new Float32Array(indices.length * elements);
  indices.forEach((index, place) =>
    picked.set(values.subarray(index * elements, (index + 1) * elements), place * elements),
  );
  return picked;
}

/** Two disjoint parts of samples. */
export interface SplitSamples {
  readonly calibration: Samples;
  readonly test: Samples;
}

/**
 * Sets every fifth sample aside for testing, the rest is for calibrating: spread evenly, so that sorted data (class by
 * class) lie in both; of a stream, whose samples follow one another, the last fifth. Pieces of one recording, which are
 * much alike, never lie in both, unless there is no other recording. The same samples always give the same parts. Of a
 * single sample both parts have that one.
 */
export function splitSamples(samples: Samples, order: 'any' | 'stream' = 'any'): SplitSamples {
  const all = Array.from({ length: samples.count }, (_, index) => index);
  if (samples.count < 2) return { calibration: samples, test: samples };
  const { recordings = all } = samples;
  const places = new Map([...new Set(recordings)].map((recording, place) => [recording, place]));
  const isPiece = order === 'stream' || places.size < 2;
  const period = Math.min(testPeriod, isPiece ? samples.count : places.size);
  const firstOfEnd = samples.count - Math.floor(samples.count / period);
  const isTest = (index: number): boolean =>
    isPiece ? index >= firstOfEnd : places.get(recordings[index])! % period === period - 1;
  return {
    calibration: pickSamples(
      samples,
      all.filter((index) => !isTest(index)),
    ),
    test: pickSamples(samples, all.filter(isTest)),
  };
}

const testPeriod = 5;
