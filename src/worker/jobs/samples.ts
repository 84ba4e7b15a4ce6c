import type { Model } from '../../core/model/model';
import { isSampleFile, readSamples, sampleFormatOf } from '../../core/samples/readSamples';
import { labelsOfFolders } from '../../core/samples/folderLabels';
import type { ReadSamples, SampleFile, SampleInput } from '../../core/samples/reading';
import { checkIsThere } from '../../core/samples/reading';
import type { Samples, SplitSamples } from '../../core/samples/samples';
import { splitFor } from '../../core/samples/stream';
import { spread } from '../../core/samples/spread';
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
  return splitFor(model.graphs[0], await chosenSamples(choice, model, files));
}

/** The samples in the files of a choice. Of very many files only as many are read as will be used, evenly spread. */
export async function chosenSamples(
  { address, name }: FilesChoice,
  model: Model,
  { listFiles, readFile, signal, mostSamples }: Files,
): Promise<Samples> {
  const files = await contentOf(takenOf(await listFiles(address), mostSamples), { readFile, signal });
  return readSamples({ files, inputs: inputsOf(model), options: { source: name, mostSamples } });
}

/** One sample of a choice, counted from 0. Where each lies in a file of its own, no other file is read. */
export async function chosenSample(
  { address, name, index }: FilesChoice & { readonly index: number },
  model: Model,
  { listFiles, ...reading }: Omit<Files, 'mostSamples'>,
): Promise<ReadSamples> {
  const all = readableOf(await listFiles(address));
  const names = all.map((file) => file.name);
  const inputs = inputsOf(model);
  if (sampleFormatOf(names, name).hasFileEach !== true) {
    return readSamples({ files: await contentOf(all, reading), inputs, options: { source: name, only: index } });
  }
  checkIsThere(index, all.length, name);
  const files = await contentOf([all[index]], reading);
  const sample = readSamples({ files, inputs, options: { source: name } });
  // A file by itself does not tell what its folder stands for.
  const labelled = labelsOfFolders(names);
  return {
    ...sample,
    total: all.length,
    ...(labelled && { labels: [labelled.labels[index]], remarks: [...sample.remarks, ...labelled.remarks] }),
  };
}

async function contentOf(
  all: readonly JobFile[],
  { readFile, signal }: Pick<Files, 'readFile' | 'signal'>,
): Promise<readonly SampleFile[]> {
  const files: SampleFile[] = [];
  for (const file of all) {
    signal.throwIfAborted();
    files.push({ path: file.name, bytes: await readFile(file.address) });
  }
  return files;
}

/** Files that samples are read from; of none one of the others, so that reading says what was expected. */
function readableOf(all: readonly JobFile[]): readonly JobFile[] {
  const readable = all.filter((file) => isSampleFile(file.name));
  return readable.length === 0 ? all.slice(0, 1) : readable;
}

function takenOf(all: readonly JobFile[], mostSamples: number): readonly JobFile[] {
  const readable = readableOf(all);
  return spread(readable.length, mostSamples).map((index) => readable[index]);
}

function inputsOf({ graphs: [graph] }: Model): readonly SampleInput[] {
  return graph.inputs.map((index) => graph.tensors[index]);
}
