import type { SampleInput } from '../reading';

/** Samples of a shape with their channels in dimension 1, with these behind the others. */
export function channelsLast(values: Float32Array, [, channels, ...sizes]: readonly number[]): Float32Array {
  const turned = new Float32Array(values.length);
  const places = sizes.reduce((product, size) => product * size, 1);
  const sample = channels * places;
  for (let begin = 0; begin < values.length; begin += sample)
    for (let channel = 0; channel < channels; channel++)
      for (let place = 0; place < places; place++)
        turned[begin + place * channels + channel] = values[begin + channel * places + place];
  return turned;
}

/** What is said of samples that were turned, as a complete sentence. */
export function turnedText(name: string, input: Pick<SampleInput, 'name'>): string {
  return `The samples of ${name} have their channels first, as the file does: they were turned for "${input.name}".`;
}
