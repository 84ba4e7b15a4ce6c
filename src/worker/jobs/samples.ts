import type { Model } from '../../core/model/model';
import { isSampleFile, readSamples } from '../../core/samples/readSamples';
import type { SampleFile, SampleInput } from '../../core/samples/reading';
import type { Samples, SplitSamples } from '../../core/samples/samples';
import { isStream } from '../../core/compress/quantize/calibrate/memory';
import { splitSamples } from '../../core/samples/samples';
import type { DataChoice, FilesChoice, JobFile } from '../../protocol/jobs';
import type { JobContext } from './context';

/** Where files come from, and how many samples of them are wanted at most. */
type Files = Pick<JobContext, 'listFiles' | 'readFile' | 'signal'> & { readonly mostSamples: number };

/** The samples of a choice in two parts; nothing for random numbers, which a compression makes itself. */
export async function samplesFor(
  choice: DataChoice | undefined,
  model: Model,
  files: Files,
): Promise<SplitSamples | undefined> {
  if (choice === undefined || choice.kind === 'synthetic') return undefined;
  return splitSamples(await chosenSamples(choice, model, files), isStream(model.graphs[0]) ? 'stream' : 'any');
}

/** The samples in the files of a choice. Of very many files only as many are read as will be used, evenly spread. */
export async function chosenSamples(
  { address, name }: FilesChoice,
  model: Model,
  { listFiles, readFile, signal, mostSamples }: Files,
): Promise<Samples> {
  const files: SampleFile[] = [];
  for (const file of takenOf(await listFiles(address), mostSamples)) {
    signal.throwIfAborted();
    files.push({ path: file.name, bytes: await readFile(file.address) });
  }
  return readSamples({ files, inputs: inputsOf(model), options: { source: name, mostSamples } });
}

function takenOf(all: readonly JobFile[], mostSamples: number): readonly JobFile[] {
  const readable = all.filter((file) => isSampleFile(file.name));
  // None: reading says what was expected.
  if (readable.length === 0) return all.slice(0, 1);
  const count = Math.min(readable.length, mostSamples);
  return Array.from({ length: count }, (_unused, place) => readable[Math.floor((place * readable.length) / count)]);
}

function inputsOf({ graphs: [graph] }: Model): readonly SampleInput[] {
  return graph.inputs.map((index) => graph.tensors[index]);
}
