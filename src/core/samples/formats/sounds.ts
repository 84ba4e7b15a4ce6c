import { WaveFile } from 'wavefile';
import { HumanError } from '../../model/problem';
import { labelsOfFolders } from '../folderLabels';
import type { ReadingRequest, SampleFile, SampleFormat, SampleInput } from '../reading';
import { fileName, inputElements, soleInput, takenIndices, takenRemark } from '../reading';
import { mfcc, mfccFacts } from './mfcc';

/** WAV files, one sample each, in the order of their names: as they are (-1 to 1), or as features. */
export const sounds: SampleFormat = {
  name: 'sounds',
  endings: ['.wav'],
  read(request) {
    const input = soleInput(request, 'a folder of sounds');
    const { source, feature = 'raw' } = request.options;
    const files = takenIndices(request.files.length, request.options).map((index) => request.files[index]);
    const elements = inputElements(input);
    const values = new Float32Array(files.length * elements);
    files.forEach((file, index) => values.set(featuresOf(file, input, request), index * elements));
    const labelled = labelsOfFolders(files.map(({ path }) => path));
    return {
      source: `${files.length} sounds of ${source}, ${feature === 'raw' ? 'as they are (-1 to 1)' : 'as MFCC of the MLPerf Tiny keyword benchmark'}`,
      isSynthetic: false,
      count: files.length,
      inputs: [values],
      names: files.map(({ path }) => fileName(path)),
      ...(labelled && { labels: labelled.labels }),
      remarks: [...takenRemark(request.files.length, files.length), ...(labelled?.remarks ?? [])],
    };
  },
};

function featuresOf(file: SampleFile, input: SampleInput, { options }: ReadingRequest): Float32Array {
  const elements = inputElements(input);
  const { samples, hertz } = readSound(file);
  if (options.feature === 'mfcc' && hertz !== mfccFacts.hertz) {
    throw new HumanError(
      'samples-rate',
      `${file.path} has ${hertz} samples a second, but the features are defined for ${mfccFacts.hertz}. Convert it first.`,
    );
  }
  const features = options.feature === 'mfcc' ? mfcc(samples) : samples;
  if (features.length === elements) return features;
  const what = options.feature === 'mfcc' ? 'features' : 'samples';
  throw new HumanError(
    'samples-shape',
    `${file.path} gives ${features.length} ${what}, but the input "${input.name}" of shape [${input.shape.join(',')}] takes ${elements}. Cut or pad the sounds, choose the feature stage with --feature, or give .npy arrays of your own features.`,
  );
}

/** The first channel, -1 to 1. @throws HumanError for what is no WAV file. */
function readSound({ path, bytes }: SampleFile): { readonly samples: Float32Array; readonly hertz: number } {
  try {
    const wave = new WaveFile(bytes);
    const { sampleRate, bitsPerSample } = wave.fmt as { sampleRate: number; bitsPerSample: number };
    const isFloat = wave.bitDepth === '32f' || wave.bitDepth === '64';
    const all = wave.getSamples(false, Float64Array) as unknown as Float64Array | readonly Float64Array[];
    const first = ArrayBuffer.isView(all) ? all : all[0];
    const full = isFloat ? 1 : 2 ** (bitsPerSample - 1);
    // 8-bit samples have no sign: 128 is silence.
    const silence = bitsPerSample === 8 ? 128 : 0;
    return { samples: Float32Array.from(first, (value) => (value - silence) / full), hertz: sampleRate };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError('samples-wav', `${path} cannot be read as a WAV file (${reason}). Convert it to 16-bit PCM.`);
  }
}
