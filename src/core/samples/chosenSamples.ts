import type { Graph } from '../model/model';
import { HumanError } from '../model/problem';
import { labelsOfFolders } from './folderLabels';
import { readLabels } from './labels';
import type { ReadingOptions, ReadSamples, SampleFile, SampleInput } from './reading';
import { checkIsThere, takenIndices, takenRemark } from './reading';
import { isSampleFile, readSamples, sampleFormatOf } from './readSamples';
import type { SampleFiles, SamplePlace } from './sampleFiles';
import type { Samples } from './samples';

/** Which samples, and how they are read. */
export interface SampleChoice extends Omit<ReadingOptions, 'source' | 'only'> {
  /** Files or folders; a folder is searched with all below it. */
  readonly places: readonly SamplePlace[];
  /** A file of labels; absent: those that the data bring themselves. */
  readonly labels?: SamplePlace;
}

/** What reads them, and what says that they are not wanted any more: it is asked before each file. */
interface SampleReader {
  readonly files: SampleFiles;
  readonly signal?: AbortSignal;
}

/** Bytes of sample files that are read together. */
const mostBytes = 2 ** 31;

/**
 * The samples for a graph's inputs. Of many files of one sample each no more are read than are taken, evenly spread.
 * @throws HumanError in whole sentences when they cannot be read or do not fit.
 */
export async function chosenSamples(choice: SampleChoice, graph: Graph, reader: SampleReader): Promise<Samples> {
  const { places, labels, ...how } = choice;
  const options = { ...how, source: sourceOf(places) };
  const { found, hasFileEach } = await foundAt(places, reader);
  const taken = hasFileEach ? takenIndices(found.length, options).map((index) => found[index]) : found;
  const read = readSamples({ files: await contentOf(taken, reader), inputs: inputsOf(graph), options });
  const samples = { ...read, remarks: [...takenRemark(found.length, taken.length), ...read.remarks] };
  return labels === undefined ? samples : readLabels((await contentOf([labels], reader))[0], samples);
}

/** One sample of a place, counted from 0. Where each lies in a file of its own, no other file is read. */
export async function chosenSample(
  { index, ...place }: SamplePlace & { readonly index: number },
  graph: Graph,
  reader: SampleReader,
): Promise<ReadSamples> {
  const { found, hasFileEach } = await foundAt([place], reader);
  const [inputs, source] = [inputsOf(graph), place.name];
  if (!hasFileEach) {
    return readSamples({ files: await contentOf(found, reader), inputs, options: { source, only: index } });
  }
  checkIsThere(index, found.length, source);
  const sample = readSamples({ files: await contentOf([found[index]], reader), inputs, options: { source } });
  // A file by itself does not tell what its folder stands for.
  const labelled = labelsOfFolders(found.map(({ name }) => name));
  return {
    ...sample,
    total: found.length,
    ...(labelled && { labels: [labelled.labels[index]], remarks: [...sample.remarks, ...labelled.remarks] }),
  };
}

/** The files of the one kind that lies there. */
async function foundAt(
  places: readonly SamplePlace[],
  { files }: SampleReader,
): Promise<{ readonly found: readonly SamplePlace[]; readonly hasFileEach: boolean }> {
  const all: SamplePlace[] = [];
  for (const place of places) all.push(...(await files.list(place)));
  const { hasFileEach = false } = sampleFormatOf(
    all.map(({ name }) => name),
    sourceOf(places),
  );
  return { found: all.filter(({ name }) => isSampleFile(name)), hasFileEach };
}

async function contentOf(all: readonly SamplePlace[], { files, signal }: SampleReader): Promise<readonly SampleFile[]> {
  const read: SampleFile[] = [];
  let total = 0;
  for (const file of all) {
    signal?.throwIfAborted();
    const bytes = await files.read(file);
    total += bytes.byteLength;
    if (total > mostBytes) {
      throw new HumanError('file-too-large', 'The data are larger than 2 GB. Give fewer files.');
    }
    read.push({ path: file.name, bytes });
  }
  return read;
}

function sourceOf(places: readonly SamplePlace[]): string {
  return places.map(({ name }) => name).join(', ');
}

function inputsOf({ inputs, tensors }: Graph): readonly SampleInput[] {
  return inputs.map((index) => tensors[index]);
}
