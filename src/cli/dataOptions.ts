import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { chosenSamples } from '../core/samples/chosenSamples';
import type { SampleChoice } from '../core/samples/chosenSamples';
import type { SamplePlace } from '../core/samples/sampleFiles';
import { splitFor } from '../core/samples/stream';
import type { ReadingOptions, Scaling } from '../core/samples/reading';
import type { Graph } from '../core/model/model';
import type { SplitSamples } from '../core/samples/samples';
import { diskFiles } from '../dataset/diskFiles';
import { endedAtOnce } from './stopSignal';

/** The options that say where samples lie and how they are read, the same for every command that needs them. */
export interface DataFlags {
  readonly data?: readonly string[];
  readonly labels?: string;
  readonly testData?: readonly string[];
  readonly testLabels?: string;
  readonly scaling?: Scaling;
  readonly fit?: ReadingOptions['fit'];
  readonly feature?: ReadingOptions['feature'];
  readonly samples?: number;
}

export function addDataOptions(command: Command): Command {
  return command
    .option('--data <path...>', 'samples: a folder of PNG, JPEG, BMP or WAV files, or .npy, .npz, .csv, .jsonl')
    .option('--labels <file>', 'classes of the samples: JSON, CSV or .npy; folders of pictures name theirs')
    .option('--test-data <path...>', 'samples that the result is judged by; a fifth of --data when absent')
    .option('--test-labels <file>', 'classes of the test samples')
    .addOption(
      new Option('--scaling <range>', 'of 8-bit values; 0..1 for pictures').choices(['0..1', '-1..1', '0..255']),
    )
    .addOption(new Option('--fit <how>', "how pictures get the input's shape").choices(['stretch', 'crop']))
    .addOption(new Option('--feature <stage>', 'what is made of sounds').choices(['raw', 'mfcc', 'log-mel']))
    .option('--samples <count>', 'most samples that are taken (500)', positive);
}

function positive(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

/** What the flags say about data; `undefined` without any. */
function dataChoiceOf(flags: DataFlags): SampleChoice | undefined {
  if (flags.data === undefined) return undefined;
  return {
    places: flags.data.map(placeAt),
    ...(flags.labels !== undefined && { labels: placeAt(flags.labels) }),
    ...(flags.scaling !== undefined && { scaling: flags.scaling }),
    ...(flags.fit !== undefined && { fit: flags.fit }),
    ...(flags.feature !== undefined && { feature: flags.feature }),
    ...(flags.samples !== undefined && { mostSamples: flags.samples }),
  };
}

function placeAt(path: string): SamplePlace {
  return { address: path, name: path };
}

/** The samples that the flags name, those for testing apart; `undefined` without any. */
export async function samplesOf(
  graph: Graph,
  flags: DataFlags,
  signal: AbortSignal,
): Promise<SplitSamples | undefined> {
  const data = dataChoiceOf(flags);
  if (data === undefined) return undefined;
  const reader = { files: diskFiles, signal };
  const read = (choice: SampleChoice) => endedAtOnce(() => chosenSamples(choice, graph, reader));
  const samples = await read(data);
  const { testData, testLabels } = flags;
  if (testData === undefined) return splitFor(graph, samples);
  const labels = testLabels === undefined ? undefined : placeAt(testLabels);
  const test = await read({ ...data, places: testData.map(placeAt), labels });
  return { calibration: samples, test };
}
