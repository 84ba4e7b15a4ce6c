import { HumanError } from '../../model/problem';
import { labelsOfFolders } from '../folderLabels';
import type { ReadingRequest, SampleFile, SampleFormat, SampleInput } from '../reading';
import { defaultMostSamples, fileName, inputElements, soleInput, takenIndices, takenRemark } from '../reading';
import { spread } from '../spread';
import { logMel, logMelFacts } from './logMel';
import { mfcc, mfccFacts } from './mfcc';
import type { Sound } from './waveFile';
import { readWave } from './waveFile';

/** WAV files, one sample or several pieces each, in the order of their names: as they are (-1 to 1), or as features. */
export const sounds: SampleFormat = {
  name: 'sounds',
  endings: ['.wav'],
  hasFileEach: true,
  read(request) {
    const input = soleInput(request, 'a folder of sounds');
    const { source, feature = 'raw', only, mostSamples = defaultMostSamples } = request.options;
    const files = takenIndices(request.files.length, request.options).map((index) => request.files[index]);
    const elements = inputElements(input);
    // Every file gives as many: that the long ones are heard no more than others.
    const mostEach = only === undefined ? Math.max(1, Math.floor(mostSamples / files.length)) : Infinity;
    let pieces = 0;
    const parts = files.map((file) => {
      const features = featuresOf(file, input, request);
      pieces += features.length / elements;
      return pickedPieces(features, elements, mostEach);
    });
    const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (values.set(part, at), at + part.length), 0);
    // Files that give several samples each repeat their name and label.
    const origins = parts.flatMap((part, index) => new Array<number>(part.length / elements).fill(index));
    const labelled = labelsOfFolders(files.map(({ path }) => path));
    return {
      source: `${countText(files.length)} of ${source}, ${stages[feature].text}`,
      isSynthetic: false,
      count: origins.length,
      inputs: [values],
      names: origins.map((index) => fileName(files[index].path)),
      ...(pieces > files.length && { recordings: origins }),
      ...(labelled && { labels: origins.map((index) => labelled.labels[index]) }),
      remarks: [
        ...(only === undefined ? takenRemark(request.files.length, files.length) : []),
        ...(pieces === origins.length
          ? []
          : [`Of ${pieces} pieces of sounds ${origins.length} were taken, evenly spread.`]),
        ...(labelled?.remarks ?? []),
      ],
    };
  },
};

/** At most so many of a file's samples, evenly spread. */
function pickedPieces(features: Float32Array, elements: number, most: number): Float32Array {
  const pieces = spread(features.length / elements, most);
  const picked = new Float32Array(pieces.length * elements);
  pieces.forEach((piece, place) =>
    picked.set(features.subarray(piece * elements, (piece + 1) * elements), place * elements),
  );
  return picked;
}

/** What can be made of a sound: one line each, and one in `ReadingOptions`. */
interface Stage {
  readonly text: string;
  /** Samples a second that the features are defined for; absent: any. */
  readonly hertz?: number;
  /** What it gives, for people. */
  readonly unit: string;
  readonly compute: (samples: Float32Array) => Float32Array;
  /** Values of a row, where a long sound gives several samples of as many rows as the input takes. */
  readonly row?: number;
}

const stages: Readonly<Record<NonNullable<ReadingRequest['options']['feature']>, Stage>> = {
  raw: { text: 'as they are (-1 to 1)', unit: 'samples', compute: (samples) => samples },
  mfcc: {
    text: 'as MFCC of the MLPerf Tiny keyword benchmark',
    hertz: mfccFacts.hertz,
    unit: 'features',
    compute: mfcc,
  },
  'log-mel': {
    text: 'as log-mel spectra of the MLPerf Tiny anomaly benchmark',
    hertz: logMelFacts.hertz,
    unit: 'features',
    compute: logMel,
    row: logMelFacts.mels,
  },
};

/** The values of one sample of a file, or of several. */
function featuresOf(file: SampleFile, input: SampleInput, { options }: ReadingRequest): Float32Array {
  const elements = inputElements(input);
  const { samples, hertz } = readSound(file);
  const { hertz: wanted = hertz, compute, unit, row } = stages[options.feature ?? 'raw'];
  if (hertz !== wanted) {
    throw new HumanError(
      'samples-rate',
      `${file.path} has ${hertz} samples a second, but the features are defined for ${wanted}. Convert it first.`,
    );
  }
  const features = compute(samples);
  if (features.length === elements) return features;
  if (row !== undefined && elements % row === 0 && features.length > elements) {
    return features.subarray(0, features.length - (features.length % elements));
  }
  throw new HumanError(
    'samples-shape',
    `${file.path} gives ${features.length} ${unit}, but the input "${input.name}" of shape [${input.shape.join(',')}] takes ${elements}. Cut or pad the sounds, choose the feature stage with --feature, or give .npy arrays of your own features.`,
  );
}

/** @throws HumanError for what is no WAV file, or a compressed one. */
function readSound({ path, bytes }: SampleFile): Sound {
  try {
    return readWave(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError('samples-wav', `${path} cannot be read as a WAV file (${reason}). Convert it to 16-bit PCM.`);
  }
}

function countText(files: number): string {
  return files === 1 ? '1 sound' : `${files} sounds`;
}
